"""The command line: `moments`.

Exit codes: 0 all went well, 1 a bug of ours, 2 usage or configuration, 3 some source failed,
4 every source failed.
"""

import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from data.errors import UserError
from flows import prefect_settings
from flows.exits import Exit

app = typer.Typer(
    help="Find the moments in which a brand treated somebody exceptionally well or poorly.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

WatchlistOption = Annotated[
    Path, typer.Option("--watchlist", "-w", help="The watchlist's file.", show_default=True)
]
BrandOption = Annotated[
    str | None, typer.Option("--brand", "-b", help="One brand of the watchlist; all if unset.")
]
_WATCHLIST = Path("watchlist.toml")


@app.command()
def run(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Run as at the end of this day of the brand's."),
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

    day = as_of.date() if as_of else None
    raise typer.Exit(run_brands(watchlist, brand, day, alert, out, err))


@app.command()
def serve(watchlist: WatchlistOption = _WATCHLIST) -> None:
    """Put the watchlist's schedules on the Prefect server at PREFECT_API_URL and run them.

    One run at a time per brand; a run that would overlap is skipped. Stays until stopped.
    """
    from flows.serving import serve_brands

    serve_brands(watchlist, err)


@app.command()
def show(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The last day told of if unset."),
    ] = None,
) -> None:
    """Show a day: today against normal, the stories that matter most, what could be seen."""
    from flows.showing import show_days

    show_days(watchlist, brand, day.date() if day else None, out)


@app.command()
def review(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The last day told of if unset."),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who says so; the user's name if unset.")] = None,
) -> None:
    """Go through a day's moments by keyboard, in a browser on this machine only.

    Verdicts are kept at once, as `moments correct` keeps them; the tables are told again at the
    end (Ctrl-C).
    """
    from flows.reviewing import review as review_day

    review_day(watchlist, brand, day.date() if day else None, by, out)


@app.command()
def digest(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Of seven days, not of one.")] = False,
    day: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day it tells of; yesterday if unset."),
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it too, unless that was done before.")
    ] = False,
) -> None:
    """Print the manager's summary: what changed, what needs an answer, what to celebrate."""
    from flows.digest_now import show_digests

    last = day.date() if day else None
    raise typer.Exit(show_digests(watchlist, brand, weekly, last, send, out))


@app.command()
def silence(
    story: Annotated[str, typer.Argument(help="A story's id, or `source:NAME`.")],
    until: Annotated[
        datetime,
        typer.Option(formats=["%Y-%m-%d"], help="The day from whose beginning it is told again."),
    ],
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
) -> None:
    """Send nothing more of a story until a day; a day that has begun ends the silence."""
    from flows.silencing import silence_story

    silence_story(watchlist, story, until.date(), brand, out)


@app.command()
def status(
    watchlist: WatchlistOption = _WATCHLIST,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show how sources, open incidents, the outbox, the last runs and the ledger are.

    The exit code is 0 when all is well, 3 when a source, a receiver or a run is not.
    """
    from flows.status import show_status

    raise typer.Exit(show_status(watchlist, json, out))


@app.command()
def deliver(watchlist: WatchlistOption = _WATCHLIST, brand: BrandOption = None) -> None:
    """Send what waits: failed messages, what quiet hours held back, summaries that are due.

    `moments serve` does so each minute; without it, let cron do it every few.
    """
    from flows.messaging import deliver_once

    raise typer.Exit(deliver_once(watchlist, brand, out, err))


@app.command()
def look(
    brand: Annotated[str, typer.Argument(help="Any brand's name.")],
    folder: Annotated[Path, typer.Option(help="Where its ledger and tables are kept.")] = Path(
        "data/look"
    ),
) -> None:
    """Ask the keyless sources about any brand now: no configuration, no account."""
    from flows.looking import look_at

    raise typer.Exit(look_at(brand, folder, out, err))


@app.command()
def judge(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="IN.jsonl",
            help="JSON lines with `id`, `text` and optionally `brand`, `title`, `author`, "
            "`source`, `published_at`.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The CSV to write; else it is printed.")
    ] = None,
) -> None:
    """Judge the texts of a file: one row out per row in, in the same order.

    Without a brand a text is taken to be about the business; with one, a text that does not
    mention it is `neither`.
    """
    from flows.judging_files import judge_file

    judge_file(source, output, err)


@app.command()
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
    from flows.backfill import Request
    from flows.backfill import backfill as backfill_archives

    request = Request(archives, brand, watchlist, output, workers, piece)
    raise typer.Exit(backfill_archives(request, out, err))


@app.command()
def correct(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="moments.csv or report.xlsx with `analyst_verdict` (and `note`) filled.",
        ),
    ],
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    by: Annotated[str | None, typer.Option(help="Who says so; the user's name if unset.")] = None,
) -> None:
    """Keep an analyst's verdicts, which override ours from then on, and tell their days again.

    The files may have been saved anew by any spreadsheet. A mistake in one is named with its row,
    and nothing is applied then. Words: exceptional, poor, neither; `right` beside our own
    verdict; `withdraw` takes a correction back. Any post of posts.parquet may be corrected.
    """
    from flows.correcting import correct_files

    correct_files(watchlist, files, brand, by, out)


@app.command()
def corrections(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; else printed.")
    ] = None,
) -> None:
    """Print the posts that analysts corrected as labelled posts: JSON lines like the corpus."""
    from flows.labels import export_labels

    export_labels(watchlist, brand, output)


@app.command()
def refit(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    even_if_worse: Annotated[
        bool, typer.Option("--even-if-worse", help="Take weights that measure worse, too.")
    ] = False,
) -> None:
    """Fit the weights anew with the corrections and show how they measure before and after.

    They are written where the watchlist's `[judge]` looks for them (data/weights.tsv); the
    shipped ones are never touched. Weights that are worse on the gate's test part are refused.
    """
    from flows.refitting import refit_weights

    raise typer.Exit(refit_weights(watchlist, brand, even_if_worse, out, err))


@app.command()
def rejudge(
    watchlist: WatchlistOption = _WATCHLIST,
    brand: BrandOption = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="From this day of the brand's on; all if unset."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Store the verdicts and tell the days anew.")
    ] = False,
) -> None:
    """Show what the present model would change in what an earlier one judged.

    Counts, examples and days; nothing is changed without --apply. An interrupted --apply goes on
    where it was when called again. Analysts' corrections stay.
    """
    from flows.rejudging import rejudge as judge_anew

    judge_anew(watchlist, brand, since.date() if since else None, apply, out, err)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A post's words.")],
    brand: Annotated[
        str | None, typer.Option("--brand", "-b", help="The brand it is about.")
    ] = None,
) -> None:
    """Say what a text is judged to be, by which words, and what each weighed."""
    from flows.explaining import explain_text

    explain_text(text, brand, out)


@app.command()
def fetch(
    kind: Annotated[str, typer.Argument(help="Kind of source: feed, reddit, files, ...")],
    locations: Annotated[
        list[str], typer.Argument(metavar="LOCATION...", help="URLs, or saved files and folders.")
    ],
    json: Annotated[
        bool, typer.Option("--json", help="Print the coverage lines as JSON too.")
    ] = False,
) -> None:
    """Print the posts of any source location as JSON lines; coverage goes to stderr.

    A bad location is told and never ends the others.
    """
    from flows.fetching import fetch_locations

    raise typer.Exit(fetch_locations(kind, locations, json, out, err))


@app.command()
def doctor(watchlist: WatchlistOption = _WATCHLIST) -> None:
    """Check configuration, secrets, sources, disk and ledger; say what to do."""
    from flows.doctor import examine

    raise typer.Exit(examine(watchlist, out))


def main() -> None:
    """Run the command; what its user can mend is told in one sentence, without a traceback."""
    prefect_settings.apply()
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        app()
    except UserError as error:
        err.print(str(error), style="red", markup=False)
        sys.exit(Exit.USAGE)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        err.print(f"Cannot use{place}: {error.strerror or error}.", style="red", markup=False)
        sys.exit(Exit.USAGE)
    except KeyboardInterrupt:
        err.print("Interrupted. What was collected is kept; the next run goes on from there.")
        sys.exit(Exit.INTERRUPTED)
