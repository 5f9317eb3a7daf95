"""From what was open and what is seen now to what is open: a pure step, run at every look.

An incident keeps the name it was opened under. It is known again by its posts, so that a story
that merges with another, is renamed by a late post or loses its first one stays one incident.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data.incident_records import Incident, MessageKind, Sighting, Telling

_NOTICED = ("status", "priority", "in_press", "robotic_at")


@dataclass(frozen=True, slots=True)
class Known:
    """The incidents of one brand and kind as the ledger holds them."""

    incidents: Mapping[str, Incident]  # by name
    of_posts: Mapping[str, str]  # post_id -> name of the incident it is known by


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look made of them."""

    sightings: tuple[Sighting, ...]  # every incident that is open, answered or just resolved
    closed: tuple[Incident, ...]  # no longer there: merged, too old, judged otherwise
    merged: Mapping[str, str]  # name of one that was closed -> the one that goes on


def looked(known: Known, seen: Sequence[Sighting], now: datetime) -> Looked:
    """Today's sightings under the names of the incidents they continue, and what is gone."""
    claims = _claims(known, seen)
    names = _names(claims, seen, known)
    went_on = tuple(
        _continued(known.incidents.get(name), sighting, name, now)
        for name, sighting in zip(names, seen, strict=True)
    )
    merged = {
        other: name
        for name, claimed in zip(names, claims, strict=True)
        for other in claimed
        if other != name and other not in names
    }
    gone = [i for i in known.incidents.values() if i.closed_at is None and i.incident not in names]
    # What strangers said is not kept of what is no longer looked at.
    closed = tuple(replace(i, closed_at=now, changed_at=now, quote="", person="") for i in gone)
    return Looked(went_on, closed, merged)


def inherited(tellings: Iterable[Telling], merged: Mapping[str, str]) -> list[Telling]:
    """What was told of incidents that merged, under the name that goes on.

    A receiver who was told of either was told of both.
    """
    by_key: dict[tuple[MessageKind, str, str], Telling] = {}
    own_first = sorted(tellings, key=lambda telling: telling.incident in merged)
    for telling in own_first:
        name = merged.get(telling.incident, telling.incident)
        key = (telling.kind, name, telling.route)
        known = by_key.get(key)
        moved = replace(telling, incident=name)
        by_key[key] = moved if known is None else _both(known, moved)
    return list(by_key.values())


def _both(own: Telling, other: Telling) -> Telling:
    """The most that either told."""
    later = max(own, other, key=_last_form_words)
    return replace(
        own,
        told_at=max(own.told_at, other.told_at),
        priority=min((p for p in (own.priority, other.priority) if p), default=None),
        in_press=own.in_press or other.in_press,
        robotic_at=later.robotic_at,
        robotic_level=later.robotic_level,
    )


def _last_form_words(telling: Telling) -> float:
    return telling.robotic_at.timestamp() if telling.robotic_at else 0.0


def _claims(known: Known, seen: Sequence[Sighting]) -> list[list[str]]:
    """Per sighting the known incidents that share its posts or name, the oldest first."""
    claims = []
    for sighting in seen:
        shared = Counter(known.of_posts[post] for post in sighting.posts if post in known.of_posts)
        names = {name for name in (*shared, sighting.incident.incident) if name in known.incidents}
        claims.append(sorted(names, key=lambda name: _age(known.incidents[name])))
    return claims


def _age(incident: Incident) -> tuple[bool, datetime, str]:
    """Those still looked at before those that are closed, then the oldest first."""
    return (incident.closed_at is not None, incident.opened_at, incident.incident)


def _names(claims: list[list[str]], seen: Sequence[Sighting], known: Known) -> list[str]:
    """One name per sighting: its oldest claim that no other has taken, else a new one."""
    taken: set[str] = set()
    names = [""] * len(seen)
    oldest_first = sorted(
        range(len(seen)), key=lambda n: (seen[n].incident.opened_at, seen[n].incident.incident)
    )
    for n in oldest_first:
        free = [name for name in claims[n] if name not in taken]
        names[n] = free[0] if free else ""
        taken.add(names[n])
    for n in oldest_first:
        if not names[n]:
            names[n] = _new_name(seen[n].incident.incident, taken | set(known.incidents))
            taken.add(names[n])
    return names


def _new_name(story: str, taken: set[str]) -> str:
    """The story's id, with a number after it where a part split off carries it too."""
    name, number = story, 2
    while name in taken:
        name, number = f"{story}.{number}", number + 1
    return name


def _continued(before: Incident | None, sighting: Sighting, name: str, now: datetime) -> Sighting:
    """The sighting under its incident's name; it changed when we noticed."""
    incident = replace(sighting.incident, incident=name, changed_at=now)
    if before is not None and before.closed_at is None:
        if all(getattr(before, field) == getattr(incident, field) for field in _NOTICED):
            incident = replace(incident, changed_at=before.changed_at)
            incident = replace(incident, resolved_at=before.resolved_at or incident.resolved_at)
        # A story's first post leaves the window one day; a source that fails anew begins anew.
        failed_anew = incident.kind == MessageKind.BLIND and incident.is_open > before.is_open
        if not failed_anew:
            first = min(before.opened_at, incident.opened_at)
            incident = replace(incident, opened_at=first)
    return replace(sighting, incident=incident)
