"""`moments run`: the monitor for some or all brands, told on the terminal."""

from datetime import date
from pathlib import Path

from rich.console import Console

from data.records import Coverage
from flows.exits import Exit, of_coverage
from flows.monitor import monitor
from flows.outcomes import Run
from flows.prefect_server import await_server
from flows.watchlist import load
from reports.locales import count, number, written_for


def run_brands(
    watchlist: Path,
    brand: str | None,
    as_of: date | None,
    alert: bool | None,
    out: Console,
    err: Console,
) -> Exit:
    """Run the monitor for one brand or all; the exit code for the shell.

    Raises `WatchlistError`, and `UsageError` where a Prefect server is named that does not answer.
    """
    watched = load(watchlist)
    names = [watched.brand(brand).name] if brand else [one.name for one in watched.brands]
    await_server(0)
    covered: list[Coverage] = []
    for name in names:
        with err.status(f"Watching {name} ..."):
            run = monitor(str(watchlist), name, as_of, alert)
        with written_for(watched.locale):
            show(run, watched.tables, out, err)
        covered += run.coverage
    return of_coverage(covered)


def show(run: Run, tables: Path, out: Console, err: Console) -> None:
    """One line on what was done, and one per source that did not bring all."""
    posts = count(sum(seen.posts for seen in run.coverage), "post")
    sources = count(len(run.coverage), "source")
    files, days = count(len(run.told.changed), "file"), count(len(run.told.days), "dated folder")
    where = f"{files} changed in {days} under {tables}" if run.told.changed else "nothing changed"
    done = f"{posts} read from {sources}, {number(run.judged)} judged; {where}"
    out.print(f"{run.brand}: {done}", markup=False)
    for seen in run.blind:
        err.print(f"{seen.source}: {seen.outcome}: {seen.detail}", style="yellow", markup=False)
    if run.sent.delivered:
        out.print(f"{run.brand}: {count(run.sent.delivered, 'message')} delivered", markup=False)
    for failure in run.sent.failures:
        err.print(f"{run.brand}, {failure}", style="yellow", markup=False)
