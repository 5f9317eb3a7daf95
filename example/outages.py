"""The days on which a platform does not answer as it should."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Outage:
    """One service, one day in Dublin, one wrong status."""

    service: str
    day: date
    status: int
    headers: dict[str, str] = field(default_factory=dict)


# Reddit asks for one second only, and the newspaper for none: the whole week is run in a minute,
# and a client that keeps its promise to an honest "retry-after: 600" would sleep through Sunday.
OUTAGES = (
    Outage("courier", date(2026, 11, 5), 503),
    Outage("reddit", date(2026, 11, 7), 429, {"retry-after": "1"}),
)


def outage(service: str, day: date) -> Outage | None:
    """Return the service's outage of that day, None where there is none."""
    return next((o for o in OUTAGES if (o.service, o.day) == (service, day)), None)
