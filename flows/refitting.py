"""`moments refit`: weights that learned from corrections, taken where they are no worse."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from analysis.judge import Judge
from flows.appointing import judge_of
from flows.exits import Exit, UsageError
from flows.judges import WatchedJudge
from flows.labels import labelled
from flows.watchlist import load
from reports.locales import figure, written_for
from reports.replace import replace

if TYPE_CHECKING:
    from evaluation.refit import Refit

_FEWEST = 10  # corrections; of fewer, chance decides what is learned


def refit_weights(
    path: Path, brand: str | None, even_if_worse: bool, out: Console, err: Console
) -> Exit:
    """Fit, measure, show, and put the weights where the watchlist looks for them.

    Raises UsageError where there is too little to learn from, or nothing to learn with.
    """
    watchlist = load(path)
    rows = labelled(watchlist, brand, "en")
    if len(rows) < _FEWEST:
        raise UsageError(
            f"There are {len(rows)} corrections of English posts; at least {_FEWEST} are needed. "
            "`moments correct` takes them."
        )
    weights = watchlist.judge.weights
    now = judge_of(WatchedJudge(weights=weights))
    with err.status(f"Fitting to {len(rows)} corrections ..."):
        found = _refit(rows, now)
    with written_for(watchlist.locale):
        out.print(_table(found, now.version))
    if found.worse and not even_if_worse:
        for reason in found.worse:
            out.print(f"Worse on the gate: {reason}.", markup=False)
        out.print("Nothing was changed. `--even-if-worse` takes the new weights all the same.")
        return Exit.USAGE
    replace(weights, found.model.content())
    out.print(f"{weights} holds {found.model.version}, which judges from now on.", markup=False)
    out.print("`moments rejudge` shows what it changes in the past; without the file the shipped "
              "weights judge again.")  # fmt: skip
    return Exit.OK


def _refit(rows: list[dict[str, Any]], now: Judge) -> "Refit":
    try:
        from evaluation.corpus import frame_of
        from evaluation.refit import refit
    except ImportError as error:
        raise UsageError(
            "`moments refit` needs scikit-learn, which is not installed. Install service-moments "
            "with its extra `refit`."
        ) from error
    return refit(frame_of(rows), now)


def _table(found: "Refit", before: str) -> Table:
    table = Table("", before, found.model.version, box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in found.figures:
        table.add_row(row.name, figure(row.before, 3), figure(row.after, 3))
    return table
