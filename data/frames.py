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
    table = table[list(schema.columns)].reset_index(drop=True)
    found = zip(schema.columns.items(), table.dtypes, strict=True)
    others = {name: column.dtype for (name, column), dtype in found if dtype != column.dtype}
    return table.astype(others) if others else table


def arrow_schema(schema: Schema) -> pa.Schema:
    """The schema's columns as Arrow has them, with what pandas needs to read them back."""
    return pa.Schema.from_pandas(frame([], schema), preserve_index=False)


def arrow_of(column: pd.Series) -> pa.Array:
    """A column as one array of Arrow's, null where it has no value."""
    values = pa.array(column, from_pandas=True)
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def texts_of(words: pa.Array, index: pd.Index) -> pd.Series:
    """An array of texts as a column."""
    return pd.Series(pd.array(words, dtype="str"), index)


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
        allowed = _allowed(values, declared)
        if not allowed.all():
            for row, value in values[~allowed].items():
                yield f"{name} in row {row} is {value!r}"


def _allowed(values: pd.Series, declared: Column) -> pd.Series:
    """Whether each value is one that the column may hold."""
    if declared.words:
        allowed = values.isin(declared.words)
    elif declared.within:
        allowed = values.between(*declared.within)
    else:
        allowed = values.notna()
    return allowed | values.isna() if declared.nullable else allowed
