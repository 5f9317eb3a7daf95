"""The records that travel from a source to the ledger, one frozen type per stage.

`Query` -> `RawPage` -> `Post`, and `Coverage` for what could and could not be seen. All moments
in time are aware datetimes in UTC; where a platform gives none, the field is None and never "now".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from data.vocabulary import Kind, Outcome


@dataclass(frozen=True, slots=True)
class Brand:
    """The business that is watched, and how to know it from other uses of its name."""

    name: str
    aliases: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()  # its own accounts: "@foxglovestores", "u/FoxgloveHelp"
    exclusions: tuple[str, ...] = ()  # phrases that hold the name and mean something else
    context: tuple[str, ...] = ()  # words one of which must be near an ambiguous name
    ambiguous: bool = False  # the name is also a common word
    places: tuple[str, ...] = ()  # towns, stores or lines that people name when they tell of it


@dataclass(frozen=True, slots=True)
class Query:
    """What a source is asked for, once per brand and run."""

    brand: str
    terms: tuple[str, ...]  # the brand's name, aliases and handles, as a person would search them
    since: datetime  # nothing older is wanted
    now: datetime  # the run's clock; cursors never pass it
    known: tuple[str, ...] = ()  # native ids found of late: are they changed, answered, taken back?
    # Native ids of the posts about the brand that this run has brought so far, newest first.
    fresh: Callable[[], tuple[str, ...]] = tuple


@dataclass(frozen=True, slots=True)
class RawPage:
    """One answer of a platform as it came, kept so that parsing can be replayed."""

    url: str  # as asked for, without secrets
    body: bytes
    media_type: str  # "application/rss+xml", "application/json", ...
    collected_at: datetime
    cursor: str  # where to go on after this page, in the source's own words (JSON)
    outcome: Outcome = Outcome.OK
    detail: str = ""  # why the outcome is not plainly ok
    charset: str | None = None  # as the transport declared it


@dataclass(frozen=True, slots=True)
class Engagement:
    """How much a post was answered and passed on; None where the platform does not say."""

    score: int | None = None
    replies: int | None = None
    shares: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One public text by one author, as a platform published it."""

    source: str  # the platform, within which native ids are unique: "reddit", "feed", "files"
    native_id: str  # text, never a number: ids have more digits than a spreadsheet keeps
    kind: Kind
    url: str  # "" where there is none
    author: str  # "" where unknown
    title: str  # plain text, "" where there is none
    text: str  # plain text, without markup
    published_at: datetime | None
    collected_at: datetime
    edited: bool = False
    deleted: bool = False  # by its author or a moderator; the text is then empty
    language: str | None = None  # the platform's own hint
    engagement: Engagement = field(default_factory=Engagement)
    parent_id: str | None = None  # post_id of what it answers
    thread_id: str | None = None  # post_id of the first post of its thread
    outlet: str = ""  # community ("r/askatown") or publication ("Harbour Gazette")
    rating: float | None = None  # stars, 1 to 5
    parser_version: int = 1

    @property
    def post_id(self) -> str:
        """The post's identity across runs, sources and brands."""
        return f"{self.source}:{self.native_id}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What came of asking one source for one brand at one time."""

    brand: str
    source: str  # the source's name in the watchlist
    at: datetime
    outcome: Outcome
    pages: int = 0
    posts: int = 0
    detail: str = ""  # one sentence: what happened, where, what to do
