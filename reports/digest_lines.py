"""The first lines of a summary: what was not seen, what differs from usual, how stories stand."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.vocabulary import NOT_ASKED, Dimension, Spike, Status
from reports.dated import Day
from reports.quoted import quoted
from reports.wording import capital, count

_NAME = 40
_SOURCES = 5


def unseen(days: Sequence[Day]) -> list[str]:
    """What was not seen; said also where all was."""
    lines = [
        f"{quoted(str(row.source), _NAME)} {_blindness(row)}{'' if len(days) == 1 else _on(day)}"
        for day in days
        for row in day.coverage.itertuples()
        if row.failures or row.outcome == NOT_ASKED
    ]
    if not lines:
        return ["Every source was seen."]
    more = f"; and {len(lines) - _SOURCES} more" if len(lines) > _SOURCES else ""
    return [
        f"Not seen in whole: {'; '.join(lines[:_SOURCES])}{more}. What it held is missing here."
    ]


def _blindness(row: Any) -> str:
    if row.outcome == NOT_ASKED:
        return "was not asked"
    return f"{row.outcome} at {row.first_failure}{', seen again since' if row.seen else ''}"


def _on(day: Day) -> str:
    return f" ({day.day:%a})"


def against_usual(day: Day) -> list[str]:
    """A line per group of sources that had, or usually has, something."""
    rows = day.daily[day.daily["dimension"] == Dimension.ALL]
    told = rows[rows["mentions"].gt(0) | rows["poor_usual_high"].gt(0)]
    return [_usual_line(row) for row in told.itertuples()] or ["Nothing was said that we saw."]


def _usual_line(row: Any) -> str:
    name = f"{capital(row.group)}: {count(row.mentions, 'text')}, {row.poor} poor"
    if row.spike == Spike.MUTED:
        why = quoted(row.compared_with, 90)
        return f"{name}, {row.exceptional} exceptional (what is usual is not known: {why})."
    more = ", more than usual" if row.spike in (Spike.POOR, Spike.BOTH) else ""
    fine = " (more than usual)" if row.spike in (Spike.EXCEPTIONAL, Spike.BOTH) else ""
    usual = f"normally {row.poor_usual_low:.0f} to {row.poor_usual_high:.0f}"
    return f"{name}{more} ({usual}), {row.exceptional} exceptional{fine}."


def statuses(escalated: pd.DataFrame) -> str:
    counts = escalated["status"].value_counts()
    told = [f"{counts[status]} {status}" for status in Status if counts.get(status, 0)]
    return f"Poor stories: {', '.join(told) if told else 'none'}."
