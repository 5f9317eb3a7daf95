"""Tables as CSV files that Excel opens without running, cutting or guessing anything."""

import io
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
    safe = check(table, schema)
    words = {str(name): inert(safe[name]) for name in safe if safe[name].dtype == "str"}
    safe = safe.assign(**words)
    text = io.StringIO()
    safe.to_csv(text, index=False, lineterminator="\r\n")
    return replace(path, text.getvalue().encode("utf-8-sig", errors="replace"))


def inert(words: pd.Series) -> pd.Series:
    """The texts with an apostrophe before what a spreadsheet would run as a formula."""
    formula = words.str.lstrip(" ").str.startswith(_FORMULA_STARTS).fillna(False)
    return words.mask(formula, "'" + words)
