"""The log of runs: when each began and ended, so that one that was killed shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from data.database import upsert
from data.ledger_tables import runs


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """One run of the monitor."""

    brand: str
    started_at: datetime  # by the wall's clock
    clock: datetime  # the run's own
    ended_at: datetime | None  # None: it goes on, or was killed
    judged: int
    error: str  # empty where it went well


def begin(connection: Connection, brand: str, started_at: datetime, clock: datetime) -> None:
    """Note that a run began."""
    row = LoggedRun(brand, started_at, clock, None, 0, "")
    upsert(connection, runs, [{name: getattr(row, name) for name in LoggedRun.__slots__}])


def end(
    connection: Connection,
    brand: str,
    started_at: datetime,
    ended_at: datetime,
    judged: int,
    error: str = "",
) -> None:
    """Note how it ended."""
    mine = (runs.c.brand == brand, runs.c.started_at == started_at)
    values = {"ended_at": ended_at, "judged": judged, "error": error}
    connection.execute(update(runs).where(*mine).values(**values))


def last(connection: Connection) -> list[LoggedRun]:
    """Each brand's latest run."""
    latest = select(runs.c.brand, func.max(runs.c.started_at).label("at")).group_by(runs.c.brand)
    newest = latest.subquery()
    query = (
        select(runs)
        .join(newest, (newest.c.brand == runs.c.brand) & (newest.c.at == runs.c.started_at))
        .order_by(runs.c.brand)
    )
    return [LoggedRun(**row) for row in connection.execute(query).mappings()]


def forget(connection: Connection, before: datetime) -> None:
    """Delete the runs that began before then."""
    connection.execute(delete(runs).where(runs.c.started_at < before))
