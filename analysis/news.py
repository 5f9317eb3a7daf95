"""What is new of an incident to a route: what is, against what the route was last told."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from data.incident_records import Change, Incident, MessageKind, Route, Telling
from data.vocabulary import Priority, Status


def news(
    incident: Incident, telling: Telling | None, route: Route, now: datetime
) -> tuple[Change, ...]:
    """What is new of the incident to the route, the most telling first; empty if nothing is."""
    if incident.closed_at is not None:
        return ()
    if telling is None:
        return (Change.OPENED,) if _wanted(incident, route, now) else ()
    if incident.status == Status.RESOLVED:
        return (Change.RESOLVED,) if telling.status != Status.RESOLVED else ()
    if not incident.is_open or not _wanted(incident, route, now):
        return ()
    changes = [
        change
        for change, new in (
            (Change.REOPENED, _reopened(incident, telling)),
            (Change.ESCALATED, (incident.priority or "") < (telling.priority or "")),
            (Change.PRESS, incident.in_press and not telling.in_press),
            (Change.ROBOTIC, _robotic(incident, telling)),
        )
        if new
    ]
    if not changes and route.repeat and now - telling.told_at >= route.repeat:
        changes = [] if incident.kind == MessageKind.PRAISE else [Change.REMINDER]
    return tuple(changes)


def told(incident: Incident, before: Telling | None, route: str, now: datetime) -> Telling:
    """What the route knows once it was told of the incident as it stands."""
    known = before.priority if before and before.status != Status.RESOLVED else None
    level = level_of(incident) if incident.robotic_at else ""
    if before and before.robotic_at == incident.robotic_at:
        level = before.robotic_level
    return Telling(
        incident.brand,
        incident.kind,
        incident.incident,
        route,
        told_at=now,
        status=incident.status,
        priority=min((p for p in (incident.priority, known) if p), default=None),
        in_press=incident.in_press,
        robotic_at=incident.robotic_at,
        robotic_level=level,
    )


def settled(incidents: Sequence[Incident], tellings: Mapping[str, Telling]) -> list[Telling]:
    """Tellings of incidents that the brand has owned since.

    That is good and nothing to act on, so it is not told; but if it turns poor again, that is.
    """
    answered = {i.incident for i in incidents if i.status == Status.ANSWERED}
    return [
        replace(telling, status=Status.ANSWERED)
        for name, telling in tellings.items()
        if name in answered and telling.status not in (Status.ANSWERED, Status.RESOLVED)
    ]


def level_of(incident: Incident) -> str:
    """How urgent and public an incident is: form words are told of anew where this has risen."""
    return f"{incident.priority or ''}{' press' if incident.in_press else ''}"


def _wanted(incident: Incident, route: Route, now: datetime) -> bool:
    if not incident.is_open:
        return False
    match incident.kind:
        case MessageKind.ESCALATION:
            return (incident.priority or Priority.P4) <= route.min_priority
        case MessageKind.PRAISE:
            return incident.points >= route.min_points
        case _:
            return now - incident.opened_at >= route.blind_for


def _reopened(incident: Incident, telling: Telling) -> bool:
    return telling.status == Status.RESOLVED or (
        incident.status == Status.REOPENED and telling.status != Status.REOPENED
    )


def _robotic(incident: Incident, telling: Telling) -> bool:
    """Answered with form words since, before a wider public than when that was last told."""
    if incident.robotic_at is None or incident.robotic_at == telling.robotic_at:
        return False
    later = telling.robotic_at is None or incident.robotic_at > telling.robotic_at
    return later and level_of(incident) != telling.robotic_level
