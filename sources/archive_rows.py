"""The rows of a piece of an archive as posts: a table, and the lines that hold none.

A piece that is in order throughout is read by columns; one that is not, row by row as any saved
file is (`sources.rows`). Both give the same posts.
"""

import csv
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from itertools import product

import pyarrow as pa
import pyarrow.csv as pc_csv
import pyarrow.json as pc_json

from data.frames import frame
from data.records import Post
from data.schemas import POSTS
from sources.archive_columns import COUNTS, SCHEMA, WORDS, Odd, by_columns
from sources.archives import PARQUET, SOURCE, Piece, line_breaks
from sources.rows import CSV, Row, delimiter, post_of, read_rows


@dataclass(frozen=True, slots=True)
class Malformed:
    """A line that holds no post."""

    archive: str
    line: int
    why: str
    raw: str


def rows_of(piece: Piece, collected_at: datetime) -> tuple[pa.Table, list[Malformed]]:
    """Schema POSTS in the archive's order, with `published_at` null where a row names no time."""
    try:
        return by_columns(table_of(piece), collected_at, SOURCE), []
    except (Odd, pa.ArrowException):
        return by_rows(piece, collected_at)


def table_of(piece: Piece) -> pa.Table:
    """The piece as a table with names in lower case; raises Odd, ArrowInvalid."""
    if piece.media == PARQUET:
        table = pa.ipc.open_stream(piece.body).read_all()
    elif piece.media == CSV:
        table = _csv(piece)
    else:
        table = _json(piece.body)
    names = [name.strip().lower() for name in table.column_names]
    if len(set(names)) < len(names):
        raise Odd
    return table.rename_columns(names)


def _json(body: bytes) -> pa.Table:
    """Types are tried and never guessed: a guess makes a time of a date in an id."""
    lines = line_breaks(body) + (not body.endswith(b"\n"))
    options = pc_json.ReadOptions(use_threads=False, block_size=len(body) + 1)
    for numbered, timed in product((pa.string(), pa.int64()), repeat=2):
        types = dict.fromkeys(WORDS, pa.string()) | dict.fromkeys(COUNTS, pa.float64())
        types |= {"id": numbered, "published_at": timed}
        parsing = pc_json.ParseOptions(
            explicit_schema=pa.schema(types.items()), unexpected_field_behavior="ignore"
        )
        try:
            table = pc_json.read_json(pa.BufferReader(body), options, parsing)
        except pa.ArrowInvalid:
            continue
        if table.num_rows == lines:
            return table
    raise Odd


def _csv(piece: Piece) -> pa.Table:
    head = piece.head.decode("utf-8", "replace")
    mark = delimiter(head)
    names = next(csv.reader([head], delimiter=mark), [])
    return pc_csv.read_csv(
        pa.BufferReader(piece.body),
        pc_csv.ReadOptions(
            use_threads=False, column_names=names, block_size=max(len(piece.body), 1)
        ),
        pc_csv.ParseOptions(delimiter=mark, newlines_in_values=True),
        pc_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )


def by_rows(piece: Piece, collected_at: datetime) -> tuple[pa.Table, list[Malformed]]:
    """The same row by row: slower, and each line that holds no post is told."""
    posts: list[Post] = []
    bad: list[Malformed] = []
    for line, row, raw in _read(piece):
        post = row and post_of(row, collected_at, SOURCE, None, "")
        if post:
            posts.append(post)
        else:
            why = "has neither a text nor a title" if row else "cannot be read"
            bad.append(Malformed(str(piece.path), line, why, raw[:10_000]))
    return pa.Table.from_pandas(frame(map(_values, posts), POSTS), SCHEMA), bad


def _read(piece: Piece) -> Iterator[tuple[int, Row | None, str]]:
    if piece.media == PARQUET:
        rows = pa.ipc.open_stream(piece.body).read_all().to_pylist()
        for number, row in enumerate(rows, piece.line):
            plain = {name.strip().lower(): _plain(value) for name, value in row.items()}
            yield number, plain, str(row)
        return
    text = (piece.head + piece.body).decode("utf-8", "replace")
    lines = text.split("\n")
    shift = piece.line - 1 - piece.head.count(b"\n")
    for line, found in read_rows(text, piece.media):
        yield line + shift, found, lines[line - 1]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _values(post: Post) -> tuple[object, ...]:
    dated = post.published_at or post.collected_at
    told = post.engagement
    return (
        post.post_id, post.source, post.native_id, post.kind, post.url, post.author, post.title,
        post.text, post.published_at, post.collected_at, dated, 1, False, False, post.language,
        *astuple(told), post.parent_id, post.thread_id, post.outlet, post.rating,
    )  # fmt: skip
