"""Now, and local days, which begin and end at midnight of a time zone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def wall_clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and the next one does."""
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def days_between(since: datetime, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The local days from one instant to another, both included."""
    day, last = since.astimezone(zone).date(), now.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
