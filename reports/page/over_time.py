"""The share of poor and of exceptional moments, day by day, drawn as inline SVG.

Vega-Lite through vl-convert: it renders without a network, writes plain attributes that a strict
content policy allows and the page's own style sheet colours (so that the dark and the printed page
need no second picture), and gives the same bytes for the same figures.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import vl_convert
from markupsafe import Markup

from data.vocabulary import Spike, Verdict
from reports.page.shown import Shown
from reports.page.today import GROUPS
from reports.page.words import clean, percent, short_day

_SHAPES = {Verdict.POOR: "triangle-down", Verdict.EXCEPTIONAL: "triangle-up"}
_HALF = pd.Timedelta(hours=12)
_LEAST = 14  # days on the axis, so that a new brand's first days are not drawn as wide as weeks


@dataclass(frozen=True, slots=True)
class Chart:
    """One verdict of one group: the picture and what it says, in words."""

    group: str
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
    meaning: str
    charts: tuple[Chart, ...]
    rows: list[Row]


def weeks(shown: Shown) -> list[Weeks]:
    """The groups that had a mention in the weeks, each with two charts."""
    return [
        Weeks(
            str(group),
            GROUPS[str(group)],
            tuple(_chart(days, str(group), verdict) for verdict in _SHAPES),
            [_row(day) for day in days[::-1].itertuples()],
        )
        for group, days in shown.over_time.groupby("group", sort=False)
        if days["mentions"].any()
    ]


def _chart(days: pd.DataFrame, group: str, verdict: Verdict) -> Chart:
    highest = days[["poor_rate_high", "exceptional_rate_high"]].max().max()
    points = [_point(row, verdict) for row in days.itertuples()]
    svg = vl_convert.vegalite_to_svg(_filled(points, verdict, float(highest)))
    # Vega gives its root a role that only has a meaning with its own descriptions.
    svg = svg.replace(' role="graphics-object" aria-roledescription="group mark container"', "")
    return Chart(group, verdict.value, Markup(svg), _told(days, verdict))


@cache
def _spec() -> str:
    return Path(__file__).with_name("over_time.vl.json").read_text("utf-8")


def _filled(points: list[dict[str, object]], verdict: Verdict, highest: float) -> dict[str, Any]:
    """The chart's specification with its data; only figures and dates of our own go in."""
    spec: dict[str, Any] = json.loads(_spec())
    last = pd.Timestamp(str(points[-1]["day"]))
    first = min(pd.Timestamp(str(points[0]["day"])), last - pd.Timedelta(days=_LEAST - 1))
    x = spec["encoding"]["x"]
    x["scale"]["domain"] = [(first - _HALF).isoformat() + "Z", (last + _HALF).isoformat() + "Z"]
    layers = {layer["name"]: layer for layer in spec["layer"]}
    layers["interval"]["encoding"]["y"]["scale"]["domainMax"] = highest
    layers["share"]["mark"] |= {
        "shape": _SHAPES[verdict],
        "filled": verdict == Verdict.POOR,
    }
    return spec | {"datasets": {"days": points}}


def _point(row: Any, verdict: Verdict) -> dict[str, object]:
    rate, low, high = (
        getattr(row, f"{verdict}_rate{end}") for end in ("", "_low", "_high")
    )
    known = not pd.isna(rate)
    return {
        "day": row.day.isoformat() + "Z",
        "from": (row.day - _HALF).isoformat() + "Z",
        "to": (row.day + _HALF).isoformat() + "Z",
        "rate": rate if known else None,
        "low": low if known else None,
        "high": high if known else None,
        "count": int(getattr(row, verdict.value)),
        "spike": row.spike in (verdict, Spike.BOTH),
        "blind": row.blind != "",
    }


def _told(days: pd.DataFrame, verdict: Verdict) -> str:
    """What the picture shows, for those who do not see it."""
    last = next(days[::-1].itertuples())
    rates = [getattr(last, f"{verdict}_rate{end}") for end in ("", "_low", "_high")]
    number = getattr(last, verdict.value)
    told = f"{verdict.value.capitalize()} moments per mention, {_span(days)}."
    told += f" On the last day {number} of {last.mentions}"
    told += f", {percent(rates[0])} (95 % interval {percent(rates[1])} to {percent(rates[2])})"
    spikes = days.loc[days["spike"].isin([verdict, Spike.BOTH]), "day"]
    told += f". More than usual on {_days(spikes)}" if len(spikes) else ". No day stood out"
    blind = days.loc[days["blind"] != "", "day"]
    return f"{told}. Not seen in whole on {_days(blind)}." if len(blind) else f"{told}."


def _span(days: pd.DataFrame) -> str:
    first, last = days["day"].iloc[0], days["day"].iloc[-1]
    return f"{short_day(first)} to {short_day(last)}" if first < last else short_day(last)


def _days(days: pd.Series) -> str:
    return ", ".join(short_day(day) for day in days)


def _row(day: Any) -> Row:
    remarks = {
        Spike.POOR: "more poor than usual",
        Spike.EXCEPTIONAL: "more exceptional than usual",
        Spike.BOTH: "more of both than usual",
    }
    parts = [remarks.get(day.spike, ""), f"not seen in whole: {clean(day.blind)}" if day.blind else ""]
    sides = [_share(day, verdict) for verdict in _SHAPES]
    return Row(short_day(day.day), int(day.mentions), *sides, "; ".join(filter(None, parts)))


def _share(day: Any, verdict: Verdict) -> str:
    rate, low, high = (getattr(day, f"{verdict}_rate{end}") for end in ("", "_low", "_high"))
    number = int(getattr(day, verdict.value))
    return f"{number} ({percent(low)} to {percent(high)})" if not pd.isna(rate) else f"{number}"
