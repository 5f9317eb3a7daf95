"""The workbook as a whole."""

import io
from collections.abc import Mapping
from datetime import datetime, time

import pandas as pd
from xlsxwriter.workbook import Workbook

from data.columns import Schema
from data.dated_tables import COVERAGE, DELIGHTS, ESCALATIONS, MOMENTS
from data.frames import check
from data.over_time import OVER_TIME
from reports.brief import brief
from reports.page.shown import Shown
from reports.page.stories import Stories
from reports.workbook.day_sheet import SHEETS, day_sheet
from reports.workbook.styles import Styles
from reports.workbook.table_sheet import TO_FILL, table_sheet
from reports.workbook.trend_sheet import trend_sheet

# Nothing that is written is to become anything but what it is written as.
_AS_WRITTEN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def workbook(shown: Shown, stories: Stories, tables: Mapping[str, pd.DataFrame]) -> bytes:
    """`report.xlsx`; `tables` are those of the day by name (moments, escalations, delights).

    The same frames give the same bytes. Raises `SchemaError` where a table is not as declared.
    """
    file = io.BytesIO()
    with Workbook(file, _AS_WRITTEN) as book:
        # Not the moment of writing: what did not change is not to differ.
        created = datetime.combine(shown.day, time())
        book.set_properties({"title": f"{shown.brand}, {shown.day}", "created": created})
        styles = Styles(book)
        first = book.add_worksheet("Day")
        sheets = {name: book.add_worksheet(name) for name in SHEETS}
        day_sheet(first, brief(shown, stories), styles)
        for name, (table, schema) in _tables(shown, tables).items():
            table_sheet(sheets[name], check(table, schema), schema, _columns(schema), styles)
        trend_sheet(book, sheets["Trend"], sheets["Days"], shown.over_time)
        for sheet in book.worksheets():
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            brand = shown.brand.replace("&", "&&")[:100]
            sheet.set_footer(f"&L{brand}, {shown.day}&C&A&R&P/&N")
    return file.getvalue()


def _tables(
    shown: Shown, tables: Mapping[str, pd.DataFrame]
) -> dict[str, tuple[pd.DataFrame, Schema]]:
    return {
        "Escalations": (tables["escalations"], ESCALATIONS),
        "Delights": (tables["delights"], DELIGHTS),
        "Moments": (tables["moments"], MOMENTS),
        "Days": (shown.over_time, OVER_TIME),
        "Coverage": (shown.coverage, COVERAGE),
    }


def _columns(schema: Schema) -> list[str]:
    """The schema's columns, what the analyst fills beside the quote that it is about."""
    rest = [name for name in schema.columns if name not in TO_FILL]
    filled = [name for name in TO_FILL if name in schema.columns]
    at = rest.index("quote") + 1 if filled else len(rest)
    return [*rest[:at], *filled, *rest[at:]]
