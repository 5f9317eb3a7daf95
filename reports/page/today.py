"""The day against what is normal, group by group."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.vocabulary import Dimension, SourceGroup, Spike, Verdict
from reports.locales import count, number
from reports.page.shown import OPEN, URGENT, Shown
from reports.page.words import clean

GROUPS = {
    SourceGroup.POSTS.value: "with comments and replies",
    SourceGroup.REVIEWS.value: "",
    SourceGroup.PRESS.value: "articles",
}
_SIDES = (Verdict.POOR, Verdict.EXCEPTIONAL)


@dataclass(frozen=True, slots=True)
class Side:
    """The poor or the exceptional moments of a group, with their usual range where it is known."""

    verdict: str
    number: int
    low: int | None
    high: int | None
    spike: bool
    most: int  # the right end of the scale

    @property
    def usual(self) -> str:
        """Normally 1 to 3."""
        if self.low is None or self.high is None:
            return ""
        low = f"{number(self.low)} to " if self.low < self.high else ""
        return f"normally {low}{number(self.high)}"

    def at(self, value: int) -> float:
        """Where a count lies on a scale from 6 to 154."""
        return round(6 + 148 * min(value / self.most, 1), 1)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of sources on the day."""

    name: str
    mentions: str
    sides: list[Side]
    compared_with: str
    unjudged: int


def groups(daily: pd.DataFrame) -> list[Group]:
    """The groups of schema DAILY that had mentions or usually have moments."""
    rows = daily[daily["dimension"] == Dimension.ALL]
    told = rows[rows["mentions"].gt(0) | rows["poor_usual_high"].gt(0)]
    return [_group(row) for row in told.itertuples()]


def _group(row: Any) -> Group:
    counts = [row.poor, row.exceptional, row.poor_usual_high, row.exceptional_usual_high]
    most = max(4, *(int(number) for number in counts if not pd.isna(number)))
    sides = [_side(row, verdict, most) for verdict in _SIDES]
    mentions = count(int(row.mentions), "mention")
    days = clean(row.compared_with)
    known = not pd.isna(row.poor_usual_high)
    told = f"Compared with {days}" if known else days[:1].upper() + days[1:]
    return Group(row.group, mentions, sides, told, int(row.unjudged))


def _side(row: Any, verdict: Verdict, most: int) -> Side:
    low, high = (getattr(row, f"{verdict}_usual_{end}") for end in ("low", "high"))
    known = not pd.isna(high)
    return Side(
        verdict=verdict.value,
        number=int(getattr(row, verdict.value)),
        low=int(low) if known else None,
        high=int(high) if known else None,
        spike=row.spike in (verdict, Spike.BOTH),
        most=most,
    )


def headline(shown: Shown) -> list[str]:
    """The day in two or three sentences."""
    return list(_headline(shown))


def _headline(shown: Shown) -> Iterator[str]:
    rows = shown.daily[shown.daily["dimension"] == Dimension.ALL]
    poor, exceptional = (int(shown.moments["verdict"].eq(v).sum()) for v in _SIDES)
    yield (
        f"{number(poor)} poor and {number(exceptional)} exceptional "
        f"{'moment' if poor + exceptional == 1 else 'moments'} "
        f"in {count(int(rows['mentions'].sum()), 'mention')}."
    )
    urgent = shown.escalated[
        shown.escalated["status"].isin(OPEN) & shown.escalated["priority"].isin(URGENT)
    ]
    late = int(urgent["overdue_hours"].gt(0).sum())
    if len(urgent):
        told = f"{count(len(urgent), 'story needs', 'stories need')} an answer now or today"
        whose = "all" if late == len(urgent) > 1 else number(late)
        yield f"{told}, {whose} of them overdue." if late else f"{told}."
    else:
        yield "No story that we saw needs an answer today."
