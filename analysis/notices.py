"""What to tell whom, and when not: the difference between what is and what a route was told.

Nothing here keeps a queue. What quiet hours, a cool-down, a silence or a day's cap hold back is
still different the next time this is asked, so it is told then, with whatever came meanwhile, in
one message. The ideas are Alertmanager's: a log of what was told, grouping, a repeat interval.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from analysis.news import news
from data.incident_records import Change, Incident, MessageKind, News, Notice, Route, Telling
from data.vocabulary import Priority

_RISES = {Change.OPENED, Change.REOPENED, Change.ESCALATED, Change.PRESS}


@dataclass(frozen=True, slots=True)
class Asked:
    """Where and when the question is asked."""

    now: datetime
    zone: ZoneInfo  # the brand's: quiet hours are its
    silenced: Collection[str]  # names and story ids that are not told now
    sent: Sequence[datetime]  # when messages of this kind were written to the route, 24 h back
    last: datetime | None = None  # when it was asked before


def notice(
    route: Route,
    kind: MessageKind,
    incidents: Sequence[Incident],
    tellings: Mapping[str, Telling],
    asked: Asked,
) -> Notice | None:
    """The one message to be written now, None where nothing is new or all of it must wait.

    `tellings` are the route's own, by the incident's name.
    """
    if kind not in route.kinds:
        return None
    found = [
        News(incident, changes)
        for incident in incidents
        if not {incident.incident, incident.story} & set(asked.silenced)
        and (changes := news(incident, tellings.get(incident.incident), route, asked.now))
    ]
    if not found or _must_wait(found, route, asked):
        return None
    return Notice(route.name, kind, tuple(sorted(found, key=_urgency)))


def _must_wait(found: Sequence[News], route: Route, asked: Asked) -> bool:
    if len(asked.sent) >= route.most_a_day:
        return True
    if _rests(route.quiet_hours, asked):
        return not any(_rises_to(item, route.wake_for) for item in found)
    cooling = any(asked.now - sent < route.cool_down for sent in asked.sent)
    return cooling and not any(_rises_to(item, Priority.P1) for item in found)


def _rises_to(item: News, least: Priority | None) -> bool:
    """It has become as urgent as that, or more."""
    priority = item.incident.priority
    return (
        least is not None
        and priority is not None
        and priority <= least
        and not _RISES.isdisjoint(item.changes)
    )


def _rests(hours: tuple[time, time] | None, asked: Asked) -> bool:
    """In quiet hours; but where nobody asks outside them, they hold nothing back."""
    if hours is None or not _within(hours, asked.now.astimezone(asked.zone).time()):
        return False
    if asked.last is None or not _within(hours, asked.last.astimezone(asked.zone).time()):
        return True
    return asked.now - asked.last <= _length(hours)


def _within(hours: tuple[time, time], at: time) -> bool:
    begin, end = hours
    return begin <= at < end if begin <= end else at >= begin or at < end


def _length(hours: tuple[time, time]) -> timedelta:
    begin, end = (timedelta(hours=at.hour, minutes=at.minute) for at in hours)
    return (end - begin) % timedelta(hours=24)


def _urgency(item: News) -> tuple[bool, str, int, datetime, str]:
    """What is over comes last, then by priority and by the place in the list of its kind."""
    one = item.incident
    over = item.changes[0] == Change.RESOLVED
    return (over, one.priority or "", one.rank, one.opened_at, one.incident)
