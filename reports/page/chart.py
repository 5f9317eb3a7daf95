"""The share of one verdict, day by day, as inline SVG.

Vega-Lite through vl-convert: it renders without a network, writes plain attributes that a strict
content policy allows and the page's own style sheet colours (so that the dark and the printed page
need no second picture), and gives the same bytes for the same figures.
"""

import json
import math
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import vl_convert
from markupsafe import Markup

from data.vocabulary import Spike, Verdict
from reports.locales import short_day

SHAPES = {Verdict.POOR: "triangle-down", Verdict.EXCEPTIONAL: "triangle-up"}
_HALF = pd.Timedelta(hours=12)
_LABELS = 4  # days named on the axis; a phone has no room for more
LEAST = 14  # days on the axis, so that a new brand's first days are not drawn as wide as weeks


def chart(days: pd.DataFrame, verdict: Verdict) -> Markup:
    """The picture of a group's days (OVER_TIME, by day, at least one).

    Only dates and figures of our own go in, so it is safe as it is. It is hidden from screen
    readers, which are told the same in words.
    """
    svg = vl_convert.vegalite_to_svg(_filled(days, verdict))
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


@cache
def _spec() -> str:
    return Path(__file__).with_name("chart.vl.json").read_text("utf-8")


def _filled(days: pd.DataFrame, verdict: Verdict) -> dict[str, Any]:
    """The chart's specification with its data, axes and shapes."""
    spec: dict[str, Any] = json.loads(_spec())
    x = spec["encoding"]["x"]
    last = days["day"].iloc[-1]
    first = min(days["day"].iloc[0], last - pd.Timedelta(days=LEAST - 1))
    x["scale"]["domain"] = [_ms(first - _HALF), _ms(last + _HALF)]
    step = -(-((last - first).days + 1) // _LABELS)
    named = {_ms(day): short_day(day) for day in pd.date_range(last, first, freq=f"-{step}D")}
    x["axis"] |= {"values": list(named), "labelExpr": f"{json.dumps(named)}[+datum.value]"}
    layers = {layer["name"]: layer for layer in spec["layer"]}
    highest = days[["poor_rate_high", "exceptional_rate_high"]].max().max()
    top = min(math.ceil(4 * highest) / 4, 1.0)  # both charts of a group have the same scale
    layers["interval"]["encoding"]["y"]["scale"]["domainMax"] = top
    layers["share"]["mark"] |= {"shape": SHAPES[verdict], "filled": verdict == Verdict.POOR}
    return spec | {"datasets": {"days": [_point(row, verdict) for row in days.itertuples()]}}


def _point(row: Any, verdict: Verdict) -> dict[str, object]:
    rates = {end: getattr(row, f"{verdict}_rate{end}") for end in ("", "_low", "_high")}
    known = {end: None if pd.isna(rate) else rate for end, rate in rates.items()}
    return {
        "day": _ms(row.day),
        "from": _ms(row.day - _HALF),
        "to": _ms(row.day + _HALF),
        "rate": known[""],
        "low": known["_low"],
        "high": known["_high"],
        "count": int(getattr(row, verdict.value)),
        "spike": row.spike in (verdict, Spike.BOTH),
        "blind": row.blind != "",
    }


def _ms(moment: pd.Timestamp) -> int:
    """Milliseconds since 1970, as if the local day were one of UTC: a chart knows no zones."""
    return int(moment.timestamp() * 1000)
