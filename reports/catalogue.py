"""The catalogue of columns, generated from the schemas so that it cannot drift from them."""

from collections.abc import Iterable

import pandera.pandas as pa

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
    "string[pyarrow]": "text",
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


def catalogue() -> str:
    """Every table's columns with type, meaning and an example, in Markdown."""
    parts = [
        "# The tables",
        "Written per brand and local day to `data/tables/DATE/BRAND/`. "
        "This page is generated from the schemas (`make docs`).",
        "CSV files are UTF-8 with a byte order mark; a text that a spreadsheet would run as a "
        "formula begins with an apostrophe. `posts.parquet` holds every post found, moments or "
        "not, with its words untouched, and in addition the story and reply columns of "
        "moments.csv. competitors.csv is there only where the watchlist names competitors.",
    ]
    for file, schema in _FILES:
        parts.append(f"## {file}\n\n{schema.description}\n\n{_columns(schema)}")
    return "\n\n".join(parts) + "\n"


def _columns(schema: pa.DataFrameSchema) -> str:
    rows = ["| column | type | meaning | example |", "|---|---|---|---|"]
    for name, column in schema.columns.items():
        meaning = column.description + _values(column.checks)
        example = str((column.metadata or {}).get("example", "")).replace("|", "\\|")
        rows.append(f"| `{name}` | {_type(column)} | {meaning} | {example} |")
    return "\n".join(rows)


def _type(column: pa.Column) -> str:
    told = _TYPES[str(column.dtype)]
    return f"{told}, may be empty" if column.nullable and "empty" not in told else told


def _values(checks: Iterable[pa.Check]) -> str:
    """The closed set of values, where there is one."""
    for check in checks:
        if "allowed_values" in (check.statistics or {}):
            words = [f"`{value}`" for value in (check.statistics or {})["allowed_values"] if value]
            return " One of " + ", ".join(words) + "."
    return ""
