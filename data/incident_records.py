"""The records of alerting: what is open, whom it concerns, and what was told of it.

An `Incident` is one thing that somebody may have to act on: a poor story, a story worth sharing,
a source that brings nothing. A `Telling` is what one route was last told of one incident. What is
to be told is the difference between the two, so that whatever holds a message back (quiet hours,
a cool-down, a silence, a crash) delays it and never loses it.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from data.vocabulary import Priority, Status


class MessageKind(StrEnum):
    """What a message is about; a route takes some of them."""

    ESCALATION = "escalation"  # a poor story
    PRAISE = "praise"  # an exceptional story
    BLIND = "blind"  # a source that brings nothing
    DIGEST = "digest"  # the manager's summary


class Change(StrEnum):
    """What is new of an incident to a receiver."""

    OPENED = "opened"
    REOPENED = "reopened"  # poor again after it was answered or resolved
    ESCALATED = "escalated"  # more urgent than the receiver knows
    PRESS = "press"  # crossed into the press
    ROBOTIC = "robotic"  # the brand answered with form words
    REMINDER = "reminder"  # nothing new, and nobody has answered
    RESOLVED = "resolved"


OPEN = frozenset({Status.NEW, Status.ONGOING, Status.REOPENED})


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing to act on, as it stands."""

    brand: str
    kind: MessageKind
    incident: str  # stable: the story's id when it was opened, or "source:<name>"
    story: str  # the story's present id, which changes where stories merge; the source's name
    status: Status
    opened_at: datetime  # when it began in the world, not when it was noticed
    changed_at: datetime  # when we last noticed a change of status, urgency, press or answer
    priority: Priority | None = None  # of a poor story
    in_press: bool = False
    robotic_at: datetime | None = None  # the brand's last answer in form words
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None  # no longer looked at: merged, too old, or judged otherwise
    due: datetime | None = None
    owner: str = ""
    why: str = ""  # our words
    reason: str = ""
    touchpoint: str = ""
    place: str = ""  # a stranger's words from here on
    person: str = ""
    quote: str = ""
    link: str = ""
    posts: int = 0
    reach: int = 0
    points: int = 0  # how much an exceptional story is worth sharing
    rank: int = 0  # its place among the stories of its kind, the first one is 0

    @property
    def is_open(self) -> bool:
        """Somebody may still have to act."""
        return self.closed_at is None and self.status in OPEN


@dataclass(frozen=True, slots=True)
class Sighting:
    """An incident as found at one look, with the posts by which it is known again."""

    incident: Incident
    posts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Telling:
    """What a route was last told of an incident."""

    brand: str
    kind: MessageKind
    incident: str
    route: str
    told_at: datetime
    status: Status
    priority: Priority | None  # the most urgent it was ever told of it
    in_press: bool
    robotic_at: datetime | None
    robotic_level: str  # how urgent and public it was when form words were last told of


@dataclass(frozen=True, slots=True)
class Route:
    """Who is told what, and when not."""

    name: str
    kinds: frozenset[MessageKind]
    min_priority: Priority = Priority.P2
    quiet_hours: tuple[time, time] | None = None  # in the brand's time zone
    wake_for: Priority | None = Priority.P1  # what is told in quiet hours too
    repeat: timedelta | None = None
    cool_down: timedelta = timedelta(hours=1)
    most_a_day: int = 12
    blind_for: timedelta = timedelta(hours=6)
    min_points: int = 0


@dataclass(frozen=True, slots=True)
class News:
    """What is new of one incident to one receiver; the most telling change first."""

    incident: Incident
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One message to be written: everything new of one kind for one route, most urgent first."""

    route: str
    kind: MessageKind
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is delivered; its id is the same however often it is written or sent."""

    message_id: str
    brand: str
    route: str
    kind: MessageKind
    subject: str  # one line
    text: str
    html: str
    created_at: datetime
