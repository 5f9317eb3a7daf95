"""The weeks behind the day as Excel's own charts, which print well in grey too."""

from typing import Any

import pandas as pd
from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from data.vocabulary import Spike, Verdict
from reports.workbook.styles import GOOD, HATCH, INK, POOR, SOFT

_WIDE, _HIGH, _ROWS = 620, 290, 15  # pixels of a chart; rows that it covers
_COLOURS = {Verdict.POOR: POOR, Verdict.EXCEPTIONAL: GOOD}
_BARS = {
    Verdict.POOR: {"fill": {"color": POOR}, "border": {"color": POOR}},
    Verdict.EXCEPTIONAL: {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": GOOD, "bg_color": "#FFFFFF"},
        "border": {"color": GOOD},
    },
}
_LINES = {
    Verdict.POOR: {
        "line": {"color": POOR, "width": 2},
        "marker": {"type": "square", "size": 6, "fill": {"color": POOR}, "border": {"color": POOR}},
    },
    Verdict.EXCEPTIONAL: {
        "line": {"color": GOOD, "width": 2, "dash_type": "dash"},
        "marker": {
            "type": "triangle", "size": 8, "fill": {"color": "#FFFFFF"}, "border": {"color": GOOD}
        },
    },
}  # fmt: skip


def trend_sheet(book: Workbook, sheet: Worksheet, days: Worksheet, over_time: pd.DataFrame) -> None:
    """Per group of sources its moments a day and their share of the mentions.

    `over_time` is schema OVER_TIME, which stands as it is in the sheet `days`.
    """
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    unseen = _mark_unseen(days, over_time)
    row = 0
    for name, part in over_time.reset_index(drop=True).groupby("group", sort=False):
        if part["mentions"].any():
            group = _Group(book, days.name, list(over_time.columns), unseen, str(name), part)
            sheet.insert_chart(row, 0, group.counts())
            sheet.insert_chart(row, 10, group.shares())
            row += _ROWS


def _mark_unseen(days: Worksheet, over_time: pd.DataFrame) -> int:
    """Write 1 beside each day that was not seen in whole, out of sight; the column's number."""
    at = len(over_time.columns)
    for row, blind in enumerate(over_time["blind"], 1):
        if blind:
            days.write_number(row, at, 1)
    days.set_column(at, at, None, None, {"hidden": True})
    return at


class _Group:
    """The charts of a group of sources."""

    def __init__(
        self, book: Workbook, days: str, columns: list[str], unseen: int, name: str,
        part: pd.DataFrame,
    ) -> None:  # fmt: skip
        self._book, self._days, self._columns, self._unseen = book, days, columns, unseen
        self._name, self._part = name.capitalize(), part
        self._rows = int(part.index[0]) + 1, int(part.index[-1]) + 1

    def counts(self) -> Chart:
        """Poor and exceptional moments a day as columns; a spike says so."""
        chart = self._book.add_chart({"type": "column"})
        for verdict, look in _BARS.items():
            chart.add_series(self._series(verdict, verdict.value) | look | self._spikes(verdict))
        return self._finished(chart, "moments a day", "0")

    def shares(self) -> Chart:
        """The same per judged mention as lines, with gaps where nothing was said."""
        chart = self._book.add_chart({"type": "line"})
        for verdict, look in _LINES.items():
            chart.add_series(self._series(verdict, f"{verdict}_rate") | look)
        return self._finished(chart, "share of the mentions", "0 %")

    def _series(self, verdict: Verdict, column: str) -> dict[str, Any]:
        return {
            "name": verdict.value,
            "categories": self._range(self._columns.index("day")),
            "values": self._range(self._columns.index(column)),
            "gap": 60,
        }

    def _range(self, column: int) -> list[Any]:
        return [self._days, self._rows[0], column, self._rows[1], column]

    def _spikes(self, verdict: Verdict) -> dict[str, Any]:
        marks = [spike in (verdict, Spike.BOTH) for spike in self._part["spike"]]
        if not any(marks):
            return {}
        labels = [{"value": "more than usual"} if mark else {"delete": True} for mark in marks]
        font = {"bold": True, "color": _COLOURS[verdict], "size": 9}
        return {"data_labels": {"value": True, "custom": labels, "font": font}}

    def _finished(self, chart: Chart, what: str, number: str) -> Chart:
        if self._part["blind"].ne("").any():
            chart.combine(self._blind())
        soft = {"color": SOFT, "size": 9}
        chart.set_title({
            "name": f"{self._name}: {what}", "overlay": False, "layout": {"x": 0.02, "y": 0.03},
            "name_font": {"size": 12, "bold": True, "color": INK},
        })  # fmt: skip
        chart.set_x_axis({
            "date_axis": True, "num_format": "d mmm", "num_font": soft,
            "line": {"color": HATCH}, "major_tick_mark": "none",
            "major_unit": max(len(self._part) // 8, 1), "major_unit_type": "days",
        })  # fmt: skip
        chart.set_y_axis({
            "num_format": number, "num_font": soft, "min": 0, "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#DCDEDF", "width": 0.75}},
        })  # fmt: skip
        chart.set_legend({"position": "bottom", "font": soft})
        chart.set_size({"width": _WIDE, "height": _HIGH})
        chart.set_chartarea({"border": {"none": True}})
        chart.show_blanks_as("gap")
        chart.show_hidden_data()
        return chart

    def _blind(self) -> Chart:
        """The days not seen in whole, as grey bands on a scale of their own."""
        chart = self._book.add_chart({"type": "column"})
        chart.add_series({
            "name": "not seen in whole",
            "categories": self._range(self._columns.index("day")),
            "values": self._range(self._unseen),
            "fill": {"color": HATCH, "transparency": 70}, "gap": 0, "y2_axis": True,
        })  # fmt: skip
        chart.set_y2_axis({
            "min": 0, "max": 1, "label_position": "none", "line": {"none": True},
            "major_tick_mark": "none",
        })  # fmt: skip
        return chart
