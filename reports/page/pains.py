"""What keeps coming back: reasons and touchpoints of the last seven days."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.vocabulary import Trend
from reports.page.words import clean

_MOST = 6  # pain_points.csv holds the others
_TRENDS = {
    Trend.RISING: "more than the week before",
    Trend.FALLING: "fewer than the week before",
    Trend.STEADY: "as the week before",
    Trend.UNKNOWN: "the week before was not seen alike",
}


@dataclass(frozen=True, slots=True)
class Pain:
    """A reason and touchpoint that people keep telling of."""

    reason: str
    touchpoint: str
    people: int
    before: int
    trend: str
    told: str
    places: str


def pains(pain_points: pd.DataFrame) -> list[Pain]:
    """The first of schema PAIN_POINTS."""
    return [_pain(row) for row in pain_points.head(_MOST).itertuples()]


def _pain(row: Any) -> Pain:
    return Pain(
        reason=row.reason,
        touchpoint=row.touchpoint,
        people=int(row.people),
        before=int(row.people_before),
        trend=row.trend,
        told=_TRENDS[row.trend],
        places=clean(row.places),
    )
