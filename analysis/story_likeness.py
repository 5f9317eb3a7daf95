"""How like a story a post is that shares no thread, link or sentence with it.

A handful of named facts, each weighed (`story_lexicon/weights.tsv`, fitted on the development
stories by `python -m evaluation.story_fit`); their sum is the log-odds that it tells the same.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from math import log, log1p

from analysis.story_phrases import says
from analysis.story_words import FOLDER
from data.vocabulary import Kind, Teller, Verdict

MOMENTS = (Verdict.EXCEPTIONAL.value, Verdict.POOR.value)
CHAT = 0.3  # of a post: what a comment's words count for, as they are seldom of the event
LIVE = 72.0  # hours after its last post in which a company's statement may speak of a story
FORGOTTEN = 240.0  # hours; later it makes no difference how long ago a story was told
CROWD = 100  # stories up to which how many there are makes no difference
_REMEMBERED = 30  # rows kept per word of a story: a burst of thousands is one story all the same


@dataclass(frozen=True, slots=True)
class Told:
    """One row as grouping sees it."""

    row: int
    hour: float  # since the epoch
    kind: str
    author: str  # with its platform; "" where unknown or of no one person (company, press)
    teller: str
    verdict: str
    text: str
    words: dict[int, bool]  # telling words, with whether spelt as a name or number
    places: frozenset[int]  # those that name a place, as far as communities tell

    @property
    def is_moment(self) -> bool:
        """It tells how somebody was treated."""
        return self.verdict in MOMENTS

    @property
    def is_statement(self) -> bool:
        """The company speaks of something that went wrong, in however few of its words."""
        return self.teller == Teller.COMPANY and says("posts", "statement", self.text)


@dataclass(slots=True)
class Story:
    """A story as told so far."""

    first: int  # row of its first post
    last_hour: float
    size: float = 0.0  # posts; a comment counts CHAT
    used: dict[int, float] = field(default_factory=dict)  # posts that use each word, in the same
    where: dict[int, list[int]] = field(default_factory=dict)  # rows that use it, no comments
    named: set[int] = field(default_factory=set)  # words spelt as names or numbers
    tellers: set[str] = field(default_factory=set)  # authors of posts that stand alone
    voices: set[str] = field(default_factory=set)  # and of comments
    verdicts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, told: Told, alone: bool) -> None:
        """Take in a row: one that stands alone, or a comment on the story."""
        part = 1.0 if alone else CHAT
        self.size += part
        for word, named in told.words.items():
            self.used[word] = self.used.get(word, 0.0) + part
            if alone:
                rows = self.where.setdefault(word, [])
                if len(rows) < _REMEMBERED:
                    rows.append(told.row)
            if named:
                self.named.add(word)
        if told.author:
            self.voices.add(told.author)
            if alone:
                self.tellers.add(told.author)
        self.verdicts[told.verdict] += 1
        self.kinds[told.kind] += 1
        self.last_hour = max(self.last_hour, told.hour)

    def absorb(self, other: "Story") -> None:
        """Become the union of two stories."""
        self.size += other.size
        for word, part in other.used.items():
            self.used[word] = self.used.get(word, 0.0) + part
        for word, rows in other.where.items():
            self.where[word] = (self.where.get(word, []) + rows)[:_REMEMBERED]
        self.named |= other.named
        self.tellers |= other.tellers
        self.voices |= other.voices
        self.verdicts += other.verdicts
        self.kinds += other.kinds
        self.first = min(self.first, other.first)
        self.last_hour = max(self.last_hour, other.last_hour)

    @property
    def side(self) -> str:
        """The verdict most of its moments bear; "" where it has none."""
        exceptional, poor = (self.verdicts[side] for side in MOMENTS)
        return "" if exceptional == poor == 0 else MOMENTS[poor >= exceptional]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a post shares with a story."""

    nearest: int  # row of the story's post that shares most with it
    words: tuple[int, ...]  # which the two share, the most telling first
    facts: dict[str, float]

    @property
    def odds(self) -> float:
        """Log-odds that the post tells the story."""
        table = fitted()
        return sum(table[name] * value for name, value in self.facts.items())


def compare(told: Told, story: Story, weights: dict[int, float], stories: int) -> Likeness:
    """What speaks for and against the post telling the story.

    `weights` are the rarities of its words, `stories` is how many it might tell.
    """
    shared = {word: weight for word, weight in weights.items() if word in story.used}
    words = [word for word in shared if word not in told.places]
    by_row: Counter[int] = Counter()
    for word in words:
        for row in story.where.get(word, ()):
            by_row[row] += shared[word]  # type: ignore[assignment]
    nearest = min(by_row, key=lambda row: (-by_row[row], row), default=story.first)
    pair = [word for word in words if nearest in story.where.get(word, ())]
    pair.sort(key=lambda word: (-shared[word], word))
    mass = sum(shared[word] for word in pair)
    names = sum(shared[word] for word in pair if told.words[word] and word in story.named)
    hours = min(max(told.hour - story.last_hour, 0.0), FORGOTTEN)
    again = told.author in story.tellers
    sides = {told.verdict, story.side} & set(MOMENTS)
    speaks = told.is_statement and story.side == Verdict.POOR and hours < LIVE
    facts = {
        "bias": 1.0,
        "crowd": max(0.0, log(max(stories, 1) / CROWD)),
        "core": log1p(_core(story, shared, words)),
        "pair": log1p(mass),
        "place": log1p(sum(shared.values()) - sum(shared[word] for word in words)),
        "share": mass / (sum(weights.values()) or 1.0),
        "names": log1p(names),
        "again": float(again),
        "follows_up": float(again and says("posts", "follow_up", told.text)),
        "days": 0.0 if again else hours / 24,
        "days_again": hours / 24 if again else 0.0,
        "press": float(told.kind == Kind.ARTICLE and story.kinds[Kind.ARTICLE] > 0),
        "opposed": float(len(sides) > 1 and not again),
        "no_moment": float(not told.is_moment),
        "reviews": float(told.kind == Kind.REVIEW and set(story.kinds) == {Kind.REVIEW}),
        "statement": log1p(story.size) if speaks else 0.0,
    }
    return Likeness(nearest, tuple(pair), facts)


def _core(story: Story, shared: dict[int, float], words: list[int]) -> float:
    """Weight of the shared words; one that a tenth of the story's posts use loses log(10) of it."""
    parts = (shared[word] + log(min(1.0, story.used[word] / story.size)) for word in words)
    return sum(part for part in parts if part > 0)


@cache
def fitted() -> dict[str, float]:
    """The weight of each fact."""
    lines = (FOLDER / "weights.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return {name: float(weight) for name, weight in rows}


def author_of(source: str, author: str, teller: str, kind: str) -> str:
    """A person's key; "" for companies and papers, which tell many stories."""
    personal = author and teller not in (Teller.COMPANY, Teller.PRESS) and kind != Kind.ARTICLE
    return f"{source}:{author.lower()}" if personal else ""
