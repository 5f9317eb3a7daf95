"""Tables and figures as Markdown."""

from collections.abc import Iterable, Sequence

from evaluation import measure
from evaluation.measure import Counts, Floats


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and whose others are figures."""
    rule = "|".join(["---"] + ["---:"] * (len(head) - 1))
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", f"|{rule}|", *lines])


def share(part: float) -> str:
    """A share of one in percent."""
    return f"{part:.0%}"


def figure(at: float | Floats) -> str:
    """A figure between 0 and 1, two places, no zero before the point."""
    return f"{float(at):.2f}".removeprefix("0")


def with_interval(at: float | Floats, resampled: Floats) -> str:
    """A figure and where it would lie in 95 of 100 such samples."""
    low, high = measure.interval(resampled)
    return f"{figure(at)} ({figure(low)}\u2013{figure(high)})"


def macro(counts: Counts) -> str:
    """Macro-F1 with its interval."""
    return with_interval(measure.macro_f1(counts), measure.macro_f1(measure.resamples(counts)))


def one_f1(counts: Counts, label: int) -> str:
    """One class's F1 with its interval."""
    drawn = measure.f1(measure.resamples(counts))
    return with_interval(measure.f1(counts)[label], drawn[:, label])


def plain(text: str, limit: int = 300) -> str:
    """A text on one line that no Markdown in it can disturb."""
    line = " ".join(text.split())
    line = line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + " \u2026"
    for sign in "\\`*_[]<>|#":
        line = line.replace(sign, "\\" + sign)
    return line
