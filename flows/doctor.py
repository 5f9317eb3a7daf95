"""`moments doctor`: can the monitor do its work, and if not, what is to be done?"""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from rich.console import Console

from analysis.refitted import Refitted
from analysis.versions import shipped
from data.errors import LedgerError, UserError
from data.ledger import Ledger
from data.records import Query
from flows.appointing import judge_of
from flows.delivery import DeliveryError, receiver_at
from flows.exits import Exit, UsageError
from flows.routes import WatchedRoute
from flows.watchlist import Watchlist, WatchlistError, load, open_source
from reports.locales import count, number, written_for
from sources.errors import SourceError

_DISK_NEEDED_MB = 500  # some months of a busy brand's ledger and tables


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    what: str
    well: bool
    told: str


def examine(path: Path, out: Console) -> Exit:
    """Print a line per thing looked at; the exit code for the shell."""
    try:
        watchlist = load(path)
    except WatchlistError as error:
        out.print("[red]✗[/red]", end=" ")
        out.print(f"watchlist: {error}", markup=False)
        return Exit.USAGE
    with written_for(watchlist.locale):
        return _exit(watchlist, _told(watchlist, path, out))


def _told(watchlist: Watchlist, path: Path, out: Console) -> dict[str, bool]:
    """Print every finding; whether each is well."""
    brands, sources = count(len(watchlist.brands), "brand"), count(len(watchlist.sources), "source")
    out.print(f"[green]✓[/green] watchlist: {brands}, {sources} in {path}")
    well: dict[str, bool] = {}
    for finding in _findings(watchlist):
        mark = "[green]✓[/green]" if finding.well else "[red]✗[/red]"
        out.print(mark, end=" ")
        out.print(f"{finding.what}: {finding.told}", markup=False)
        well[finding.what] = finding.well
    return well


def _exit(watchlist: Watchlist, well: dict[str, bool]) -> Exit:
    sources = [well[f"source {entry.name}"] for entry in watchlist.sources]
    if not (well["ledger"] and well["disk"] and well["judge"]):
        return Exit.USAGE
    if not all(well[f"route {route.name}"] for route in watchlist.routes):
        return Exit.USAGE
    if all(sources):
        return Exit.OK
    return Exit.SOME_SOURCE_FAILED if any(sources) else Exit.ALL_SOURCES_FAILED


def _findings(watchlist: Watchlist) -> Iterator[Finding]:
    yield _disk(watchlist.tables)
    yield _ledger(watchlist.ledger)
    yield _judge(watchlist)
    for entry in watchlist.sources:
        yield _source(entry, watchlist)
    for route in watchlist.routes:
        yield _route(route)


def _disk(tables: Path) -> Finding:
    there = next(folder for folder in (tables, *tables.parents) if folder.exists())
    try:
        TemporaryFile(dir=there).close()
    except OSError as error:
        advice = "Give the monitor's user the right to, or name other `tables`."
        return Finding("disk", False, f"{tables} cannot be written: {error.strerror}. {advice}")
    free = shutil.disk_usage(there).free // 1_000_000
    enough = free >= _DISK_NEEDED_MB
    advice = "" if enough else f"; free at least {number(_DISK_NEEDED_MB)} MB"
    return Finding("disk", enough, f"{number(free)} MB free for {tables}{advice}")


def _judge(watchlist: Watchlist) -> Finding:
    try:
        judge = judge_of(watchlist.judge)
    except (UserError, OSError) as error:
        return Finding("judge", False, str(error))
    model = judge.scorer.model
    older = isinstance(model, Refitted) and model.shipped != shipped()
    advice = "; its weights were refitted on an earlier release: `moments refit`" if older else ""
    return Finding("judge", True, f"{judge.version}{advice}")


def _ledger(location: str) -> Finding:
    try:
        with closing(Ledger.open(location)) as ledger:
            posts = count(ledger.counts()["posts"], "post")
            return Finding("ledger", True, f"{posts} in {ledger.place}")
    except LedgerError as error:
        return Finding("ledger", False, str(error))


def _source(entry: Any, watchlist: Watchlist) -> Finding:
    """Ask for the first page as a run would, and keep nothing."""
    now = datetime.now(UTC)
    brand = watchlist.brands[0]
    query = Query(brand.name, (brand.name,), now - timedelta(days=1), now)
    try:
        source = open_source(entry)
        posts = sum(len(source.parse(page)) for page in islice(source.fetch(query, None), 1))
    except SourceError as error:
        return Finding(f"source {entry.name}", False, str(error))
    return Finding(
        f"source {entry.name}", True, f"answers, {count(posts, 'post')} on its first page"
    )


def _route(route: WatchedRoute) -> Finding:
    """Is there an address, and does it name one receiver? Nothing is sent."""
    what = f"route {route.name}"
    try:
        receiver = receiver_at(route.address())
    except (UsageError, DeliveryError) as error:
        return Finding(what, False, str(error))
    return Finding(what, True, f"{receiver.service_name} takes {', '.join(route.kinds)}")
