"""Where and why: the day's moments by touchpoint and reason."""

from dataclasses import dataclass

import pandas as pd

from data.vocabulary import Reason, Touchpoint, Verdict

_STEPS = (1, 2, 4, 8)  # a cell's depth: from one, two, four, eight moments on


@dataclass(frozen=True, slots=True)
class Cell:
    """How many moments of a reason happened at a touchpoint."""

    touchpoint: str
    number: int

    @property
    def depth(self) -> int:
        """0 for none to 4 for eight and more."""
        return sum(self.number >= step for step in _STEPS)


@dataclass(frozen=True, slots=True)
class Line:
    """A reason of one verdict with a cell per touchpoint that is shown."""

    verdict: str
    reason: str
    cells: list[Cell]
    number: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The touchpoints and reasons that had a moment, in the vocabulary's order."""

    touchpoints: list[str]
    lines: list[Line]


def heat(moments: pd.DataFrame) -> Heat:
    """The map of a day's moments (schema MOMENTS)."""
    counts = moments.groupby(["verdict", "reason", "touchpoint"]).size().to_dict()
    touchpoints = [t.value for t in Touchpoint if moments["touchpoint"].eq(t).any()]
    lines = []
    for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL):
        for reason in Reason:
            cells = [
                Cell(t, int(counts.get((verdict.value, reason.value, t), 0))) for t in touchpoints
            ]
            number = sum(cell.number for cell in cells)
            if number:
                lines.append(Line(verdict.value, reason.value, cells, number))
    return Heat(touchpoints, lines)
