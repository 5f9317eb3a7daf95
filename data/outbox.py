"""The outbox: every message decided upon, until it is delivered.

A message is written in the transaction that decides it. Each attempt is noted before it is made,
so a process that is killed while it sends is followed by one that tries again, later: a message
arrives at least once, and twice only if the kill came between its arrival and the note of it.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select, update

from data.database import insert_new
from data.incident_records import Message, MessageKind
from data.ledger_tables import digests, outbox

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)  # a receiver that is back gets what waits within the hour

_MESSAGE = [outbox.c[name] for name in Message.__dataclass_fields__]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one route."""

    brand: str
    route: str
    messages: int
    oldest: datetime
    attempts: int  # of the one tried most
    next_attempt_at: datetime
    last_error: str


def put(connection: Connection, messages: Iterable[Message]) -> None:
    """Write messages; one that is there already stays as it is, delivered or not."""
    for message in messages:
        row = asdict(message) | {"kind": message.kind.value, "attempts": 0, "last_error": ""}
        insert_new(connection, outbox, row | {"next_attempt_at": message.created_at})


def due(connection: Connection, brand: str, route: str, now: datetime) -> Message | None:
    """The route's oldest message that may be tried now."""
    query = (
        select(*_MESSAGE)
        .where(outbox.c.brand == brand, outbox.c.route == route)
        .where(outbox.c.delivered_at.is_(None), outbox.c.next_attempt_at <= now)
        .order_by(outbox.c.created_at, outbox.c.message_id)
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return Message(**{**row, "kind": MessageKind(row["kind"])}) if row else None


def trying(connection: Connection, message_id: str, now: datetime) -> None:
    """Note an attempt that is about to be made, and when the next one would be."""
    mine = outbox.c.message_id == message_id
    tried = connection.scalar(select(outbox.c.attempts).where(mine)) or 0
    values = {"attempts": tried + 1, "next_attempt_at": now + wait_after(tried + 1)}
    connection.execute(update(outbox).where(mine).values(**values))


def failed(connection: Connection, message_id: str, error: str) -> None:
    """Note why it was not delivered."""
    mine = outbox.c.message_id == message_id
    connection.execute(update(outbox).where(mine).values(last_error=error))


def delivered(connection: Connection, message_id: str, now: datetime) -> None:
    """Note that it was delivered."""
    mine = outbox.c.message_id == message_id
    connection.execute(update(outbox).where(mine).values(delivered_at=now, last_error=""))


def wait_after(attempts: int) -> timedelta:
    """How long a receiver is left alone after so many attempts in vain."""
    doublings = min(attempts - 1, 10)  # 2 ** 10 minutes are far beyond the longest wait
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def written(
    connection: Connection, brand: str, route: str, kind: MessageKind, since: datetime
) -> list[datetime]:
    """When messages of the kind were written to the route after then."""
    query = select(outbox.c.created_at).where(
        outbox.c.brand == brand,
        outbox.c.route == route,
        outbox.c.kind == kind.value,
        outbox.c.created_at > since,
    )
    return list(connection.scalars(query))


def waiting(connection: Connection) -> list[Waiting]:
    """What is not delivered, per brand and route, the oldest first."""
    of_route = (outbox.c.brand, outbox.c.route)
    oldest = func.min(outbox.c.created_at)
    query = (
        select(
            *of_route,
            func.count(),
            oldest,
            func.max(outbox.c.attempts),
            func.min(outbox.c.next_attempt_at),
            func.max(outbox.c.last_error),
        )
        .where(outbox.c.delivered_at.is_(None))
        .group_by(*of_route)
        .order_by(oldest)
    )
    return [Waiting(*row) for row in connection.execute(query)]


def count_delivered(connection: Connection, since: datetime) -> int:
    """How many messages were delivered after then."""
    query = select(func.count()).select_from(outbox).where(outbox.c.delivered_at > since)
    return connection.scalar(query) or 0


def forget(connection: Connection, before: datetime, long_before: datetime) -> None:
    """Empty the words of what was delivered before then; delete what was delivered long before."""
    past = and_(outbox.c.delivered_at.is_not(None), outbox.c.delivered_at < before)
    connection.execute(update(outbox).where(past).values(text="", html=""))
    connection.execute(delete(outbox).where(past, outbox.c.delivered_at < long_before))


# -- digests ------------------------------------------------------------------------------------


def was_digested(connection: Connection, brand: str, period: str, day: date) -> bool:
    """Whether the summary of the period that ends with the day was written."""
    return connection.execute(select(digests).where(*_of(brand, period, day))).first() is not None


def note_digest(connection: Connection, brand: str, period: str, day: date, now: datetime) -> None:
    """Note that the summary was written."""
    insert_new(connection, digests, {"brand": brand, "period": period, "day": day, "made_at": now})


def _of(brand: str, period: str, day: date) -> tuple[Any, ...]:
    return (digests.c.brand == brand, digests.c.period == period, digests.c.day == day)
