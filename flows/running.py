"""`moments run`: the monitor for some or all brands, told on the terminal."""

from datetime import date
from pathlib import Path

from rich.console import Console

from data.records import Coverage
from flows.exits import Exit, of_coverage
from flows.monitor import monitor
from flows.outcomes import Run
from flows.watchlist import load


def run_brands(
    watchlist: Path,
    brand: str | None,
    as_of: date | None,
    alert: bool | None,
    out: Console,
    err: Console,
) -> Exit:
    """Run the monitor for one brand or all; the exit code for the shell."""
    watched = load(watchlist)
    names = [watched.brand(brand).name] if brand else [one.name for one in watched.brands]
    covered: list[Coverage] = []
    for name in names:
        with err.status(f"Watching {name} ..."):
            run = monitor(str(watchlist), name, as_of, alert)
        show(run, watched.tables, out, err)
        covered += run.coverage
    return of_coverage(covered)


def show(run: Run, tables: Path, out: Console, err: Console) -> None:
    """One line on what was done, and one per source that did not bring all."""
    posts = sum(seen.posts for seen in run.coverage)
    days = len(run.told.days)
    where = f"; {len(run.told.changed)} files changed in {days} dated folders under {tables}"
    out.print(
        f"{run.brand}: {posts} posts read from {len(run.coverage)} sources, {run.judged} judged"
        + (where if run.told.changed else "; nothing changed"),
        markup=False,
    )
    for seen in run.blind:
        err.print(f"{seen.source}: {seen.outcome}: {seen.detail}", style="yellow", markup=False)
    if run.sent.delivered:
        out.print(f"{run.brand}: {run.sent.delivered} messages delivered", markup=False)
    for failure in run.sent.failures:
        err.print(f"{run.brand}, {failure}", style="yellow", markup=False)
