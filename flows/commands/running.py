"""Commands of who keeps it running."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import (
    WATCHLIST,
    BrandOption,
    WatchlistOption,
    day_of,
    day_option,
    err,
    out,
)


def run(
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    as_of: Annotated[
        datetime | None, day_option("Run as at the end of this day of the brand's.")
    ] = None,
    alert: Annotated[
        bool | None,
        typer.Option(help="Tell the watchlist's routes; if unset, unless --as-of is given."),
    ] = None,
) -> None:
    """Ask the sources, judge what is new, write the dated tables and alert.

    Running twice changes nothing; an interrupted run goes on where it was.
    """
    from flows.running import run_brands

    raise typer.Exit(run_brands(watchlist, brand, day_of(as_of), alert, out, err))


def serve(watchlist: WatchlistOption = WATCHLIST) -> None:
    """Put the watchlist's schedules on the Prefect server at PREFECT_API_URL and run them.

    One run at a time per brand; a run that would overlap is skipped. Stays until stopped.
    """
    from flows.serving import serve_brands

    serve_brands(watchlist, err)


def deliver(watchlist: WatchlistOption = WATCHLIST, brand: BrandOption = None) -> None:
    """Send what waits: failed messages, what quiet hours held back, summaries that are due.

    `moments serve` does so each minute; without it, let cron do it every few.
    """
    from flows.messaging import deliver_once

    raise typer.Exit(deliver_once(watchlist, brand, out, err))


def backfill(
    archives: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="JSONL and CSV (also .gz, .zst), Parquet, folders of them."
        ),
    ],
    brand: Annotated[str, typer.Option("--brand", "-b", help="The brand they are about.")],
    watchlist: Annotated[
        Path | None,
        typer.Option("--watchlist", "-w", help="Where the brand's names and time zone stand."),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder of the dated tables.")
    ] = Path("data/backfill"),
    workers: Annotated[int, typer.Option(min=1, help="Processes that share the work.")] = 1,
    piece: Annotated[int, typer.Option(hidden=True, help="Bytes read at once.")] = 8_000_000,
) -> None:
    """Judge archives of any size and write their dated tables.

    An interrupted run goes on where it was when called again in the same words. Lines that hold
    no post are kept in malformed.jsonl. Stories and spikes are left to `moments run`.
    """
    from flows.processes import shared_by

    with shared_by(workers, "flows.preloaded") as each:  # first, since that takes longest to load
        from flows.backfill import Request
        from flows.backfill import backfill as backfill_archives

        request = Request(archives, brand, watchlist, output, piece)
        raise typer.Exit(backfill_archives(request, each, out, err))


def doctor(watchlist: WatchlistOption = WATCHLIST) -> None:
    """Check configuration, secrets, sources, disk and ledger; say what to do."""
    from flows.doctor import examine

    raise typer.Exit(examine(watchlist, out))
