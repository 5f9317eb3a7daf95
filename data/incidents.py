"""Reads and writes of incidents and of what was told of them, inside the caller's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, or_, select

from data.database import upsert
from data.incident_records import Incident, MessageKind, Sighting, Telling
from data.ledger_tables import decisions, incident_posts, incidents, silences, tellings
from data.vocabulary import Priority, Status

_WORDS = {"kind": MessageKind, "status": Status, "priority": Priority}


def incidents_of(
    connection: Connection, brand: str, since: datetime, kind: MessageKind | None = None
) -> list[Incident]:
    """The brand's incidents that are looked at or were closed since then, by kind and age."""
    query = (
        select(incidents)
        .where(incidents.c.brand == brand, _recent(since))
        .order_by(incidents.c.kind, incidents.c.opened_at, incidents.c.incident)
    )
    if kind is not None:
        query = query.where(incidents.c.kind == kind.value)
    return [Incident(**_typed(row)) for row in connection.execute(query).mappings()]


def posts_of(
    connection: Connection, brand: str, kind: MessageKind, names: Iterable[str]
) -> dict[str, str]:
    """The posts by which these incidents are known: post_id -> incident."""
    wanted = set(names)
    query = select(incident_posts.c.post_id, incident_posts.c.incident).where(
        incident_posts.c.brand == brand, incident_posts.c.kind == kind.value
    )
    return {post: name for post, name in connection.execute(query) if name in wanted}


def store(
    connection: Connection, sightings: Sequence[Sighting], closed: Sequence[Incident] = ()
) -> None:
    """Write incidents as they stand, and by which posts they are known."""
    rows = [_row(one) for one in (*(seen.incident for seen in sightings), *closed)]
    upsert(connection, incidents, rows)
    known_by = [
        {
            "brand": seen.incident.brand,
            "kind": seen.incident.kind.value,
            "post_id": post,
            "incident": seen.incident.incident,
        }
        for seen in sightings
        for post in sorted(seen.posts)
    ]
    upsert(connection, incident_posts, known_by)


def tellings_of(connection: Connection, brand: str) -> list[Telling]:
    """What every route was last told of the brand's incidents."""
    query = select(tellings).where(tellings.c.brand == brand)
    return [Telling(**_typed(row)) for row in connection.execute(query).mappings()]


def tell(connection: Connection, told: Iterable[Telling]) -> None:
    """Note what was told."""
    upsert(connection, tellings, [_row(telling) for telling in told])


def silence(
    connection: Connection, brand: str, incident: str, until: datetime, now: datetime
) -> None:
    """Tell nothing of the incident until then; an earlier time ends the silence."""
    row = {"brand": brand, "incident": incident, "until": until, "made_at": now}
    upsert(connection, silences, [row])


def silenced(
    connection: Connection, brand: str, now: datetime, made_by: datetime | None = None
) -> dict[str, datetime]:
    """The brand's silent incidents and until when each is; only silences made by then, if given."""
    query = select(silences.c.incident, silences.c.until).where(
        silences.c.brand == brand, silences.c.until > now
    )
    if made_by is not None:
        query = query.where(silences.c.made_at <= made_by)
    return {row.incident: row.until for row in connection.execute(query)}


def decided_at(connection: Connection, brand: str) -> datetime | None:
    """The clock of the run that last brought the brand's incidents up to date."""
    return connection.scalar(select(decisions.c.decided_at).where(decisions.c.brand == brand))


def asked_at(connection: Connection, brand: str) -> datetime | None:
    """When it was last asked what is to be told of the brand."""
    return connection.scalar(select(decisions.c.asked_at).where(decisions.c.brand == brand))


def note_decided(connection: Connection, brand: str, now: datetime) -> None:
    """Note that the brand's incidents are up to date as of now."""
    row = {"brand": brand, "decided_at": now, "asked_at": asked_at(connection, brand)}
    upsert(connection, decisions, [row])


def note_asked(connection: Connection, brand: str, now: datetime) -> None:
    """Note that it was asked what is to be told."""
    same = decisions.c.brand == brand
    connection.execute(decisions.update().where(same).values(asked_at=now))


def forget(connection: Connection, before: datetime) -> None:
    """Delete what was closed before then, with all that was told of it, and ended silences."""
    old = and_(incidents.c.closed_at.is_not(None), incidents.c.closed_at < before)
    gone = connection.execute(
        select(incidents.c.brand, incidents.c.kind, incidents.c.incident).where(old)
    ).all()
    for brand, kind, name in gone:
        for table in (tellings, incident_posts, incidents):
            connection.execute(delete(table).where(*_is(table, brand, kind, name)))
    connection.execute(delete(silences).where(silences.c.until < before))


def _recent(since: datetime) -> Any:
    return or_(incidents.c.closed_at.is_(None), incidents.c.closed_at >= since)


def _is(table: Table, brand: str, kind: str, name: str) -> tuple[Any, ...]:
    return (table.c.brand == brand, table.c.kind == kind, table.c.incident == name)


def _row(record: Incident | Telling) -> dict[str, Any]:
    names = {field.name for field in fields(record)}
    row = asdict(record)
    return row | {name: row[name] and row[name].value for name in _WORDS if name in names}


def _typed(row: Any) -> dict[str, Any]:
    named = dict(row)
    for name, words in _WORDS.items():
        if named.get(name) is not None:
            named[name] = words(named[name])
    return named
