"""Noting in the ledger when a run begins and how it ends."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from data import runs
from data.errors import LedgerError
from data.ledger import Ledger
from flows.days import wall_clock

_KEPT = timedelta(days=90)
_LONGEST = 300  # characters of an error


@dataclass
class RunLog:
    """What a run says of itself before it ends."""

    judged: int = 0


@contextmanager
def logged(ledger: Ledger, brand: str, started_at: datetime, clock: datetime) -> Iterator[RunLog]:
    """Log the run; one that is killed stays without an end, one that raises has its error."""
    with ledger.transaction() as connection:
        runs.begin(connection, brand, started_at, clock)
        runs.forget(connection, started_at - _KEPT)
    log = RunLog()
    try:
        yield log
    except BaseException as error:
        told = f"{type(error).__name__}: {error}"[:_LONGEST]
        with suppress(LedgerError), ledger.transaction() as connection:
            runs.end(connection, brand, started_at, wall_clock(), log.judged, told)
        raise
    with ledger.transaction() as connection:
        runs.end(connection, brand, started_at, wall_clock(), log.judged)
