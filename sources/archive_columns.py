"""A table of an archive's rows as posts, column by column.

What `sources.rows` does to each row is done here to the few values that need it: most texts are
tidy, and sources, kinds and outlets are the same few words a million times.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.frames import arrow_schema
from data.schemas import POSTS
from data.vocabulary import Kind
from sources.dates import EARLIEST, LATEST_AHEAD, read_date
from sources.identity import LONGEST_ID, bounded, digest
from sources.rows import identity, kind_of, platform_name
from sources.text import clean, language_code, one_line
from sources.urls import web_link

WORDS = ("id", "text", "title", "author", "url", "outlet", "published_at", "source", "kind",
         "language", "parent_id", "thread_id")  # fmt: skip
COUNTS = ("score", "replies", "shares", "rating")
SCHEMA = arrow_schema(POSTS)
# What `clean` and `one_line` would change, for RE2: most texts hold none of it.
_UNTIDY = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}"
    r"\x{3000}\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]|  |^[\n ]|[\n ]$|\n | \n|\n\n\n"
)
_NOT_A_LINE = _UNTIDY + r"|\n"
_LINK = r"^https?://[a-z0-9.-]+(:\d+)?(/[\w/.~%&=+,;:!()'*$-]*(\?[\w/.~%&=+,;:!()'*$-]+)?)?$"
# A moment as Arrow reads it; the 29th of February, and what else is none, is left to `read_date`.
_DAY = (
    r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
    r"|(?:0[13578]|1[02])-31)"
)
_HOUR = r"(?:[01]\d|2[0-3]):[0-5]\d"
_MOMENT = rf"^\d{{4}}-{_DAY}[T ]{_HOUR}:[0-5]\d(?:\.\d{{1,6}})?"
_UTC, _ZONED = _MOMENT + "$", rf"{_MOMENT}(?:Z|[+-]{_HOUR})$"
_EXACT = 2.0**53  # beyond, a float is no whole number
_TIME, _WORDS = SCHEMA.field("published_at").type, pa.large_string()
_UNSTARRED_AND_STARRED = pa.array([Kind.POST, Kind.REVIEW], _WORDS)
_COLON = pa.scalar(":", _WORDS)


class Odd(Exception):
    """A table whose rows are to be read one by one."""


def by_columns(table: pa.Table, collected_at: datetime, platform: str) -> pa.Table:
    """Schema POSTS; raises Odd where a row holds no post or a column is of another type."""
    told = {name: _words(table, name) for name in WORDS}
    text = _tidied(told["text"], _UNTIDY, clean)
    title, author, said = (
        _tidied(told[name], _NOT_A_LINE, one_line) for name in ("title", "author", "id")
    )
    if pc.any(pc.and_(pc.equal(text, ""), pc.equal(title, ""))).as_py():
        raise Odd  # to tell its line
    source = _each(told["source"], lambda name: platform_name(name) or platform)
    url = _mended(told["url"], _unlike(told["url"], _LINK), web_link)
    said_at = told["published_at"]
    ids = _mended(said, pc.greater(pc.utf8_length(said), LONGEST_ID), bounded)
    ids = _named(ids, url, author, title, text, said_at)
    published = _moments(said_at, collected_at)
    rating = _numbers(table, "rating")
    stars = pc.and_(pc.greater_equal(rating, 1), pc.less_equal(rating, 5))
    usual = _UNSTARRED_AND_STARRED.take(pc.fill_null(stars, False).cast(pa.int8()))
    return _declared(
        table.num_rows,
        post_id=pc.binary_join_element_wise(source, ids, _COLON),
        source=source,
        native_id=ids,
        kind=pc.coalesce(_each(told["kind"], kind_of), usual),
        url=url,
        author=author,
        title=title,
        text=text,
        published_at=published,
        collected_at=collected_at,
        dated_at=pc.coalesce(published, pa.scalar(collected_at, _TIME)),
        revision=1,
        edited=False,
        deleted=False,
        language_hint=_each(told["language"], language_code),
        **{name: pc.trunc(_numbers(table, name)) for name in ("score", "replies", "shares")},
        parent_id=_answered(told["parent_id"], source),
        thread_id=_answered(told["thread_id"], source),
        outlet=_each(told["outlet"], one_line),
        rating=pc.if_else(stars, rating, None),
    )


def _declared(rows: int, **columns: Any) -> pa.Table:
    """The columns in the types of schema POSTS, what is no column as one of that value."""
    arrays = []
    for field in SCHEMA:
        column = columns[field.name]
        if not isinstance(column, pa.Array):
            column = pa.repeat(pa.scalar(column, field.type), rows)
        arrays.append(column.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _absent(table: pa.Table, name: str) -> bool:
    return name not in table.column_names or table[name].null_count == table.num_rows


def _words(table: pa.Table, name: str) -> pa.Array:
    if _absent(table, name):
        return pa.repeat(pa.scalar("", _WORDS), table.num_rows)
    column = table[name]
    if pa.types.is_timestamp(column.type):
        zoned = pc.assume_timezone(column, "UTC") if column.type.tz is None else column
        column = pc.strftime(zoned.cast(pa.timestamp("us", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
    elif not (pa.types.is_integer(column.type) or _is_text(column.type)):
        raise Odd
    return pc.fill_null(column.cast(_WORDS), "").combine_chunks()


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind)
    )


def _tidied(words: pa.Array, pattern: str, tidy: Callable[[str], str]) -> pa.Array:
    """The words, those tidied that hold the pattern."""
    return _mended(words, pc.match_substring_regex(words, pattern), tidy)


def _unlike(words: pa.Array, pattern: str) -> pa.Array:
    """Which words are there and do not hold the pattern."""
    return pc.and_not(pc.not_equal(words, ""), pc.match_substring_regex(words, pattern))


def _mended(words: pa.Array, which: pa.Array, mend: Callable[[str], str]) -> pa.Array:
    if not pc.any(which).as_py():
        return words
    mended = [mend(word) for word in words.filter(which).to_pylist()]
    return pc.replace_with_mask(words, which, pa.array(mended, _WORDS))


def _named(ids: pa.Array, *told: pa.Array) -> pa.Array:
    """The ids, made of what is told where a row has none."""
    unnamed = pc.equal(ids, "")
    rows = zip(*(column.filter(unnamed).to_pylist() for column in told), strict=True)
    made = pa.array([digest(*row) for row in rows], _WORDS)
    return pc.replace_with_mask(ids, unnamed, made)


def _each(words: pa.Array, read: Callable[[str], str | None]) -> pa.Array:
    """What is read of each distinct word, for columns of few; null where it is None."""
    known = words.dictionary_encode()
    values = pa.array([read(word) for word in known.dictionary.to_pylist()], _WORDS)
    return values.take(known.indices)


def _answered(words: pa.Array, source: pa.Array) -> pa.Array:
    said = pc.not_equal(words, "")
    pairs = zip(words.filter(said).to_pylist(), source.filter(said).to_pylist(), strict=True)
    answered = pa.array([identity(word, where) for word, where in pairs], _WORDS)
    return pc.replace_with_mask(pa.nulls(len(words), _WORDS), said, answered)


def _moments(words: pa.Array, collected_at: datetime) -> pa.Array:
    """Times in UTC, null where they are absent, unreadable or absurd."""
    known = words.dictionary_encode()
    said = known.dictionary
    zoned, utc = (pc.match_substring_regex(said, form) for form in (_ZONED, _UTC))
    read = pc.coalesce(
        pc.if_else(zoned, said, None).cast(_TIME),
        pc.if_else(utc, said, None).cast(pa.timestamp("us")).cast(_TIME),
    )
    low, high = (pa.scalar(end, _TIME) for end in (EARLIEST, collected_at + LATEST_AHEAD))
    read = pc.if_else(pc.and_(pc.greater_equal(read, low), pc.less_equal(read, high)), read, None)
    odd = pc.and_not(pc.not_equal(said, ""), pc.or_(zoned, utc))
    mended = [read_date(word, collected_at) for word in said.filter(odd).to_pylist()]
    return pc.replace_with_mask(read, odd, pa.array(mended, _TIME)).take(known.indices)


def _numbers(table: pa.Table, name: str) -> pa.Array:
    if _absent(table, name):
        return pa.nulls(table.num_rows, pa.float64())
    column = table[name]
    if pa.types.is_boolean(column.type) or pa.types.is_nested(column.type):
        raise Odd
    numbers = pd.to_numeric(column.to_pandas(), errors="coerce").astype("float64")
    return pa.array(numbers.where(numbers.abs() < _EXACT), from_pandas=True)
