"""Files that somebody saved or exported: reviews, posts, and saved feeds.

A file is read again as a whole when its size or its time of change is another: the ledger knows
the rows that it has.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Self

from pydantic import Field

from data.records import Post, Query, RawPage
from data.vocabulary import Kind, Outcome
from sources.contract import NOTHING_NEW, SourceOptions, nothing_new
from sources.entries import NotAFeed
from sources.errors import Changed, Gone, SourceError, worst
from sources.feed_posts import posts_of
from sources.rows import JSON_ARRAY, NotRows, post_of, read_rows
from sources.saved import FEED, Piece, decode, find, load, media_type, pieces
from sources.text import one_line
from sources.worker import WORKER, Worker, WorkerFailed

SOURCE = "files"
_LINES_NAMED = 5  # of the bad ones, in a coverage row


class FilesOptions(SourceOptions):
    """Which files, and what their rows are where they do not say it."""

    paths: tuple[str, ...] | str = Field(
        min_length=1,
        description="Files, folders or patterns: .jsonl, .json, .csv (also .gz), saved feeds.",
    )
    publishes: Kind | None = Field(
        default=None,
        description="Kind of rows that name none: review where there are stars, else post.",
    )
    outlet: str = Field(default="", description="Publication of rows that name none.")

    def placed(self, folder: Path) -> Self:
        """Return the same options with relative paths starting at the folder."""
        paths = (self.paths,) if isinstance(self.paths, str) else self.paths
        return self.model_copy(update={"paths": tuple(str(folder / path) for path in paths)})


class Files:
    """Any number of saved files."""

    kind: ClassVar[str] = SOURCE
    Options: ClassVar[type[SourceOptions]] = FilesOptions

    def __init__(self, options: FilesOptions, worker: Worker = WORKER) -> None:
        self._options = options
        self._worker = worker

    def fetch(self, query: Query, cursor: str | None) -> Iterator[RawPage]:
        """Yield the pages of each file that changed; files that cannot be read raise last."""
        paths, errors = self._paths()
        known = _load(cursor)
        stamps = {name: known[name] for name in map(str, paths) if name in known}
        changed = [path for path in paths if stamps.get(str(path)) != _stamp(path)]
        for path in changed:
            try:
                yield from self._pages(path, query.now, stamps, alone=len(paths) == 1)
            except SourceError as error:
                errors.append(error)
        if errors:
            raise worst(errors)
        if not changed:
            detail = f"None of the {len(paths)} files has changed."
            yield nothing_new(one_line(self._patterns()[0]), query.now, json.dumps(stamps), detail)

    def parse(self, page: RawPage) -> list[Post]:
        """Return the posts of a page's rows, or of a saved feed; raises Changed."""
        if page.media_type == NOTHING_NEW:
            return []
        return self._read(page.body, page.media_type, page.url, page.collected_at)[0]

    def _paths(self) -> tuple[list[Path], list[SourceError]]:
        found: dict[Path, None] = {}
        errors: list[SourceError] = []
        for pattern in self._patterns():
            paths = find(pattern)
            if not paths:
                errors.append(Gone(f"No file matches {one_line(pattern)}; check the path.", SOURCE))
            found.update(dict.fromkeys(paths))
        return list(found), errors

    def _patterns(self) -> tuple[str, ...]:
        paths = self._options.paths
        return (paths,) if isinstance(paths, str) else paths

    def _pages(
        self, path: Path, now: datetime, stamps: dict[str, Any], alone: bool
    ) -> Iterator[RawPage]:
        media, stamp, place = media_type(path), _stamp(path), one_line(str(path))
        if not media:
            raise Changed(f"{place} is of no known kind; save it as .jsonl, .json or .csv.", SOURCE)
        data = load(path, SOURCE)
        text, note = ("", "") if media == FEED else decode(data)
        for piece in [Piece(data, 1, last=True)] if media == FEED else pieces(text, media):
            name = place if piece.line == 1 else f"{place}#{piece.line}"
            posts, bad = self._read(piece.body, media, name, now)
            if bad and not posts:
                raise Changed(f"{place} has no row that can be read; {_wanted(media)}.", SOURCE)
            if piece.last:
                stamps[str(path)] = stamp
            outcome = Outcome.EMPTY if alone and not posts and piece.last else Outcome.OK
            detail = _detail(place, note, [piece.line - 1 + line for line in bad])
            cursor = json.dumps(stamps, sort_keys=True)
            charset = None if media == FEED else "utf-8"
            yield RawPage(name, piece.body, media, now, cursor, outcome, detail, charset)

    def _read(
        self, body: bytes, media: str, name: str, collected_at: datetime
    ) -> tuple[list[Post], list[int]]:
        """Return a piece's posts, and the lines that could not be read."""
        options = self._options
        if media == FEED:
            return self.read_feed(body, name, collected_at)[0], []
        posts: dict[str, Post] = {}
        bad: list[int] = []
        try:
            for line, row in read_rows(decode(body)[0], media):
                post = row and post_of(row, collected_at, SOURCE, options.publishes, options.outlet)
                if post:
                    posts[post.post_id] = post  # a row further down is a later version
                else:
                    bad.append(line)
        except NotRows as error:
            raise Changed(f"{name} holds {error}; {_wanted(media)}.", SOURCE) from error
        return list(posts.values()), bad

    def read_feed(self, body: bytes, name: str, collected_at: datetime) -> tuple[list[Post], bool]:
        """Return a saved feed's posts, and whether it breaks off; raises Changed."""
        options = self._options
        try:
            document = self._worker.read_entries(body, None)
        except NotAFeed as error:
            raise Changed(
                f"{name} holds {error} instead of a feed; save it again.", SOURCE
            ) from error
        except WorkerFailed as error:
            raise Changed(f"{name} cannot be read as a feed: {error}.", SOURCE) from error
        home = document["home"] or Path(name).name
        kind = options.publishes or Kind.ARTICLE
        return posts_of(document, home, collected_at, kind, options.outlet), document["broken_off"]


def _stamp(path: Path) -> list[int]:
    try:
        found = path.stat()
    except OSError:  # it is gone since it was found; reading it will say so
        return []
    return [found.st_size, found.st_mtime_ns]


def _detail(place: str, note: str, bad: list[int]) -> str:
    """Return what is to be known about a file, in one sentence; "" if nothing is."""
    parts = [note] if note else []
    if bad:
        named = ", ".join(str(line) for line in bad[:_LINES_NAMED])
        more = ", ..." if len(bad) > _LINES_NAMED else ""
        parts.append(f"{len(bad)} of its lines cannot be read ({named}{more}) and were skipped")
    return f"{place}: {'; '.join(parts)}." if parts else ""


def _wanted(media: str) -> str:
    if media == JSON_ARRAY:
        return 'write an array of objects, each with a "text"'
    return 'write one row a line, each with a "text"'


def _load(cursor: str | None) -> dict[str, Any]:
    try:
        known = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}
