"""Tables as CSV files that Excel opens without running, cutting or guessing anything."""

import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data.frames import check
from reports.replace import replace

# A cell that starts so is a formula to a spreadsheet (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


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
    words = {str(name): inert(checked[name]) for name in checked if checked[name].dtype == "str"}
    return checked.assign(**words)


def _encoded(safe: pd.DataFrame) -> bytes:
    text = io.StringIO()
    safe.to_csv(text, index=False, lineterminator="\r\n")
    return text.getvalue().encode("utf-8-sig", errors="replace")


def inert(words: pd.Series) -> pd.Series:
    """The texts with an apostrophe before what a spreadsheet would run as a formula."""
    formula = words.str.lstrip(" ").str.startswith(_FORMULA_STARTS).fillna(False)
    return words.mask(formula, "'" + words)
