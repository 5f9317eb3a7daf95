"""Consistency: which places treat people otherwise than the others, beyond chance."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.vocabulary import Dimension, Standing
from reports.locales import percent
from reports.page.words import clean

_MOST = 12  # places of a group; consistency.csv holds the others


@dataclass(frozen=True, slots=True)
class Place:
    """One place with the share of poor stories and its interval, all from 0 to 1."""

    name: str
    stories: int
    poor: int
    rate: float
    low: float
    high: float
    standing: str

    def at(self, share: float) -> float:
        """Where a share lies on a scale from 6 to 194."""
        return round(6 + 188 * share, 1)

    @property
    def told(self) -> str:
        """25 % (95 % interval 10 % to 45 %)."""
        return f"{percent(self.rate)} ({percent(self.low)} to {percent(self.high)})"


@dataclass(frozen=True, slots=True)
class Places:
    """A group's places, those that stand out first, and how all of them scatter."""

    group: str
    told: str
    share: float  # of all places together
    places: list[Place]
    rest: int


def places(consistency: pd.DataFrame) -> list[Places]:
    """Per group of sources, from schema CONSISTENCY; groups without a place are left out."""
    told = consistency[consistency["dimension"] == Dimension.PLACE]
    return [
        _group(str(group), rows)
        for group, rows in told.groupby("group", sort=False)
        if rows["value"].ne("").any()
    ]


def _group(group: str, rows: pd.DataFrame) -> Places:
    whole, apart = rows[rows["value"] == ""], rows[rows["value"] != ""]
    odd = apart["stands_out"].ne(Standing.NO)
    order = apart.assign(odd=odd).sort_values(
        ["odd", "stories", "value"], ascending=[False, False, True], kind="stable"
    )
    shown = [_place(row) for row in order.head(_MOST).itertuples()]
    told = clean(whole["told"].iloc[0]) if len(whole) else ""
    share = float(apart["poor"].sum() / max(apart["stories"].sum(), 1))
    return Places(group, told, share, shown, max(len(apart) - _MOST, 0))


def _place(row: Any) -> Place:
    return Place(
        name=clean(row.value),
        stories=int(row.stories),
        poor=int(row.poor),
        rate=float(row.poor_rate),
        low=float(row.poor_rate_low),
        high=float(row.poor_rate_high),
        standing=row.stands_out,
    )
