"""Commands of the analyst, who puts verdicts right."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.options import (
    WATCHLIST,
    BrandOption,
    ByOption,
    DateOption,
    WatchlistOption,
    day_of,
    day_option,
    err,
    out,
)


def review(
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    day: DateOption = None,
    by: ByOption = None,
) -> None:
    """Go through a day's moments by keyboard, in a browser on this machine only.

    Verdicts are kept at once, as `moments correct` keeps them; the tables are told again at the
    end (Ctrl-C).
    """
    from flows.reviewing import review as review_day

    review_day(watchlist, brand, day_of(day), by, out)


def correct(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="moments.csv or report.xlsx with `analyst_verdict` (and `note`) filled.",
        ),
    ],
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    by: ByOption = None,
) -> None:
    """Keep an analyst's verdicts, which override ours from then on, and tell their days again.

    The files may have been saved anew by any spreadsheet. A mistake in one is named with its row,
    and nothing is applied then. Words: exceptional, poor, neither; `right` beside our own
    verdict; `withdraw` takes a correction back. Any post of posts.parquet may be corrected.
    """
    from flows.correcting import correct_files

    correct_files(watchlist, files, brand, by, out)


def corrections(
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; else printed.")
    ] = None,
) -> None:
    """Print the posts that analysts corrected as labelled posts: JSON lines like the corpus."""
    from flows.labels import export_labels

    export_labels(watchlist, brand, output)


def refit(
    watchlist: WatchlistOption = WATCHLIST,
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


def rejudge(
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    since: Annotated[
        datetime | None, day_option("From this day of the brand's on; all if unset.")
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

    judge_anew(watchlist, brand, day_of(since), apply, out, err)
