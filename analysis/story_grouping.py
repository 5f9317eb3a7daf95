"""Which posts tell the same story: each in its turn, by what was told before it.

A post joins what it links, copies or answers; else the story it is most like; else it begins one.
Only earlier posts are looked at, so a later one never parts what was together: it joins, or makes
two stories one.
"""

from collections import defaultdict
from collections.abc import Sequence
from heapq import nsmallest

from analysis.story import FIRST, Story, Told, Why
from analysis.story_likeness import LIVE, Likeness, ceiling, compare
from analysis.story_links import Link
from analysis.story_threads import is_aside, tells_its_own
from analysis.story_words import Rarity, Wording
from data.vocabulary import Teller, Verdict

# Chosen on the development stories, alone and among unrelated posts, and on the example's week.
JOIN = -0.5  # log-odds from which a post joins a story
MERGE = 0.5  # and from which it makes the next likely story one with it
_LOOKED_AT = 4  # likeliest stories weighed for one post
_LEAST = 2.0  # weight of shared words that brings a story up; less has never been enough
_TOO_COMMON = 40  # stories that use a word, beyond which it brings up none
_SHOWN = 4  # shared words told in the reason


class Grouping:
    """The stories of some rows, which are sorted by time."""

    def __init__(
        self,
        rows: Sequence[Told],
        wording: Wording,
        parents: Sequence[int],
        links: Sequence[Link],
        ignored: frozenset[int],
    ) -> None:
        """`parents`: the row each comment answers, -1 for none; `ignored`: the brand's names."""
        self._rows, self._wording, self._parents, self._ignored = rows, wording, parents, ignored
        self._links: defaultdict[int, list[Link]] = defaultdict(list)
        for link in links:
            self._links[link.later].append(link)
        self._rarity = Rarity(wording)
        self._using: defaultdict[int, list[int]] = defaultdict(list)  # stories by word
        self._by_teller: defaultdict[str, list[int]] = defaultdict(list)
        self._merged: dict[int, int] = {}
        self._stories: dict[int, Story] = {}
        self._labels: list[int] = []
        self.why: list[Why] = []
        for row in range(len(rows)):
            self._place(row)

    @property
    def labels(self) -> list[int]:
        """Per row: the first row of its story."""
        return [self._now(label) for label in self._labels]

    def _place(self, row: int) -> None:
        told, parent = self._rows[row], self._parents[row]
        weights = self._rarity.weights(word for word in told.words if word not in self._ignored)
        if parent >= 0 and not self._leaves(told, parent, weights):
            self._join(row, self._story_of(parent), Why("same thread as", parent))
            return
        ties = self._links[row]
        barred = {self._story_of(link.earlier) for link in ties[:1]}
        barred.update([self._story_of(parent)] if parent >= 0 else [])
        ranked = self._ranked(told, weights, barred) if parent < 0 or told.is_moment else []
        if ties:
            self._join(row, self._story_of(ties[0].earlier), Why(ties[0].why, ties[0].earlier))
        elif ranked and ranked[0][0].odds > JOIN:
            like, label = ranked[0]
            words = self._wording.spelt(row, like.words[:_SHOWN])
            self._join(row, label, Why("shares" if words else "told as", like.nearest, words))
        else:
            self._begin(row)
        self._bring_together(row, ranked)

    def _leaves(self, told: Told, parent: int, weights: dict[int, float]) -> bool:
        """A comment does not tell what its thread tells."""
        if told.teller == Teller.COMPANY:
            return False
        if not told.is_moment:
            return is_aside(told.text)
        story = self._stories[self._story_of(parent)]
        return tells_its_own(
            told.text,
            customer=told.teller == Teller.CUSTOMER,
            spoke=told.author in story.voices,
            gathering=story.side == "",
            shared=sum(weight for word, weight in weights.items() if word in story.used),
        )

    def _ranked(
        self, told: Told, weights: dict[int, float], barred: set[int]
    ) -> list[tuple[Likeness, int]]:
        """The stories the post may tell, the likeliest first; none it is `barred` from."""
        mass: defaultdict[int, float] = defaultdict(float)
        place: defaultdict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            using = self._using[word]
            if len(using) <= _TOO_COMMON:
                kind = place if word in told.places else mass
                for label in using:
                    kind[label] += weight
        total, stories = sum(weights.values()), self._rarity.stories
        likely = ((-each, label) for label, each in mass.items() if each >= _LEAST)
        labels = {
            label
            for each, label in nsmallest(_LOOKED_AT, likely)
            if ceiling(-each, place.get(label, 0.0), total, stories) > JOIN
        }
        labels.update(map(self._now, (*self._by_teller.get(told.author, ()), *self._live(told))))
        labels -= barred
        found = [
            (compare(told, self._stories[label], weights, stories), label)
            for label in sorted(labels)
        ]
        return sorted(found, key=lambda pair: (-pair[0].odds, pair[1]))

    def _live(self, told: Told) -> list[int]:
        """The largest poor story still told, which a company's bare statement may speak of."""
        if not told.is_statement:
            return []
        live = [
            (-story.size, label)
            for label, story in self._stories.items()
            if told.hour - story.last_hour < LIVE and story.side == Verdict.POOR
        ]
        return [min(live)[1]] if live else []

    def _bring_together(self, row: int, ranked: Sequence[tuple[Likeness, int]]) -> None:
        """Make the row's story one with the others it surely tells."""
        for link in self._links[row][1:]:
            self._merge(row, self._story_of(link.earlier))
        if self._rows[row].is_moment:
            for like, label in ranked:
                if like.odds > MERGE:
                    self._merge(row, self._now(label))

    def _join(self, row: int, label: int, why: Why) -> None:
        told, story = self._rows[row], self._stories[label]
        alone = self._parents[row] < 0
        fresh = [word for word in told.words if word not in story.used]
        self._rarity.count(fresh)
        for word in fresh:
            self._using[word].append(label)
        if alone and told.author and told.author not in story.tellers:
            self._by_teller[told.author].append(label)
        story.add(told, alone)
        self._labels.append(label)
        self.why.append(why)

    def _begin(self, row: int) -> None:
        self._stories[row] = Story(row, self._rows[row].hour)
        self._rarity.stories += 1
        self._join(row, row, Why(FIRST, row))

    def _merge(self, row: int, other: int) -> None:
        mine = self._story_of(row)
        if mine == other:
            return
        older, younger = min(mine, other), max(mine, other)
        gone = self._stories.pop(younger)
        for word in gone.used:
            using = self._using[word]
            using.remove(younger)
            if older not in using:
                using.append(older)
        self._merged[younger] = older
        self._stories[older].absorb(gone)
        self.why[row].joined.append(younger if mine == older else older)

    def _story_of(self, row: int) -> int:
        return self._now(self._labels[row])

    def _now(self, label: int) -> int:
        """What the story is called after all merges."""
        while label in self._merged:
            label = self._merged[label]
        return label
