"""The day against what is normal, group by group."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.vocabulary import Dimension, SourceGroup, Spike, Verdict
from reports.page.shown import Shown
from reports.page.words import clean, count

GROUPS = {
    SourceGroup.POSTS.value: "posts, comments and replies",
    SourceGroup.REVIEWS.value: "reviews",
    SourceGroup.PRESS.value: "articles of the press",
}
_OPEN = ("new", "ongoing", "reopened")


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
        return f"normally {self.low} to {self.high}" if self.low < self.high else f"normally {self.high}"

    def at(self, value: int) -> float:
        """Where a count lies on a scale from 6 to 154."""
        return round(6 + 148 * min(value / self.most, 1), 1)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of sources on the day."""

    name: str
    meaning: str
    mentions: str
    sides: tuple[Side, Side]
    compared_with: str
    unjudged: int


def groups(shown: Shown) -> list[Group]:
    """The groups that had mentions or usually have moments."""
    rows = shown.daily[shown.daily["dimension"] == Dimension.ALL]
    told = rows[rows["mentions"].gt(0) | rows["poor_usual_high"].gt(0)]
    return [_group(row) for row in told.itertuples()]


def _group(row: Any) -> Group:
    counts = [row.poor, row.exceptional, row.poor_usual_high, row.exceptional_usual_high]
    most = max(4, *(int(number) for number in counts if not pd.isna(number)))
    sides = tuple(_side(row, verdict, most) for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL))
    mentions = count(int(row.mentions), "mention")
    words = clean(row.compared_with)
    return Group(row.group, GROUPS[row.group], mentions, sides, words, int(row.unjudged))  # type: ignore[arg-type]


def _side(row: Any, verdict: Verdict, most: int) -> Side:
    low, high = (getattr(row, f"{verdict}_usual_{end}") for end in ("low", "high"))
    known = not pd.isna(high)
    spike = row.spike in (verdict.value, Spike.BOTH)
    number = int(getattr(row, verdict.value))
    return Side(verdict.value, number, int(low) if known else None, int(high) if known else None, spike, most)


def headline(shown: Shown) -> list[str]:
    """The day in two or three sentences."""
    return list(_headline(shown))


def _headline(shown: Shown) -> Iterator[str]:
    rows = shown.daily[shown.daily["dimension"] == Dimension.ALL]
    poor, exceptional = (int(shown.moments["verdict"].eq(v).sum()) for v in ("poor", "exceptional"))
    yield (
        f"{poor:,} poor and {exceptional:,} exceptional "
        f"{'moment' if poor + exceptional == 1 else 'moments'} "
        f"in {count(int(rows['mentions'].sum()), 'mention')}."
    )
    urgent = shown.escalated[
        shown.escalated["status"].isin(_OPEN) & shown.escalated["priority"].isin(["P1", "P2"])
    ]
    late = int(urgent["overdue_hours"].gt(0).sum())
    if len(urgent):
        told = f"{count(len(urgent), 'story needs', 'stories need')} an answer now or today"
        yield f"{told}, {late} of them overdue." if late else f"{told}."
    else:
        yield "No story that we saw needs an answer today."
