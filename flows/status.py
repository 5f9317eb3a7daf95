"""`moments status`: sources, open incidents, the outbox, last runs and the ledger, at one look."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from sqlalchemy import Connection

from analysis.sightings import blind_sources
from data import incidents as incident_rows
from data import outbox, runs
from data.incident_records import MessageKind
from data.ledger import Ledger
from data.ledger_size import rows_by_table, size_in_bytes
from data.vocabulary import NOT_ASKED
from flows.collect import LOOK_BACK
from flows.days import wall_clock
from flows.exits import Exit
from flows.health import Health, LastRun, OpenIncident, SourceHealth, WaitingMessages
from flows.status_lines import lines
from flows.watchlist import WatchedBrand, Watchlist, load
from reports.locales import written_for

_DELIVERED_WITHIN = timedelta(days=7)


def show_status(path: Path, as_json: bool, out: Console) -> Exit:
    """Print how everything is; the exit code tells the shell whether all is well."""
    watchlist = load(path)
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        health = health_of(watchlist, ledger, wall_clock())
    if as_json:
        out.print(health.model_dump_json(indent=2), markup=False)
    else:
        with written_for(watchlist.locale):
            for line in lines(health, watchlist):
                out.print(line, markup=False)
    return Exit.OK if health.well else Exit.SOME_SOURCE_FAILED


def health_of(watchlist: Watchlist, ledger: Ledger, now: datetime) -> Health:
    """How everything is."""
    brands = [brand.name for brand in watchlist.brands]
    sources = [one for brand in watchlist.brands for one in _sources(watchlist, brand, ledger, now)]
    with ledger.transaction() as connection:
        return Health(
            at=now,
            sources=sources,
            incidents=[one for brand in brands for one in _incidents(connection, brand, now)],
            waiting=[WaitingMessages(**asdict(row)) for row in outbox.waiting(connection)],
            delivered_in_7_days=outbox.count_delivered(connection, now - _DELIVERED_WITHIN),
            runs=[LastRun(**asdict(run)) for run in runs.last(connection) if run.brand in brands],
            ledger_rows=rows_by_table(connection),
            ledger_bytes=size_in_bytes(connection),
        )


def _sources(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime
) -> Iterator[SourceHealth]:
    log = ledger.coverage(brand.name, now - LOOK_BACK, now)
    seen = {one.incident.story: one.incident for one in blind_sources(brand.name, log)}
    last = log.sort_values("at").drop_duplicates("source", keep="last").set_index("source")
    for entry in watchlist.sources_of(brand):
        if entry.name not in seen:
            yield SourceHealth(brand=brand.name, source=entry.name, outcome=NOT_ASKED)
            continue
        yield SourceHealth(
            brand=brand.name,
            source=entry.name,
            outcome=str(last.at[entry.name, "outcome"]),
            asked_at=seen[entry.name].changed_at,
            blind_since=seen[entry.name].opened_at if seen[entry.name].is_open else None,
            detail=seen[entry.name].why,
        )


def _incidents(connection: Connection, brand: str, now: datetime) -> list[OpenIncident]:
    silent = incident_rows.silenced(connection, brand, now)
    there = incident_rows.incidents_of(connection, brand, now, MessageKind.ESCALATION)
    waiting = sorted(
        (one for one in there if one.is_open), key=lambda one: (one.priority or "", one.opened_at)
    )
    return [
        OpenIncident(
            brand=brand,
            story=one.incident,
            priority=one.priority,
            status=one.status,
            opened_at=one.opened_at,
            due=one.due,
            overdue=one.due is not None and one.due < now,
            in_press=one.in_press,
            silent_until=silent.get(one.incident),
            why=one.why,
        )
        for one in waiting
    ]
