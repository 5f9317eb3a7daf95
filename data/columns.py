"""How a table is declared: its columns, each with type, allowed values, meaning and an example."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds."""

    dtype: str  # as pandas names it
    meaning: str
    example: str
    nullable: bool = False
    words: tuple[str, ...] = ()  # the closed set of its values, where it has one
    within: tuple[float, float] | None = None  # the least and the greatest value
    is_local: bool = False  # a day or time: the one text that a spreadsheet may take for a date


@dataclass(frozen=True, slots=True)
class Schema:
    """A table with these columns, in this order, and no others."""

    name: str
    meaning: str
    columns: dict[str, Column]

    @property
    def dtypes(self) -> dict[str, str]:
        """The pandas dtype of each column."""
        return {name: column.dtype for name, column in self.columns.items()}

    def of(self, names: Sequence[str]) -> "Schema":
        """The table with only these columns."""
        return Schema(self.name, self.meaning, {name: self.columns[name] for name in names})


def column(dtype: str, meaning: str, example: object, nullable: bool = False) -> Column:
    """A column of a pandas dtype; the meaning and the example go into the catalogue."""
    return Column(dtype, meaning, str(example), nullable)


def text(meaning: str, example: object = "", nullable: bool = False) -> Column:
    """Words; empty text where there are none, null only where `nullable` says so."""
    return column("str", meaning, example, nullable)


def local(meaning: str, example: str) -> Column:
    """A day, a time of day or both in the brand's time zone, as ISO 8601 writes them."""
    return Column("str", meaning, example, is_local=True)


def number(meaning: str, example: object = 0) -> Column:
    """A whole number; empty where the platform does not say."""
    return column("Int64", meaning, example, nullable=True)


def share(meaning: str, example: object = 0.5) -> Column:
    """A number between 0 and 1."""
    return Column("float64", meaning, str(example), within=(0, 1))


def flag(meaning: str, example: object = "False") -> Column:
    """True or False."""
    return column("bool", meaning, example)


def time(meaning: str, nullable: bool = False) -> Column:
    """A moment in UTC, to the microsecond."""
    return column("datetime64[us, UTC]", meaning, "2026-11-03T14:05:00+00:00", nullable)


def one_of(words: type[StrEnum], meaning: str, *others: str) -> Column:
    """One of a closed set of words, or of `others`."""
    values = tuple(word.value for word in words)
    return Column("str", meaning, values[0], words=(*values, *others))
