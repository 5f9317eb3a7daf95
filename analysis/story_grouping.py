"""Which posts tell the same story: each in its turn, by what was told before it.

A post joins what it links, copies or answers; else the story it is most like; else it begins one.
Only earlier posts are looked at, so a later one never parts what was together: it joins, or makes
two stories one.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log

from analysis.story_likeness import (
    LIVE,
    MOMENTS,
    Likeness,
    Story,
    Told,
    compare,
    is_statement,
    odds,
    rarities,
)
from analysis.story_links import Link
from analysis.story_threads import is_aside, tells_its_own
from analysis.story_words import Rarity, spelt
from data.vocabulary import Kind, Teller, Verdict

JOIN = 0.4  # log-odds from which a post joins a story
MERGE = 1.5  # and from which it makes the next likely story one with it
_LOOKED_AT = 6  # likeliest stories weighed for one post
_SHOWN = 4  # shared words told in the reason


@dataclass(slots=True)
class Why:
    """How a row came to its story."""

    how: str  # "first told here", "same thread as", "same link as", "quotes", "shares", ...
    row: int  # the post it is tied to
    words: tuple[str, ...] = ()  # what they share, as the later one spells it
    joined: list[int] = field(default_factory=list)  # first posts of the stories it made one with

    def told(self, posts: Sequence[str]) -> str:
        """As one line, naming posts by these ids."""
        if self.how == "first told here":
            line = self.how
        elif self.words:
            line = f"{self.how} {', '.join(repr(word) for word in self.words)} with {posts[self.row]}"
        else:
            line = f"{self.how} {posts[self.row]}"
        return "; ".join([line, *(f"makes one story with {posts[row]}" for row in self.joined)])


@dataclass
class Groups:
    """Rows and their stories so far; `why[row]` tells how the row came to its story."""

    label: list[int] = field(default_factory=list)
    why: list[Why] = field(default_factory=list)
    stories: dict[int, Story] = field(default_factory=dict)


def group(
    rows: Sequence[Told],
    texts: Sequence[str],
    parents: Sequence[int],
    links: Sequence[Link],
    ignored: frozenset[str],
) -> Groups:
    """Groups of the rows, which are sorted by time.

    `parents` has the row that each comment answers (-1 for none); `ignored` are the brand's names.
    """
    return _Grouping(rows, texts, parents, links, ignored).run()


class _Grouping:
    def __init__(self, rows, texts, parents, links, ignored) -> None:  # type: ignore[no-untyped-def]
        self.rows: Sequence[Told] = rows
        self.texts: Sequence[str] = texts
        self.parents: Sequence[int] = parents
        self.ignored: frozenset[str] = ignored
        self.links: defaultdict[int, list[Link]] = defaultdict(list)
        for link in links:
            self.links[link.later].append(link)
        self.rarity = Rarity(0, {})
        self.using: defaultdict[str, list[int]] = defaultdict(list)  # stories that use a word
        self.merged: dict[int, int] = {}
        self.groups = Groups()

    def run(self) -> Groups:
        for row in range(len(self.rows)):
            self._place(row)
        self.groups.label = [self._now(label) for label in self.groups.label]
        return self.groups

    def _place(self, row: int) -> None:
        told, parent = self.rows[row], self.parents[row]
        weights = rarities(told, self.rarity, self.ignored)
        if parent >= 0 and not self._leaves(row, weights):
            self._join(row, self._now(self.groups.label[parent]), Why("same thread as", parent))
            return
        tied = [(self._now(self.groups.label[link.earlier]), link) for link in self.links[row]]
        barred = self._now(self.groups.label[parent]) if parent >= 0 else -1
        aside = parent >= 0 and told.verdict not in MOMENTS
        ranked = [] if aside or (told.teller == Teller.COMPANY and told.kind not in (Kind.ARTICLE, Kind.POST)) else self._ranked(told, weights, barred)
        if tied:
            home, link = tied[0]
            self._join(row, home, Why(link.why, link.earlier))
            for other, _ in tied[1:]:
                self._merge(self._now(home), self._now(other))
        elif ranked and ranked[0][0] > JOIN:
            _, home, like = ranked[0]
            self._join(row, home, Why("shares", like.nearest, spelt(self.texts[row], like.words[:_SHOWN])))
        else:
            self._begin(row)
            return
        home = self._now(self.groups.label[row])
        for likely, other, _ in ranked:
            if likely > MERGE and told.verdict in MOMENTS and self._now(other) != home:
                self._merge(home, self._now(other))
                home = self._now(home)

    def _leaves(self, row: int, weights: dict[str, float]) -> bool:
        """A comment that does not tell what its thread tells."""
        told, parent = self.rows[row], self.parents[row]
        story = self.groups.stories[self._now(self.groups.label[parent])]
        if told.teller == Teller.COMPANY:
            return False
        if told.verdict not in MOMENTS:
            return is_aside(self.texts[row])
        first = parent
        while self.parents[first] >= 0:
            first = self.parents[first]
        return tells_its_own(
            self.texts[row],
            customer=told.teller == Teller.CUSTOMER,
            spoke=told.author in story.voices,
            gathering=self.rows[first].verdict not in MOMENTS and not any(story.verdicts[v] for v in MOMENTS),
            shared=sum(weight for word, weight in weights.items() if word in story.used),
        )

    def _ranked(self, told: Told, weights: dict[str, float], barred: int) -> list[tuple[float, int, Likeness]]:
        """The stories the post may tell, the likeliest first."""
        stories = self.groups.stories
        mass: defaultdict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            if weight:
                for label in {self._now(label) for label in self.using[word]}:
                    story = stories[label]
                    mass[label] += max(0.0, weight + log(min(1.0, story.used[word] / story.size)))
        for label in self._by_author(told):
            mass[label] += 1.0
        if is_statement(told):
            for label in self._live(told.hour):
                mass[label] += 1.0
        mass.pop(barred, None)
        likeliest = sorted(mass, key=lambda label: (-mass[label], label))[:_LOOKED_AT]
        found = [(compare(told, stories[label], weights), label) for label in likeliest]
        return sorted(((odds(like), label, like) for like, label in found), key=lambda one: (-one[0], one[1]))

    def _live(self, hour: float) -> list[int]:
        """The largest poor story that is still told, which a bare statement may speak of."""
        live = [
            (-story.size, label)
            for label, story in self.groups.stories.items()
            if hour - story.last_hour < LIVE and story.side == Verdict.POOR
        ]
        return [min(live)[1]] if live else []

    def _by_author(self, told: Told) -> list[int]:
        return list({self._now(label) for label in self.using["@" + told.author]}) if told.author else []

    def _join(self, row: int, label: int, why: Why) -> None:
        told, story = self.rows[row], self.groups.stories[label]
        for word in told.words:
            if word not in story.used:
                self.rarity.used[word] = self.rarity.used.get(word, 0) + 1
                self.using[word].append(label)
        if told.author and told.author not in story.tellers and self.parents[row] < 0:
            self.using["@" + told.author].append(label)
        story.add(told, self.parents[row] < 0)
        self.groups.label.append(label)
        self.groups.why.append(why)

    def _begin(self, row: int) -> None:
        self.groups.stories[row] = Story(row, self.rows[row].hour)
        self.rarity.stories += 1
        self._join(row, row, Why("first told here", row))

    def _merge(self, one: int, other: int) -> None:
        one, other = self._now(one), self._now(other)
        if one != other:
            older, younger = min(one, other), max(one, other)
            self.merged[younger] = older
            self.groups.why[-1].joined.append(younger)
            self.groups.stories[older].absorb(self.groups.stories.pop(younger))

    def _now(self, label: int) -> int:
        """What the story is called after all merges."""
        while label in self.merged:
            label = self.merged[label]
        return label
