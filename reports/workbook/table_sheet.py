"""One table as a sheet: frozen header, filters, widths, marks, links that may be clicked."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.worksheet import Worksheet

from data.columns import Column, Schema
from data.vocabulary import Verdict
from reports.cells import fitted, writable
from reports.links import link
from reports.workbook.styles import EDGE, LINK, MARKS, PANEL, YOURS, Styles

LINKS, LONGEST_LINK = 65_530, 2_079  # Excel "repairs" a sheet that has more, or longer ones
LINKED = ("link", "original")
TO_FILL = ("analyst_verdict", "note")
_ANSWERS = [Verdict.EXCEPTIONAL.value, Verdict.POOR.value, Verdict.NEITHER.value]
_WIDTHS = {
    "quote": 60, "why": 44, "detail": 60, "evidence": 44, "note": 30, "link": 34, "original": 34,
    "analyst_verdict": 17, "post_id": 24, "outlet": 22, "place": 22, "person": 18, "story": 22,
    "reasons": 22, "source": 22, "blind": 28, "time": 9, "verdict": 15, "day": 12, "due": 17,
    "author": 18, "date": 12, "story_first_seen": 19, "story_last_seen": 19, "first_seen": 17,
    "last_seen": 17, "press_since": 17,
}  # fmt: skip
_WRAPPED = 28  # from this width on a text may take several lines
_DENSE = 1.2  # characters in a unit of a column's width
_LINE, _MOST_LINES = 15.0, 20  # points; Excel's highest row is of 409
_RIGHT = {"align": "right", "indent": 1}
_FROZEN = 3  # columns that stay in sight
_LAST_PRINTED = ("place", "churn")  # a page of paper has no room for more
_HINT = 255  # characters of a header's explanation that Excel shows


def table_sheet(
    sheet: Worksheet,
    table: pd.DataFrame,
    schema: Schema,
    columns: Sequence[str],
    styles: Styles,
) -> None:
    """Write the table's columns in this order."""
    rows = max(len(table), 1)  # a filter needs one
    for at, name in enumerate(columns):
        sheet.set_column(at, at, _width(name))
        _header(sheet, at, name, schema.columns[name], styles)
        _cells(sheet, at, table[name], styles)
    for row, lines in enumerate(_lines(table, columns), 1):
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES))
    if "analyst_verdict" in columns:
        _drop_down(sheet, columns.index("analyst_verdict"), rows)
    sheet.freeze_panes(1, _FROZEN)
    sheet.autofilter(0, 0, rows, len(columns) - 1)
    sheet.repeat_rows(0)
    last = next((name for name in _LAST_PRINTED if name in columns), columns[-1])
    sheet.print_area(0, 0, rows, columns.index(last))
    sheet.fit_to_pages(1, 0)


def _lines(table: pd.DataFrame, columns: Sequence[str]) -> list[int]:
    """How many lines each row needs; not every program finds out by itself."""
    needed = np.ones(len(table), dtype=int)
    for name in filter(_is_wrapped, columns):
        words = table[name].str
        lines = np.ceil(words.len() / (_width(name) * _DENSE)) + words.count("\n")
        needed = np.maximum(needed, np.asarray(lines, dtype=int))
    return [int(lines) for lines in needed]


def _is_wrapped(name: str) -> bool:
    return _width(name) >= _WRAPPED and name not in LINKED


def _width(name: str) -> int:
    return _WIDTHS.get(name, max(len(name) + 4, 10))  # the filter's arrow needs room


def _header(sheet: Worksheet, at: int, name: str, column: Column, styles: Styles) -> None:
    ground = YOURS if name in TO_FILL else PANEL
    sheet.write_string(0, at, name, styles(bold=True, bg_color=ground, bottom=1, indent=1))
    hint = {"input_title": name[:32], "input_message": column.meaning[:_HINT]}
    sheet.data_validation(0, at, 0, at, {"validate": "any", **hint})


def _cells(sheet: Worksheet, at: int, values: pd.Series, styles: Styles) -> None:
    """The column's values as what they are: text never becomes a formula, number or date."""
    name, words = str(values.name), values.dtype == "str"
    cells = fitted(writable(values)) if words else values
    empty = cells.eq("") if words else cells.isna()
    look = _look(name, values)
    plain = styles(**look)
    marks = {value: styles(**look | dict(mark)) for value, mark in MARKS.get(name, {}).items()}
    write = _writer(sheet, values)
    if name in LINKED:
        write = _linked(sheet, styles(**look | LINK))
    for row, (value, nothing) in enumerate(zip(cells.tolist(), empty.tolist(), strict=True), 1):
        if nothing:
            sheet.write_blank(row, at, None, plain)
        else:
            write(row, at, value, marks.get(value, plain))


def _look(name: str, values: pd.Series) -> dict[str, Any]:
    if values.dtype == "str":
        ground = {"bg_color": YOURS} if name in TO_FILL else {}
        as_text = {"num_format": "@", "quote_prefix": True, "align": "left", "indent": 1}
        return EDGE | as_text | {"text_wrap": _is_wrapped(name)} | ground
    if values.dtype.kind == "M":
        return EDGE | {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1}
    if values.dtype == "bool":
        return EDGE | {"align": "left", "indent": 1}
    if name == "confidence" or "_rate" in name:
        return EDGE | _RIGHT | {"num_format": "0 %"}
    return EDGE | _RIGHT | {"num_format": "#,##0.0" if values.dtype.kind == "f" else "#,##0"}


def _writer(sheet: Worksheet, values: pd.Series) -> Callable[..., Any]:
    write: Callable[..., Any] = sheet.write_number
    if values.dtype == "str":
        write = sheet.write_string
    elif values.dtype.kind == "M":
        write = sheet.write_datetime
    elif values.dtype == "bool":
        write = sheet.write_boolean
    return write


def _linked(sheet: Worksheet, look: Any) -> Callable[..., Any]:
    """Writes a link that may be clicked where it is safe and Excel takes it, else its words."""
    room = LINKS // len(LINKED)

    def write(row: int, at: int, url: str, plain: Any) -> object:
        target = link(url, LONGEST_LINK) if row <= room else ""
        if target:
            return sheet.write_url(row, at, target, look, string=url)
        return sheet.write_string(row, at, url, plain)

    return write


def _drop_down(sheet: Worksheet, at: int, rows: int) -> None:
    told = "Choose exceptional, poor or neither, or leave it empty."
    sheet.data_validation(
        1, at, rows, at,
        {"validate": "list", "source": _ANSWERS, "error_title": "Your verdict",
         "error_message": told, "input_title": "Your verdict", "input_message": told},
    )  # fmt: skip
