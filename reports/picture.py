"""The days behind a summary, as the picture in its mail and as the words for who does not see it.

Vega-Lite through vl-convert draws it without a network or a browser. It stands on a light card of
its own, since some programs darken the mail around a picture and none of them the picture.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert

from data.vocabulary import Verdict
from reports.locales import day_of_week, number, short_day

_NAMED = 7  # days named on the axis; a phone has no room for more
_SCALE = 2  # dots to a point: sharp on the screens of today, some 90 kB


@dataclass(frozen=True, slots=True)
class Bar:
    """A day: how many moments of each verdict, and whether it was seen in whole."""

    day: date
    poor: int
    exceptional: int
    seen: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Two days or more, in the order of time; `title` names the sort of sources."""

    title: str
    bars: tuple[Bar, ...]


def png(chart: Chart) -> bytes:
    """The picture; only dates and figures of ours are in it."""
    spec = json.loads(_spec())
    bars = chart.bars
    last, step = len(bars) - 1, -(-len(bars) // _NAMED)
    named = {at: short_day(bars[at].day) for at in range(last, -1, -step)}
    spec["encoding"]["x"]["axis"]["labelExpr"] = f"{json.dumps(named)}[datum.value] || ''"
    rows = [row for at, bar in enumerate(bars) for row in _rows(at, bar, at == last)]
    spec["datasets"] = {"days": rows}
    between = number(10_000)[2:-3]  # what the reader puts between thousands
    figures = {"decimal": ".", "thousands": between, "grouping": [3], "currency": ["", ""]}
    return vl_convert.vegalite_to_png(spec, scale=_SCALE, format_locale=figures)


def in_words(chart: Chart) -> str:
    """What the picture shows, in a sentence or two."""
    last = chart.bars[-1]
    worst = max(chart.bars, key=lambda bar: bar.poor)
    return (
        f"Columns of poor and exceptional moments, {short_day(chart.bars[0].day)} to "
        f"{short_day(last.day)}. The last day: {_told(last)}. "
        f"Most poor on {day_of_week(worst.day)}: {number(worst.poor)}. "
        "The figures of all days follow."
    )


def _told(bar: Bar) -> str:
    return f"{number(bar.poor)} poor, {number(bar.exceptional)} exceptional"


def _rows(at: int, bar: Bar, last: bool) -> list[dict[str, Any]]:
    return [
        {
            "at": at,
            "verdict": verdict.value,
            "moments": moments,
            "told": number(moments),
            "seen": bar.seen,
            "last": last,
        }
        for verdict, moments in ((Verdict.POOR, bar.poor), (Verdict.EXCEPTIONAL, bar.exceptional))
    ]


@cache
def _spec() -> str:
    return (Path(__file__).with_name("templates") / "letter.vl.json").read_text("utf-8")
