"""Tables as CSV files that Excel opens without running, cutting or guessing anything."""

import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data.columns import is_local
from data.frames import check
from reports.cells import fitted, guarded
from reports.replace import replace


def write_csv(table: pd.DataFrame, schema: pa.DataFrameSchema, path: Path) -> bool:
    """Write the table as UTF-8 with BOM; True if the file's bytes changed.

    Raises `SchemaError` where the table is not what the schema declares, OSError where the file
    cannot be written.
    """
    return replace(path, _encoded(_safe(table, schema)))


def csv_by(
    table: pd.DataFrame, schema: pa.DataFrameSchema, column: str, values: list[str]
) -> Iterator[bytes]:
    """The same file's bytes per value of a column; checked once, for the tables of many days.

    The rows of a value stand together.
    """
    safe = _safe(table, schema)
    for value in values:
        yield _encoded(safe[table[column].to_numpy() == value])


def _safe(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    checked = check(table, schema)
    words = {  # neither the closed sets' words nor our own days and times
        name: fitted(guarded(checked[name]))
        for name, declared in schema.columns.items()
        if checked[name].dtype == "str" and not declared.checks and not is_local(declared)
    }
    return checked.assign(**words)


def _encoded(safe: pd.DataFrame) -> bytes:
    text = io.StringIO()
    safe.to_csv(text, index=False, lineterminator="\r\n")
    return text.getvalue().encode("utf-8-sig", errors="replace")
