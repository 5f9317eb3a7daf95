"""How like a story a post is that shares no thread, link or sentence with it.

A handful of named facts, each weighed (`story_lexicon/weights.tsv`, fitted on the development
stories by `python -m evaluation.story_fit`); their sum is the log-odds that it tells the same.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from math import exp, log, log1p

from analysis.story_words import FOLDER, Rarity
from data.vocabulary import Kind, Teller, Verdict

CHAT = 0.3
LIVE = 72.0  # hours after its last post in which a company's statement may speak of a story
_REMEMBERED = 30  # rows kept per word of a story: a burst of thousands is one story all the same
MOMENTS = (Verdict.EXCEPTIONAL.value, Verdict.POOR.value)


@dataclass(frozen=True, slots=True)
class Told:
    """One row as grouping sees it."""

    row: int
    hour: float  # since the epoch
    kind: str
    author: str  # with its platform; "" where unknown or of no one person (company, press)
    teller: str
    verdict: str
    words: dict[str, bool]  # distinct words, with whether spelt as a name or number
    places: frozenset[str]  # those that name a place, as far as communities tell
    says: frozenset[str]  # of the sections of `story_lexicon/posts.txt`


@dataclass(slots=True)
class Story:
    """A story as told so far."""

    first: int  # row of its first post
    last_hour: float
    size: float = 0.0  # posts; a comment counts CHAT, as its words are seldom of the event
    used: dict[str, float] = field(default_factory=dict)  # posts that use each word, in the same
    where: dict[str, list[int]] = field(default_factory=dict)  # rows that use it, no comments
    named: set[str] = field(default_factory=set)  # words spelt as names or numbers
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
    words: tuple[str, ...]  # which the two share, the most telling first
    facts: dict[str, float]


def compare(told: Told, story: Story, weights: dict[str, float]) -> Likeness:
    """What speaks for and against the post telling the story; `weights` are its words' rarity."""
    both = {word: w for word, w in weights.items() if w and word in story.used}
    place = sum(w for word, w in both.items() if word in told.places)
    shared = {word: w for word, w in both.items() if word not in told.places}
    by_row: dict[int, float] = {}
    for word, weight in shared.items():
        for row in story.where.get(word, ()):
            by_row[row] = by_row.get(row, 0.0) + weight
    nearest = min(by_row, key=lambda row: (-by_row[row], row), default=story.first)
    pair = {word: w for word, w in shared.items() if nearest in story.where.get(word, ())}
    mass = sum(pair.values())
    # A word that a tenth of the story's posts use tells log(10) less than one that all use.
    core = sum(
        max(0.0, w + log(min(1.0, story.used[word] / story.size))) for word, w in shared.items()
    )
    again = told.author in story.tellers
    hours = min(max(told.hour - story.last_hour, 0.0), 240.0)
    opposed = told.verdict in MOMENTS and story.side not in ("", told.verdict)
    facts = {
        "bias": 1.0,
        "core": log1p(core),
        "pair": log1p(mass),
        "place": log1p(place),
        "place_soon": exp(-hours / 3) if place else 0.0,
        "share": mass / (sum(weights.values()) or 1.0),
        "several": log1p(len(pair)),
        "names": log1p(sum(w for word, w in pair.items() if told.words[word] and word in story.named)),
        "again": float(again),
        "follows_up": float(again and "follow_up" in told.says),
        "days": 0.0 if again else hours / 24,
        "days_again": hours / 24 if again else 0.0,
        "press": float(told.kind == Kind.ARTICLE and story.kinds[Kind.ARTICLE] > 0),
        "opposed": float(opposed and not again),
        "no_moment": float(told.verdict not in MOMENTS),
        "reviews": float(told.kind == Kind.REVIEW and set(story.kinds) == {Kind.REVIEW}),
        "statement": log1p(story.size) if is_statement(told) and story.side and hours < LIVE else 0.0,
    }
    words = tuple(sorted(pair, key=lambda word: (-pair[word], word)))
    return Likeness(nearest, words, facts)


def is_statement(told: Told) -> bool:
    """The company speaks of something that went wrong, in however few of its words."""
    return told.teller == Teller.COMPANY and "statement" in told.says


@cache
def fitted() -> dict[str, float]:
    """The weight of each fact."""
    lines = (FOLDER / "weights.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name: float(weight) for name, weight in rows}


def odds(likeness: Likeness) -> float:
    """Log-odds that the post tells the story."""
    table = fitted()
    return sum(table[name] * value for name, value in likeness.facts.items())


def rarities(told: Told, rarity: Rarity, ignored: frozenset[str]) -> dict[str, float]:
    """What each word of the post tells now; 0 for the brand's own name."""
    return {word: 0.0 if word in ignored else rarity.weight(word) for word in told.words}


def author_of(source: str, author: str, teller: str, kind: str) -> str:
    """A person's key; "" for companies and papers, which tell many stories."""
    personal = author and teller not in (Teller.COMPANY, Teller.PRESS) and kind != Kind.ARTICLE
    return f"{source}:{author.lower()}" if personal else ""
