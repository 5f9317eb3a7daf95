"""From rows to typed frames: once, at the door between the ledger and the analysis."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pandas as pd
import pyarrow as pa

from data.columns import Column, Schema
from data.errors import SchemaError

_TOLD = 5  # of what is wrong with a table


def frame(rows: Iterable[Any], schema: Schema) -> pd.DataFrame:
    """A frame of the schema's columns and dtypes from rows in the schema's column order."""
    table = pd.DataFrame.from_records([tuple(row) for row in rows], columns=list(schema.columns))
    return table.astype(schema.dtypes)


def as_declared(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The schema's columns of a table, in its order and dtypes, with rows numbered from 0.

    What a row has no value for is empty in a column that may be; raises KeyError for a column
    that is missing.
    """
    return table[list(schema.columns)].astype(schema.dtypes).reset_index(drop=True)


def arrow_schema(schema: Schema) -> pa.Schema:
    """The schema's columns as Arrow has them, with what pandas needs to read them back."""
    return pa.Schema.from_pandas(frame([], schema), preserve_index=False)


def check(table: pd.DataFrame, schema: Schema) -> pd.DataFrame:
    """The table, if it is what its schema declares.

    Raises `SchemaError` naming the columns, rows and values that are not.
    """
    if told := "; ".join(islice(_faults(table, schema), _TOLD)):
        raise SchemaError(f"The table {schema.name} is not as declared: {told}.")
    return table


def _faults(table: pd.DataFrame, schema: Schema) -> Iterator[str]:
    if list(table.columns) != list(schema.columns):
        yield f"its columns are {', '.join(table.columns)}, not {', '.join(schema.columns)}"
        return
    for name, declared in schema.columns.items():
        values = table[name]
        if values.dtype != declared.dtype:
            yield f"{name} holds {values.dtype}, not {declared.dtype}"
            continue
        for row, value in values[~_allowed(values, declared)].items():
            yield f"{name} in row {row} is {value!r}"


def _allowed(values: pd.Series, declared: Column) -> pd.Series:
    """Whether each value is one that the column may hold."""
    allowed = values.isna() & declared.nullable
    if declared.words:
        return allowed | values.isin(declared.words)
    if declared.within:
        return allowed | values.between(*declared.within)
    return allowed | values.notna()
