"""Saved files: found by pattern, unpacked, decoded, and cut into pages of a bearable size."""

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sources.errors import Blocked, Changed, Gone, SourceError, Unreachable
from sources.inflate import Incomplete, TooLarge, Undecodable, read_body
from sources.rows import CSV, JSON_ARRAY, JSON_LINES
from sources.text import one_line

FEED = "application/xml"
LARGEST = 200_000_000  # bytes, unpacked; a file is read as a whole
ROWS_PER_PAGE = 5_000

_MEDIA_TYPES = {
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".json": JSON_ARRAY,
    ".csv": CSV,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file that makes one page; `line` is where its rows begin."""

    body: bytes
    line: int
    last: bool


def find(pattern: str) -> list[Path]:
    """Return the files of a folder (to any depth), of a pattern, or the one that is named."""
    place = Path(pattern).expanduser()
    if not pattern.strip() or "\0" in pattern:
        return []
    if place.is_dir():
        inside = (path for path in place.rglob("*") if not _is_hidden(path.relative_to(place)))
        return sorted(path for path in inside if path.is_file() and media_type(path))
    if place.is_file():
        return [place]
    matches = (Path(name) for name in glob.glob(str(place), recursive=True))
    return sorted(path for path in matches if path.is_file() and media_type(path))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def media_type(path: Path) -> str:
    """Return what a file's name says that it holds, "" for what is not known."""
    name = path.name.lower().removesuffix(".gz")
    return _MEDIA_TYPES.get(Path(name).suffix, "")


def load(path: Path, source: str) -> bytes:
    """Return a file's bytes, unpacked; raises SourceError."""
    try:
        if path.stat().st_size > LARGEST:
            raise TooLarge
        data = path.read_bytes()
        return read_body([data], "gzip" if data.startswith(b"\x1f\x8b") else "", LARGEST)
    except (OSError, TooLarge, Undecodable, Incomplete) as error:
        raise _explain(error, path, source) from error


def decode(data: bytes) -> tuple[str, str]:
    """Return a file's text, and a note where its encoding had to be guessed."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ""
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        note = "it is not UTF-8 and was read as Windows-1252 (save it as UTF-8)"
        return data.decode("cp1252", "replace"), note


def pieces(text: str, media: str) -> Iterator[Piece]:
    """Cut a text between rows; a piece of a CSV has the header of the whole."""
    if media not in (JSON_LINES, CSV):
        yield Piece(text.encode("utf-8", "replace"), 1, last=True)
        return
    lines = text.split("\n")
    head = lines.pop(0) + "\n" if media == CSV else ""
    cuts = [0, *_cuts(lines, quoted=media == CSV), len(lines)]
    for start, end in pairwise(cuts):
        body = (head + "\n".join(lines[start:end])).encode("utf-8", "replace")
        yield Piece(body, start + 1, last=end == len(lines))


def _cuts(lines: list[str], quoted: bool) -> Iterator[int]:
    """Yield the lines before which to cut: never inside a quoted field of a CSV."""
    inside = False
    since = 0
    for number, line in enumerate(lines):
        if since >= ROWS_PER_PAGE and not inside:
            yield number
            since = 0
        since += 1
        if quoted and line.count('"') % 2:
            inside = not inside


def _explain(error: Exception, path: Path, source: str) -> SourceError:
    place = one_line(str(path))
    match error:
        case FileNotFoundError():
            return Gone(f"{place} is not there (any more); check the path.", source)
        case PermissionError():
            return Blocked(f"{place} may not be read by this user; change its rights.", source)
        case TooLarge():
            size = f"{LARGEST / 1e6:g} MB"
            return Changed(f"{place} is larger than {size}; split it into several files.", source)
        case Undecodable() | Incomplete():
            return Changed(f"{place} cannot be unpacked; save it again.", source)
    return Unreachable(f"{place} could not be read ({error}); check the disk.", source)
