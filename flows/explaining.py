"""`moments explain`: a verdict and why."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.engine import EngineJudge
from analysis.explaining import Explanation, explain
from analysis.judge import Judge
from data.records import Brand
from flows.appointing import judge_for
from reports.locales import DEFAULT, figure, percent, written_for

_COLOURS = {"poor": "bold red", "exceptional": "bold green"}
_SHOWN = 12  # features; what comes after moves nothing


def explain_text(text: str, brand: str | None, watchlist: Path | None, out: Console) -> None:
    """Print a text's verdict, its probabilities, the words that decided and each share.

    The watchlist's judge is asked, or the one that ships. Raises as `judge_for`.
    """
    by = judge_for(watchlist)
    told = explain(text, Brand(brand) if brand else None, by)
    with written_for(_locale_of(watchlist) if watchlist else DEFAULT):
        _print(told, by, watchlist is not None, out)


def _locale_of(watchlist: Path) -> str:
    from flows.watchlist import load  # with every source, which nobody needs without a watchlist

    return load(watchlist).locale


def _print(told: Explanation, by: Judge, chosen: bool, out: Console) -> None:
    colour = _COLOURS.get(told.verdict, "bold")
    out.print(Text.assemble((told.verdict, colour), f"  ({percent(told.confidence)} sure)"))
    chances = (f"{name} {percent(chance)}" for name, chance in told.probabilities.items())
    out.print(Text("probabilities: " + ", ".join(chances)))
    read_as = "a told story" if told.telling > 0.5 else "a plain post"
    out.print(Text(f"read as {read_as} (a story: {percent(told.telling)})"))
    if chosen:
        out.print(Text(f"judged by {by.version}"))
    out.print(Text(told.evidence or "No words of service decided."))
    if isinstance(by, EngineJudge):
        out.print(Text("The engine gives no reasons; these are what our own weights make of it:"))
    out.print(_shares(told))


def _shares(told: Explanation) -> Table:
    """Each feature's part: what speaks for the verdict and what against it."""
    table = Table("share", "feature", "weight", "value", "words", box=None, pad_edge=False)
    for share in told.shares[:_SHOWN]:
        table.add_row(
            figure(share.share, 2, signed=True),
            Text(share.feature),
            figure(share.weight, 2, signed=True),
            figure(share.value, 2),
            Text(share.words),
        )
    return table
