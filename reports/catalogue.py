"""The catalogue of columns, generated from the schemas so that it cannot drift from them."""

from collections.abc import Sequence

from data.columns import Column, Schema
from data.dated_tables import (
    COMPETITORS,
    CONSISTENCY,
    COVERAGE,
    DAILY,
    DELIGHTS,
    ESCALATIONS,
    MOMENTS,
    PAIN_POINTS,
)
from data.schemas import JUDGED

_TYPES = {
    "str": "text",
    "int64": "whole number",
    "Int64": "whole number, may be empty",
    "float64": "number",
    "bool": "True or False",
    "datetime64[us, UTC]": "moment in UTC",
}
_FILES = (
    ("moments.csv", MOMENTS),
    ("escalations.csv", ESCALATIONS),
    ("delights.csv", DELIGHTS),
    ("daily.csv", DAILY),
    ("consistency.csv", CONSISTENCY),
    ("pain_points.csv", PAIN_POINTS),
    ("competitors.csv", COMPETITORS),
    ("coverage.csv", COVERAGE),
    ("posts.parquet", JUDGED),
)

_OPENING = """\
## Opening them

Commas, double quotes, UTF-8 with a byte order mark, one line end per row (quotes may hold others).
Numbers and days are as programs write them: 0.91, 2026-11-03.

- **Double click on a CSV.** Excel and LibreOffice guess what every cell is, and a CSV file cannot
  forbid it. A text that they would run as a formula, or take for a number, a date, True or an error
  (`=1+1`, `00123`, `10/10`, `3-4`, `TRUE`, 18 digits), therefore begins with an apostrophe, which
  you see; take one apostrophe away and it is what was written. Our own days and times bear none:
  there the guess is right, though shown in your own style. Where the list separator is the
  semicolon (much of Europe), Excel puts all into one column: open the file with *Data, From
  Text/CSV*, or the workbook.
- **A cell holds 32,767 UTF-16 units.** What is longer is cut, and says so at its end;
  `posts.parquet` has it whole.
- **report.xlsx** needs no apostrophes: its cells are text, numbers or yes and no by their type,
  also when they are edited. Only http and https links can be clicked, as many as Excel takes
  (65,530 a sheet, 2,079 characters each); the others are text. Its sheets have the columns of the
  CSV files of the same name; `Days` are the figures behind the charts of `Trend`.
- **Programs** read the files as they are. Read so, somebody called `NA` is still there, and ids
  are text:
  - pandas: `pd.read_csv(file, keep_default_na=False, dtype={"post_id": str})`
  - polars: `pl.read_csv(file, empty_string_is_null=False)`
  - DuckDB: `FROM read_csv('moments.csv', header = true)`
  - R: `read.csv(file, fileEncoding = "UTF-8-BOM", na.strings = character())`
  - Excel without guesses: *Data, From Text/CSV*, file origin 65001 (UTF-8), delimiter comma, data
    type detection off
  - LibreOffice without guesses: open, character set UTF-8, separator comma, all columns *Text*"""


def catalogue() -> str:
    """Every table's columns with type, meaning and an example, in Markdown."""
    parts = [
        "# The tables",
        "Written per brand and local day to `data/tables/DATE/BRAND/`. "
        "This page is generated from the schemas (`make docs`).",
        "`posts.parquet` holds every post found, moments or not, with its words untouched, and in "
        "addition the story and reply columns of moments.csv. competitors.csv is there only where "
        "the watchlist names competitors.",
        _OPENING,
    ]
    for file, schema in _FILES:
        parts.append(f"## {file}\n\n{schema.meaning}\n\n{_columns(schema)}")
    return "\n\n".join(parts) + "\n"


def _columns(schema: Schema) -> str:
    rows = ["| column | type | meaning | example |", "|---|---|---|---|"]
    for name, column in schema.columns.items():
        meaning = column.meaning + _values(column.words)
        example = column.example.replace("|", "\\|")
        rows.append(f"| `{name}` | {_type(column)} | {meaning} | {example} |")
    return "\n".join(rows)


def _type(column: Column) -> str:
    told = "local day or time, ISO 8601" if column.is_local else _TYPES[column.dtype]
    return f"{told}, may be empty" if column.nullable and "empty" not in told else told


def _values(words: Sequence[str]) -> str:
    """The closed set of values, where there is one."""
    return f" One of {', '.join(f'`{word}`' for word in words if word)}." if words else ""
