"""The first lines of a summary: what was not seen, what differs from usual, how stories stand."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.vocabulary import NOT_ASKED, Dimension, Spike, Status
from reports.dated import Day
from reports.locales import count, number, weekday
from reports.quoted import quoted
from reports.wording import capital

_NAME = 40
_REASON = 90
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
    return f" ({weekday(day.day)})"


def against_usual(day: Day) -> list[str]:
    """A line per group of sources that had, or usually has, something; why nothing is compared."""
    rows = day.daily[day.daily["dimension"] == Dimension.ALL]
    told = rows[rows["mentions"].gt(0) | rows["poor_usual_high"].gt(0)]
    lines = [_usual_line(row) for row in told.itertuples()]
    reasons = told.loc[told["spike"] == Spike.MUTED, "compared_with"].unique()
    if len(reasons):
        # The shortest: what it has in addition for one group names sources, which coverage tells.
        why = quoted(min(reasons, key=len), _REASON)
        lines.append(f"What is usual is not known{_of(told)}: {why}.")
    return lines or ["Nothing was said that we saw."]


def _usual_line(row: Any) -> str:
    name = f"{capital(row.group)}: {count(row.mentions, 'text')}, {number(row.poor)} poor"
    if row.spike == Spike.MUTED:
        return f"{name}, {number(row.exceptional)} exceptional."
    more = ", more than usual" if row.spike in (Spike.POOR, Spike.BOTH) else ""
    fine = ", more than usual" if row.spike in (Spike.EXCEPTIONAL, Spike.BOTH) else ""
    return (
        f"{name}{more} (normally {_range(row, 'poor')}), "
        f"{number(row.exceptional)} exceptional{fine} (normally {_range(row, 'exceptional')})."
    )


def _range(row: Any, verdict: str) -> str:
    low, high = getattr(row, f"{verdict}_usual_low"), getattr(row, f"{verdict}_usual_high")
    return f"{number(low)} to {number(high)}" if low < high else number(high)


def _of(told: pd.DataFrame) -> str:
    """Of which groups, where it is not all of them."""
    muted = told[told["spike"] == Spike.MUTED]
    return "" if len(muted) == len(told) else f" of {' and '.join(muted['group'])}"


def statuses(escalated: pd.DataFrame) -> str:
    counts = escalated["status"].value_counts()
    told = [f"{number(counts[status])} {status}" for status in Status if counts.get(status, 0)]
    return f"Poor stories: {', '.join(told) if told else 'none'}."
