"""How a table's column is declared: type, allowed values, meaning and an example."""

from enum import StrEnum
from typing import Any

import pandera.pandas as pa

LOCAL = "local"  # in a column's metadata: a day or time, the one text that may become a date


def column(dtype: Any, meaning: str, example: object, nullable: bool = False) -> pa.Column:
    """A column of a pandas dtype; the meaning and the example go into the catalogue."""
    return pa.Column(
        dtype, description=meaning, nullable=nullable, metadata={"example": str(example)}
    )


def text(meaning: str, example: object = "", nullable: bool = False) -> pa.Column:
    """Words; empty text where there are none, null only where `nullable` says so."""
    return column("str", meaning, example, nullable)


def local(meaning: str, example: str) -> pa.Column:
    """A day, a time of day or both in the brand's time zone, as ISO 8601 writes them."""
    declared = text(meaning, example)
    declared.metadata = {**(declared.metadata or {}), LOCAL: True}
    return declared


def is_local(declared: pa.Column) -> bool:
    """Whether the column was declared with `local`."""
    return LOCAL in (declared.metadata or {})


def number(meaning: str, example: object = 0) -> pa.Column:
    """A whole number; empty where the platform does not say."""
    return column("Int64", meaning, example, nullable=True)


def share(meaning: str, example: object = 0.5) -> pa.Column:
    """A number between 0 and 1."""
    declared = column("float64", meaning, example)
    declared.checks = [pa.Check.in_range(0, 1)]
    return declared


def flag(meaning: str, example: object = "False") -> pa.Column:
    """True or False."""
    return column("bool", meaning, example)


def time(meaning: str, nullable: bool = False) -> pa.Column:
    """A moment in UTC, to the microsecond."""
    return column("datetime64[us, UTC]", meaning, "2026-11-03T14:05:00+00:00", nullable)


def one_of(words: type[StrEnum], meaning: str, *others: str) -> pa.Column:
    """One of a closed set of words, or of `others`."""
    values = [word.value for word in words]
    declared = column("str", meaning, values[0])
    declared.checks = [pa.Check.isin([*values, *others])]
    return declared


def table(name: str, meaning: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """A table with these columns, in this order, and no others."""
    return pa.DataFrameSchema(columns, name=name, description=meaning, strict=True, ordered=True)
