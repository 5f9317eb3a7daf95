"""From rows to typed frames: once, at the door between the ledger and the analysis."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import pandera.pandas as pa

from data.errors import SchemaError


def frame(rows: Iterable[Any], schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A frame of the schema's columns and dtypes from rows in the schema's column order."""
    table = pd.DataFrame.from_records([tuple(row) for row in rows], columns=list(schema.columns))
    return table.astype({name: column.dtype.type for name, column in schema.columns.items()})


def as_declared(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """The schema's columns of a table, in its order and dtypes, with rows numbered from 0.

    What a row has no value for is empty in a column that may be; raises KeyError for a column
    that is missing.
    """
    dtypes = {name: column.dtype.type for name, column in schema.columns.items()}
    return table[list(dtypes)].astype(dtypes).reset_index(drop=True)


def check(table: pd.DataFrame, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """The table, if it is what its schema declares.

    Raises `SchemaError` naming the columns, rows and values that are not.
    """
    if _holds(table, schema):
        return table
    try:
        return schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case", "index"]].head(5)
        told = "; ".join(
            f"{case.column} row {case.index}: {case.failure_case!r} fails {case.check}"
            for case in cases.itertuples()
        )
        raise SchemaError(f"The table {schema.name} is not as declared: {told}") from error


def _holds(table: pd.DataFrame, schema: pa.DataFrameSchema) -> bool:
    """Whether the table plainly is as declared.

    pandera, which tells what is wrong with a bad table, takes 0.1 s to find nothing in a good one.
    """
    return list(table.columns) == list(schema.columns) and all(
        table[name].dtype == column.dtype.type
        and bool(column.nullable or table[name].notna().all())
        and all(_passes(table[name].dropna(), rule) for rule in column.checks)
        for name, column in schema.columns.items()
    )


def _passes(values: pd.Series, rule: pa.Check) -> bool:
    """Whether values pass one of the rules of data/columns.py; another is left to pandera."""
    limits = rule.statistics or {}
    if rule.name == "isin":
        return set(values.unique()) <= set(limits["allowed_values"])
    if rule.name == "in_range":
        return bool(values.between(limits["min_value"], limits["max_value"]).all())
    return False
