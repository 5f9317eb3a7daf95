"""Who is told what and when: the watchlist's `[[routes]]` and each brand's `digest`."""

import os
import re
from datetime import time, timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

from data.incident_records import MessageKind, Route
from data.vocabulary import Priority
from flows.exits import UsageError

_TARGET = re.compile(r"env:([A-Za-z_]\w*)\Z")
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)\Z")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _quiet_hours(words: str) -> str:
    if not _HOURS.match(words) or words[:5] == words[6:]:
        raise ValueError('expected two times such as "22:00-07:00"')
    return words


class WatchedRoute(BaseModel):
    """A receiver: where it is, and what it is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Unique, lower case.")
    target: SecretStr = Field(
        description="One receiver's address in apprise's form (slack://..., mailtos://...), which "
        "stands in the environment.",
    )
    brands: tuple[str, ...] | None = Field(None, description="For which brands; all if unset.")
    kinds: tuple[MessageKind, ...] = Field(
        tuple(MessageKind),
        min_length=1,
        description="`escalation` poor stories, `praise` exceptional ones, `blind` sources that "
        "bring nothing, `digest` the summaries.",
    )
    min_priority: Priority = Field(
        Priority.P2, description="The least urgent poor story that is told: P1 to P4."
    )
    min_points: int = Field(
        6, ge=0, description="The points an exceptional story needs (docs/escalation.md)."
    )
    quiet_hours: Annotated[str, AfterValidator(_quiet_hours)] | None = Field(
        None, description='When nothing is told, such as "22:00-07:00" in the brand\'s time zone.'
    )
    wake_for: Literal["P1", "P2", "P3", "P4", "never"] = Field(
        "P1", description="How urgent a story must have become to be told in quiet hours too."
    )
    cool_down_minutes: int = Field(
        60, ge=0, description="Least time between two messages of a kind; a new P1 does not wait."
    )
    most_a_day: int = Field(
        12, ge=1, description="Messages of a kind in 24 hours; what is more waits and comes in one."
    )
    repeat_hours: float = Field(
        0, ge=0, description="After how long an unanswered story is told again; 0 is never."
    )
    blind_hours: float = Field(
        6, ge=0, description="How long a source must have brought nothing before that is told."
    )

    @model_validator(mode="after")  # of the whole route: a mistake then does not repeat the value
    def _target_is_named(self) -> Self:
        if not _TARGET.match(self.target.get_secret_value()):
            raise ValueError(
                'target: expected "env:NAME", since addresses with secrets never stand in the file'
            )
        return self

    def record(self) -> Route:
        """The route as the decision what to tell knows it."""
        quiet = self.quiet_hours and tuple(
            time.fromisoformat(at) for at in self.quiet_hours.split("-")
        )
        return Route(
            self.name,
            frozenset(self.kinds),
            self.min_priority,
            quiet_hours=(quiet[0], quiet[1]) if quiet else None,
            wake_for=None if self.wake_for == "never" else Priority(self.wake_for),
            repeat=timedelta(hours=self.repeat_hours) if self.repeat_hours else None,
            cool_down=timedelta(minutes=self.cool_down_minutes),
            most_a_day=self.most_a_day,
            blind_for=timedelta(hours=self.blind_hours),
            min_points=self.min_points,
        )

    @property
    def variable(self) -> str:
        """The environment variable that holds the address."""
        return self.target.get_secret_value().removeprefix("env:")

    def address(self) -> str:
        """The receiver's address. Raises `UsageError` where its variable is not set."""
        found = os.environ.get(self.variable, "").strip()
        if not found:
            raise UsageError(
                f"The environment variable {self.variable} is not set. "
                "Set it for the monitor's user."
            )
        return found


class DigestTimes(BaseModel):
    """When a brand's summaries are sent, in its time zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hour: int = Field(default=7, ge=0, le=23, description="At this hour, of the day before.")
    weekday: Literal[WEEKDAYS] = Field(  # type: ignore[valid-type]
        default="monday", description="On this day also of the seven days before."
    )
