"""Archives of any size, cut between rows into pieces that fit in memory.

The same archive gives the same pieces every time, so that a piece can be known by its number.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sources.errors import Changed, Gone
from sources.rows import CSV, JSON_LINES, delimiter
from sources.saved import find
from sources.text import one_line

PARQUET = "application/vnd.apache.parquet"
PIECE = 8_000_000  # bytes: some 30,000 posts, read and judged in about 300 MB
PARQUET_ROWS = 30_000
SOURCE = "files"

_MEDIA = {
    ".jsonl": JSON_LINES, ".ndjson": JSON_LINES, ".json": JSON_LINES,
    ".csv": CSV, ".parquet": PARQUET, ".pq": PARQUET,
}  # fmt: skip
_CODECS = {".gz": "gzip", ".zst": "zstd"}
_LONGEST = 8  # pieces; what has no end of a row in so many is cut where it is
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some whole rows of an archive."""

    path: Path
    media: str
    head: bytes  # the first line of a CSV
    body: bytes  # of Parquet: a stream of Arrow's
    line: int  # where it begins: a line, of Parquet a row
    done: int  # bytes of the file that are read with it


def archives(places: list[str]) -> list[Path]:
    """The archives at some places: files, folders, patterns. Raises Gone where there is none."""
    found: dict[Path, None] = {}
    for place in places:
        inside = sorted(Path(place).rglob("*")) if Path(place).is_dir() else find(place)
        paths = [path for path in inside if path.is_file() and media_of(path)]
        if not paths:
            raise Gone(
                f"There is no archive at {one_line(place)}; name .jsonl, .csv (also .gz, .zst) "
                "or .parquet files, or a folder of them.",
                SOURCE,
            )
        found.update(dict.fromkeys(paths))
    return list(found)


def media_of(path: Path) -> str:
    """What an archive's name says that it holds, "" for what is not known."""
    packed = path.suffix.lower() in _CODECS
    return _MEDIA.get(Path(path.stem if packed else path.name).suffix.lower(), "")


def pieces(path: Path, size: int = PIECE) -> Iterator[Piece]:
    """The archive's pieces in order; raises Changed where it breaks off or is of another kind."""
    media = media_of(path)
    try:
        yield from _row_groups(path) if media == PARQUET else _text(path, media, size)
    except (pa.ArrowException, OSError) as error:
        cause = one_line(str(error))[:200]
        raise Changed(
            f"{one_line(str(path))} cannot be read to its end ({cause}); save it again. What "
            "stands before is kept.",
            SOURCE,
        ) from error


def _text(path: Path, media: str, size: int) -> Iterator[Piece]:
    with pa.OSFile(str(path)) as raw:
        codec = _CODECS.get(path.suffix.lower())
        file = pa.CompressedInputStream(raw, codec) if codec and raw.size() else raw
        left, line, head = _begin(path, file.read(size), media)
        line += head.count(b"\n")
        while block := file.read(size):
            left += block
            end = _end(left, quoted=media == CSV) or len(left) * (len(left) > _LONGEST * size)
            if end:
                rows, left = left[:end], left[end:]
                yield Piece(path, media, head, rows, line, raw.tell())
                line += line_breaks(rows)
        if left:
            yield Piece(path, media, head, left, line, raw.size())


def _begin(path: Path, block: bytes, media: str) -> tuple[bytes, int, bytes]:
    """The first block without its mark and its head; the head."""
    block = block.removeprefix(_MARK)
    if block.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Changed(f"{one_line(str(path))} is UTF-16; save it as UTF-8.", SOURCE)
    if media == JSON_LINES and block.lstrip()[:1] == b"[":
        raise Changed(
            f"{one_line(str(path))} is one JSON array; write it as one object a line.", SOURCE
        )
    head = block[: block.find(b"\n") + 1] if media == CSV else b""
    if media == CSV and not names_of(head) & {"text", "title"}:
        raise Changed(
            f'{one_line(str(path))} has no header that names a column "text"; add one.', SOURCE
        )
    return block[len(head) :], 1, head


def names_of(head: bytes) -> set[str]:
    """The columns that a CSV's first line names, in lower case."""
    line = head.decode("utf-8", "replace")
    return {
        name.strip().lower() for name in next(csv.reader([line], delimiter=delimiter(line)), [])
    }


def _end(block: bytes, quoted: bool) -> int:
    """Where the last whole row ends; in a CSV a line may end inside quotation marks."""
    end = block.rfind(b"\n") + 1
    if not quoted or not end:
        return end
    quotes = np.flatnonzero(np.frombuffer(block, np.uint8) == ord('"'))
    while end:
        before = int(np.searchsorted(quotes, end))
        if before % 2 == 0:
            break
        end = block.rfind(b"\n", 0, int(quotes[before - 1])) + 1
    return end


def line_breaks(rows: bytes) -> int:
    """How many; `bytes.count` takes three times as long."""
    return int(np.count_nonzero(np.frombuffer(rows, np.uint8) == ord("\n")))


def _row_groups(path: Path) -> Iterator[Piece]:
    size = path.stat().st_size
    with pq.ParquetFile(path) as file:
        row, rows = 1, max(file.metadata.num_rows, 1)
        for batch in file.iter_batches(PARQUET_ROWS):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, batch.schema) as stream:
                stream.write_batch(batch)
            done = size * (row - 1 + batch.num_rows) // rows
            yield Piece(path, PARQUET, b"", sink.getvalue().to_pybytes(), row, done)
            row += batch.num_rows
