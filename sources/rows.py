"""Rows of saved files as posts: JSON lines, a JSON array, or CSV with a header.

A row needs a text or a title; every other field may be missing, and unknown ones are ignored.
What cannot be read is told by its line number and skipped.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import datetime

from data.records import Engagement, Post
from data.vocabulary import Kind
from sources.dates import read_date
from sources.identity import bounded, digest
from sources.text import clean, language_code, one_line
from sources.urls import web_link

JSON_LINES, JSON_ARRAY, CSV = "application/jsonl", "application/json", "text/csv"

Row = dict[str, object]

_NOT_IN_NAMES = re.compile(r"[^\w.]+")

csv.field_size_limit(10_000_000)  # the default ends at 131,072 characters, a long thread's length


class NotRows(Exception):
    """The whole text is something else; the message says what."""


def read_rows(text: str, media_type: str) -> Iterator[tuple[int, Row | None]]:
    """Yield each row with its line number (in an array: its position), None for a bad one.

    Names are in lower case. Raises NotRows with the first step.
    """
    if media_type == CSV:
        return _csv_rows(text)
    return _array_rows(text) if media_type == JSON_ARRAY else _json_lines(text)


def post_of(
    row: Row, collected_at: datetime, platform: str, kind: Kind | None, outlet: str
) -> Post | None:
    """Return a row as a post, None where it has neither text nor title.

    `platform`, `kind` and `outlet` are for rows that name none; a row with stars is a review.
    """
    text, title = clean(_text(row.get("text"))), one_line(_text(row.get("title")))
    if not text and not title:
        return None
    source = platform_name(row.get("source")) or platform
    rating = _number(row.get("rating"))
    rating = rating if rating is not None and 1 <= rating <= 5 else None
    author, url = one_line(_text(row.get("author"))), web_link(_text(row.get("url")))
    published = _text(row.get("published_at"))
    native_id = one_line(_text(row.get("id"))) or digest(url, author, title, text, published)
    return Post(
        source=source,
        native_id=bounded(native_id),
        kind=kind_of(row.get("kind")) or kind or (Kind.POST if rating is None else Kind.REVIEW),
        url=url,
        author=author,
        title=title,
        text=text,
        published_at=read_date(published, collected_at),
        collected_at=collected_at,
        language=language_code(_text(row.get("language"))),
        engagement=Engagement(
            _whole(row.get("score")), _whole(row.get("replies")), _whole(row.get("shares"))
        ),
        parent_id=identity(row.get("parent_id"), source),
        thread_id=identity(row.get("thread_id"), source),
        outlet=one_line(_text(row.get("outlet"))) or outlet,
        rating=rating,
    )


def _json_lines(text: str) -> Iterator[tuple[int, Row | None]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _row(_json(line))


def _array_rows(text: str) -> Iterator[tuple[int, Row | None]]:
    found = _json(text)
    if not isinstance(found, list):
        raise NotRows("no array of rows" if isinstance(found, dict) else "no JSON")
    yield from ((number, _row(item)) for number, item in enumerate(found, start=1))


def _csv_rows(text: str) -> Iterator[tuple[int, Row | None]]:
    header_line = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(header_line))
    names = [name.strip().lower() for name in next(reader, [])]
    if not {"text", "title"} & set(names):
        raise NotRows('no CSV with a header that names a column "text"')
    while True:
        number = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield number, None
        else:
            if len(values) == len(names):
                yield number, dict(zip(names, values, strict=True))
            elif values:
                yield number, None


def delimiter(header_line: str) -> str:
    """Return what separates the columns: spreadsheets write commas, semicolons or tabs."""
    return max(",;\t", key=header_line.count)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _row(item: object) -> Row | None:
    return (
        {name.strip().lower(): value for name, value in item.items()}
        if isinstance(item, dict)
        else None
    )


def _text(value: object) -> str:
    """Return a value as text: ids and dates may be numbers, but not of a lost precision."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _number(value: object) -> float | None:
    try:
        number = float(_text(value))
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 2**53 else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def kind_of(value: object) -> Kind | None:
    """Return the kind of text a row names, None where it names none that we know."""
    try:
        return Kind(_text(value).strip().lower())
    except ValueError:
        return None


def platform_name(value: object) -> str:
    """Return a platform's name as part of an identity: lower case, no colon, no blanks."""
    name = one_line(_text(value)).lower()
    return _NOT_IN_NAMES.sub("-", name).strip("-")[:40]


def identity(value: object, source: str) -> str | None:
    """Return the post_id of what a row answers, None where it answers nothing."""
    name = one_line(_text(value))
    if not name:
        return None
    return name if name.startswith(f"{source}:") else f"{source}:{bounded(name)}"
