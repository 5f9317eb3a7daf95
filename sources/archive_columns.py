"""A table of an archive's rows as posts, column by column.

What `sources.rows` does to each row is done here to the few values that need it: most texts are
tidy, and sources, kinds and outlets are the same few words a million times.
"""

from collections.abc import Callable
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.frames import as_declared
from data.schemas import POSTS
from data.vocabulary import Kind
from sources.dates import EARLIEST, LATEST_AHEAD, read_date
from sources.identity import bounded, digest
from sources.rows import identity, kind_of, platform_name
from sources.text import clean, language_code, one_line
from sources.urls import web_link

WORDS = ("id", "text", "title", "author", "url", "outlet", "published_at", "source", "kind",
         "language", "parent_id", "thread_id")  # fmt: skip
COUNTS = ("score", "replies", "shares", "rating")
# What `clean` and `one_line` would change, for RE2: most texts hold none of it.
_UNTIDY = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}"
    r"\x{3000}\x{fdd0}-\x{fdef}\x{fffe}\x{ffff}]|  |^[\n ]|[\n ]$|\n | \n|\n\n\n"
)
_NOT_A_LINE = _UNTIDY + r"|\n"
_LINK = r"^https?://[a-z0-9.-]+(:\d+)?(/[\w/.~%&=+,;:!()'*$-]*(\?[\w/.~%&=+,;:!()'*$-]+)?)?$"
_ISO = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?$"
_EXACT = 2.0**53  # beyond, a float is no whole number


class Odd(Exception):
    """A table whose rows are to be read one by one."""


def by_columns(table: pa.Table, collected_at: datetime, platform: str) -> pd.DataFrame:
    """Schema POSTS; raises Odd where a row holds no post or a column is of another type."""
    told = {name: _words(table, name) for name in WORDS}
    text = _tidied(told["text"], _UNTIDY, clean)
    line = {name: _tidied(told[name], _NOT_A_LINE, one_line) for name in ("title", "author", "id")}
    silent = pc.and_(pc.equal(text, ""), pc.equal(line["title"], ""))
    if pc.any(silent).as_py():
        raise Odd  # to tell its line
    source = _each(told["source"], lambda name: platform_name(name) or platform).to_pandas()
    url = _tidied(told["url"], _LINK, web_link, keep=True)
    published = _moments(told["published_at"], collected_at)
    words = {name: column.to_pandas().astype("str") for name, column in line.items()}
    posts = pd.DataFrame({"text": text, "url": url}, dtype="str").assign(**words)
    posts["published_said"] = told["published_at"].to_pandas()
    rating = _numbers(table, "rating")
    rating = rating.where(rating.between(1, 5))
    unnamed = posts["id"] == ""
    ids = posts["id"].where(posts["id"].str.len() <= 300, posts["id"].map(bounded))
    said = posts.loc[unnamed, ["url", "author", "title", "text", "published_said"]]
    ids[unnamed] = [digest(*map(str, row)) for row in said.itertuples(index=False)]
    kind = _each(told["kind"], lambda said: kind_of(said) or "").to_pandas()
    usual = pd.Series(Kind.POST.value, posts.index).mask(rating.notna(), Kind.REVIEW.value)
    return as_declared(
        posts.assign(
            post_id=source + ":" + ids,
            source=source,
            native_id=ids,
            kind=kind.where(kind != "", usual),
            published_at=published,
            collected_at=collected_at,
            dated_at=published.fillna(collected_at),
            revision=1,
            edited=False,
            deleted=False,
            language_hint=_each(told["language"], lambda said: language_code(said) or "")
            .to_pandas()
            .replace("", None),
            **{name: _whole(table, name) for name in ("score", "replies", "shares")},
            parent_id=_answered(told["parent_id"], source),
            thread_id=_answered(told["thread_id"], source),
            outlet=_each(told["outlet"], one_line).to_pandas(),
            rating=rating,
        ),
        POSTS,
    )


def _words(table: pa.Table, name: str) -> pa.Array:
    if name not in table.column_names:
        return pa.array([""] * table.num_rows, pa.string())
    column = table[name]
    if pa.types.is_timestamp(column.type):
        zoned = pc.assume_timezone(column, "UTC") if column.type.tz is None else column
        column = pc.strftime(zoned.cast(pa.timestamp("us", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
    elif not (pa.types.is_integer(column.type) or _is_text(column.type)):
        raise Odd
    return pc.fill_null(column.cast(pa.string()), "").combine_chunks()


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_null(kind)
        or pa.types.is_dictionary(kind)
    )


def _tidied(
    words: pa.Array, pattern: str, tidy: Callable[[str], str], keep: bool = False
) -> pa.Array:
    """The words, those tidied that hold the pattern, with `keep` those that do not."""
    found = pc.match_substring_regex(words, pattern)
    untidy = pc.and_(pc.invert(found), pc.not_equal(words, "")) if keep else found
    if not pc.any(untidy).as_py():
        return words
    mended = [tidy(word) for word in words.filter(untidy).to_pylist()]
    return pc.replace_with_mask(words, untidy, pa.array(mended, pa.string()))


def _each(words: pa.Array, read: Callable[[str], str]) -> pa.Array:
    """What is read of each distinct word, for columns of few."""
    known = words.dictionary_encode()
    values = pa.array([str(read(word)) for word in known.dictionary.to_pylist()], pa.string())
    return values.take(known.indices)


def _answered(words: pa.Array, source: pd.Series) -> pd.Series:
    said = words.to_pandas()
    if (said == "").all():
        return pd.Series(None, said.index, dtype="str")
    pairs = zip(said, source, strict=True)
    return pd.Series([identity(word, where) for word, where in pairs], said.index, dtype="str")


def _moments(words: pa.Array, collected_at: datetime) -> pd.Series:
    """Times in UTC, null where they are absent, unreadable or absurd."""
    known = words.dictionary_encode()
    plain = pc.match_substring_regex(known.dictionary, _ISO).to_pandas()
    said = known.dictionary.to_pandas()
    read = pd.to_datetime(said.where(plain), format="ISO8601", utc=True, errors="coerce")
    read = read.astype("datetime64[us, UTC]")
    read = read.where(read.between(EARLIEST, collected_at + LATEST_AHEAD))
    odd = ~plain & (said != "")
    read[odd] = pd.Series(
        [read_date(word, collected_at) for word in said[odd]],
        index=said.index[odd],
        dtype="datetime64[us, UTC]",
    )
    moments: pd.Series = read.take(known.indices.to_numpy()).reset_index(drop=True)
    return moments


def _numbers(table: pa.Table, name: str) -> pd.Series:
    if name not in table.column_names:
        return pd.Series(float("nan"), range(table.num_rows))
    column = table[name]
    if pa.types.is_boolean(column.type) or pa.types.is_nested(column.type):
        raise Odd
    numbers: pd.Series = pd.to_numeric(column.to_pandas(), errors="coerce").astype("float64")
    exact: pd.Series = numbers.where(numbers.abs() < _EXACT)
    return exact


def _whole(table: pa.Table, name: str) -> pd.Series:
    return pd.Series(np.trunc(_numbers(table, name)), dtype="Int64")
