"""Tables as CSV files that Excel opens without running, cutting or guessing anything."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pandas as pd

from data.columns import Schema
from data.frames import check
from reports.cells import fitted, guarded
from reports.csv_rows import Rows
from reports.replace import replace


def write_csv(table: pd.DataFrame, schema: Schema, path: Path) -> bool:
    """Write the table as UTF-8 with BOM; True if the file's bytes changed.

    Raises `SchemaError` where the table is not what the schema declares, OSError where the file
    cannot be written.
    """
    rows = Rows(_safe(table, schema))
    return replace(path, BOM_UTF8 + rows.header + rows.between(0, len(table)))


def csv_by(table: pd.DataFrame, schema: Schema, column: str, values: list[str]) -> Iterator[bytes]:
    """The same file's bytes per value of a column, made in one go for the tables of many days.

    `values` are sorted and hold every value of the column.
    """
    ordered = table.sort_values(column, kind="stable", ignore_index=True)
    rows = Rows(_safe(ordered, schema))
    edges = ordered[column].searchsorted([*values]).tolist()
    for first, after in pairwise([*edges, len(ordered)]):
        yield BOM_UTF8 + rows.header + rows.between(first, after)


def _safe(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    checked = check(table, schema)
    names = [  # neither the closed sets' words nor our own days and times
        name
        for name, declared in schema.columns.items()
        if declared.dtype == "str" and not declared.words and not declared.is_local
    ]
    return checked.assign(**{name: fitted(guarded(checked[name])) for name in names})
