"""Judged posts of an archive on their way to dated tables: files of whole pieces, sorted by day.

A part is written as a whole or not at all, so the parts that are there say what is done. Each
holds one batch per day, so that a day is read from all parts without reading the rest.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import pandas as pd
import pyarrow as pa

FORM = 2  # of a part; those of another version are not gone on with
UNDATED = "undated"  # the day of posts that name no time
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


@dataclass(frozen=True, order=True, slots=True)
class Slice:
    """A day's posts within a part."""

    path: Path
    batch: int
    posts: int


class Parts:
    """A folder of numbered parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, number: int) -> bool:
        """Whether this part is finished."""
        return self._path(number).exists()

    def write(self, number: int, posts: pd.DataFrame, aside: bytes) -> None:
        """Keep a piece's posts (with a text column `day`) and the lines that held none.

        Raises OSError where there is no room; the part then does not exist.
        """
        _replace(self._aside(number), aside)
        posts = posts.sort_values("day", kind="stable", ignore_index=True)
        table = pa.Table.from_pandas(posts, preserve_index=False)
        days = posts.groupby("day").size()
        told = "\n".join(f"{day} {count}" for day, count in days.items())
        schema = table.schema.with_metadata({"days": told, **(table.schema.metadata or {})})
        sink = pa.BufferOutputStream()
        with pa.ipc.new_file(sink, schema, options=_OPTIONS) as file:
            for first, after in pairwise([0, *days.cumsum()]):
                [batch] = table.slice(first, after - first).combine_chunks().to_batches()
                file.write_batch(batch)
        _replace(self._path(number), sink.getvalue())

    def days(self) -> dict[str, list[Slice]]:
        """Where the posts of each day lie, the days in order, the slices in the archives' order."""
        found: dict[str, list[Slice]] = defaultdict(list)
        for path in sorted(self.folder.glob("part-*.arrow")):
            with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
                named = (file.schema.metadata or {}).get(b"days", b"").decode()
                for at, day in enumerate(named.splitlines()):
                    name, _, posts = day.partition(" ")
                    found[name].append(Slice(path, at, int(posts)))
        return dict(sorted(found.items()))

    def aside(self) -> Iterator[bytes]:
        """The lines that held no post, part by part."""
        return (path.read_bytes() for path in sorted(self.folder.glob("part-*.malformed.jsonl")))

    def clear(self) -> None:
        """Remove all parts."""
        for path in self.folder.glob("part-*"):
            path.unlink()

    def _path(self, number: int) -> Path:
        return self.folder / f"part-{number:07}.arrow"

    def _aside(self, number: int) -> Path:
        return self.folder / f"part-{number:07}.malformed.jsonl"


def read(slices: Sequence[Slice]) -> pd.DataFrame:
    """The posts of some slices, in the order of the archives."""
    batches = []
    for path, wanted in groupby(sorted(slices), key=lambda slice_: slice_.path):
        with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
            batches += [file.get_batch(slice_.batch) for slice_ in wanted]
    posts: pd.DataFrame = pa.Table.from_batches(batches).to_pandas()
    return posts


def _replace(path: Path, content: bytes | pa.Buffer) -> None:
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
