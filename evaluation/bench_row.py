"""What a benchmark is given, and the line that it gives."""

from dataclasses import dataclass
from pathlib import Path

from evaluation.stopwatch import Ratio


@dataclass(frozen=True, slots=True)
class Bench:
    """On what, how often and where to measure."""

    texts: list[str]
    posts: int  # of an archive
    repeats: int
    folder: Path  # for files; empty at first


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of the page."""

    what: str
    cpu: str
    wall: str
    wanted: str
    note: str

    @classmethod
    def of(cls, what: str, ratio: Ratio, wanted: str, note: str = "") -> "Row":
        """The line of a ratio."""
        return cls(what, _told(ratio.cpu), _told(ratio.wall), wanted, note)


def _told(spread: tuple[float, float, float]) -> str:
    median, low, high = spread
    digits = 1 if median >= 10 else 2
    extremes = f" ({low:.{digits}f}–{high:.{digits}f})" if low < high else ""
    return f"{median:.{digits}f}{extremes}"
