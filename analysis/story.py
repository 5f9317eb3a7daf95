"""What grouping knows of a post, of a story as told so far, and of why they belong together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.story_phrases import says
from data.vocabulary import Kind, Teller, Verdict

FIRST = "first told here"
MOMENTS = (Verdict.EXCEPTIONAL.value, Verdict.POOR.value)
CHAT = 0.3  # of a post: what a comment's words count for, as they are seldom of the event
_REMEMBERED = 12  # rows kept per word of a story: a burst of thousands is one story all the same


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


@dataclass(slots=True)
class Why:
    """How a row came to its story."""

    how: str  # "first told here", "same thread as", "same link as", "quotes", "shares", ...
    row: int  # the post it is tied to
    words: tuple[str, ...] = ()  # what they share, as the later one spells it
    joined: list[int] = field(default_factory=list)  # first posts of the stories it made one with

    def told(self, posts: Sequence[str]) -> str:
        """As one line, naming posts by these ids."""
        words = ", ".join(f"'{word}'" for word in self.words)
        parts = (self.how, f"{words} with" if words else "")
        tie = [] if self.how == FIRST else [posts[self.row]]
        line = " ".join([*filter(None, parts), *tie])
        return "; ".join([line, *(f"makes one story with {posts[row]}" for row in self.joined)])


def author_of(source: str, author: str, teller: str, kind: str) -> str:
    """A person's key; "" for companies and papers, which tell many stories."""
    personal = author and teller not in (Teller.COMPANY, Teller.PRESS) and kind != Kind.ARTICLE
    return f"{source}:{author.lower()}" if personal else ""
