"""The weeks behind the day: per group two charts, their meaning in words, and their figures."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from data.vocabulary import Spike, Verdict
from reports.locales import number, percent, short_day
from reports.page.chart import LEAST, SHAPES, chart
from reports.page.today import GROUPS
from reports.page.words import clean

_REMARKS = {
    Spike.POOR: "more poor than usual",
    Spike.EXCEPTIONAL: "more exceptional than usual",
    Spike.BOTH: "more of both than usual",
}


@dataclass(frozen=True, slots=True)
class Chart:
    """One verdict of one group: the picture and what it says, in words."""

    verdict: str
    svg: Markup
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """One day of a group as a line of a table."""

    day: str
    mentions: int
    poor: str
    exceptional: str
    remark: str


@dataclass(frozen=True, slots=True)
class Weeks:
    """A group's charts and the figures they are drawn from, the latest day first."""

    group: str
    remark: str  # what the group is, and since when it is watched where that is not long
    charts: list[Chart]
    rows: list[Row]


def weeks(over_time: pd.DataFrame) -> list[Weeks]:
    """Each group of sources that had a mention, from schema OVER_TIME."""
    return [
        Weeks(
            str(group),
            _remark(str(group), days),
            [Chart(v.value, chart(days, v), _told(days, v)) for v in SHAPES],
            [_row(day) for day in days[::-1].itertuples()],
        )
        for group, days in over_time.groupby("group", sort=False)
        if days["mentions"].any()
    ]


def _remark(group: str, days: pd.DataFrame) -> str:
    since = f"watched since {short_day(days['day'].iloc[0])}" if len(days) < LEAST else ""
    return ", ".join(filter(None, [GROUPS[group], since]))


def _told(days: pd.DataFrame, verdict: Verdict) -> str:
    """What the picture shows, for those who do not see it."""
    last: Any = next(days[::-1].itertuples())
    rate, low, high = _rates(last, verdict)
    spikes = days.loc[days["spike"].isin([verdict, Spike.BOTH]), "day"]
    blind = days.loc[days["blind"] != "", "day"]
    sentences = [
        f"{verdict.value.capitalize()} moments per mention, {_span(days)}",
        f"On the last day {_number(last, verdict)} of {number(last.mentions)}, "
        f"{percent(rate)} (95 % interval {percent(low)} to {percent(high)})",
        f"More than usual on {_days(spikes)}" if len(spikes) else "No day stood out",
        f"Not seen in whole on {_days(blind)}" if len(blind) else "Every day was seen in whole",
    ]
    return ". ".join(sentences) + "."


def _span(days: pd.DataFrame) -> str:
    first, last = days["day"].iloc[0], days["day"].iloc[-1]
    return f"{short_day(first)} to {short_day(last)}" if first < last else short_day(last)


def _days(days: pd.Series) -> str:
    return ", ".join(short_day(day) for day in days)


def _row(day: Any) -> Row:
    blind = f"not seen in whole: {clean(day.blind)}" if day.blind else ""
    remark = "; ".join(filter(None, [_REMARKS.get(day.spike, ""), blind]))
    poor, exceptional = _share(day, Verdict.POOR), _share(day, Verdict.EXCEPTIONAL)
    return Row(short_day(day.day), int(day.mentions), poor, exceptional, remark)


def _share(day: Any, verdict: Verdict) -> str:
    """3 (4 % to 29 %)."""
    _, low, high = _rates(day, verdict)
    told = _number(day, verdict)
    return told if pd.isna(low) else f"{told} ({percent(low)} to {percent(high)})"


def _number(day: Any, verdict: Verdict) -> str:
    return number(getattr(day, verdict.value))


def _rates(day: Any, verdict: Verdict) -> tuple[float, float, float]:
    names = [f"{verdict}_rate{end}" for end in ("", "_low", "_high")]
    rate, low, high = (float(getattr(day, name)) for name in names)
    return rate, low, high
