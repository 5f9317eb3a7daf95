"""Dates and numbers as their reader writes them; the words around them stay English.

Whoever tells something opens `written_for(locale)` around it, as a letter is begun in somebody's
language; without it all is written as by default. Times keep their 24 hours, and what programs
read (CSV files, the workbook) is not written here at all.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

DEFAULT = "en_GB"


@dataclass(frozen=True, slots=True)
class _Forms:
    """Whose names and separators are used, and in which order a date is written."""

    locale: Locale
    day: str
    short_day: str


_reader: ContextVar[str] = ContextVar("reader", default=DEFAULT)


@contextmanager
def written_for(locale: str) -> Iterator[None]:
    """What is written inside is for readers of this locale, such as "de_DE".

    Raises ValueError where there is no such locale.
    """
    _forms(locale)
    before = _reader.set(locale)
    try:
        yield
    finally:
        _reader.reset(before)


def is_locale(name: str) -> bool:
    """Is it the name of a locale that we know how to write for?"""
    try:
        _forms(name)
    except ValueError:
        return False
    return True


def number(value: float, decimals: int = 0) -> str:
    """2,340; with at most so many decimals."""
    if not decimals and 0 <= value < 999:  # most are, and nothing separates their digits
        return f"{value:.0f}"
    return format_decimal(round(value, decimals), locale=_forms(_reader.get()).locale)


def figure(value: float, decimals: int, signed: bool = False) -> str:
    """0.50, or +0.50; with so many decimals, for figures that stand below one another."""
    plain = f"#,##0.{'0' * decimals}"
    pattern = f"+{plain};-{plain}" if signed else plain
    return format_decimal(value, format=pattern, locale=_forms(_reader.get()).locale)


def count(counted: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 story, 2 stories, 1,200 posts."""
    return f"{number(counted)} {noun if counted == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """12 %; a dash for what is not known."""
    return "–" if math.isnan(share) else f"{number(100 * share)} %"


def day_name(day: date) -> str:
    """Thursday 5 November 2026."""
    return _written(day, _forms(_reader.get()).day)


def short_day(day: date) -> str:
    """5 Nov."""
    return _written(day, _forms(_reader.get()).short_day)


def weekday(day: date) -> str:
    """Thu."""
    return _written(day, "EEE")


def whole_weekday(day: date) -> str:
    """Thursday."""
    return _written(day, "EEEE")


def day_of_week(day: date) -> str:
    """Thu 5 Nov."""
    return f"{weekday(day)} {short_day(day)}"


def _written(day: date, pattern: str) -> str:
    return format_date(day, pattern, _forms(_reader.get()).locale)


@cache
def _forms(name: str) -> _Forms:
    if name == DEFAULT:  # without the comma and the four letters of "Sept" that others put there
        return _Forms(Locale("en"), "EEEE d MMMM y", "d MMM")
    try:
        locale = Locale.parse(name)
    except UnknownLocaleError as error:
        raise ValueError(str(error)) from error
    day, short = locale.date_formats["full"], locale.datetime_skeletons["MMMd"]
    return _Forms(locale, day.pattern, short.pattern)
