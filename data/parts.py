"""Judged posts of an archive on their way to dated tables: files of whole pieces, sorted by day.

A part is written as a whole or not at all, so the parts that are there say what is done. Each
holds one batch per day, so that a day is read from all parts without reading the rest.
"""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FORM = 3  # of a part; those of another version are not gone on with
UNDATED = "undated"  # the day of posts that name no time


@dataclass(frozen=True, order=True, slots=True)
class Slice:
    """A day's posts within a part."""

    path: Path
    batch: int
    posts: int
    day: str


class Parts:
    """A folder of numbered parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, number: int) -> bool:
        """Whether this part is finished."""
        return self._path(number).exists()

    def write(
        self, number: int, posts: pa.RecordBatch, days: NDArray[np.datetime64], aside: bytes
    ) -> None:
        """Keep a piece's posts, each with its day or none (NaT), and the lines that held none.

        Raises OSError where there is no room; the part then does not exist.
        """
        with _replacing(self._aside(number)) as file:
            file.write(aside)
        order = np.argsort(days, kind="stable")
        if np.any(order[1:] < order[:-1]):
            posts = posts.take(pa.array(order))
        known, firsts = np.unique(days[order], return_index=True)
        edges = list(pairwise([*firsts.tolist(), len(days)]))
        named = [UNDATED if day is None else str(day) for day in known.tolist()]
        told = [f"{day} {after - first}" for day, (first, after) in zip(named, edges, strict=True)]
        metadata = {"days": "\n".join(told), **(posts.schema.metadata or {})}
        schema = posts.schema.with_metadata(metadata)
        with _replacing(self._path(number)) as file, pa.ipc.new_file(file, schema) as batches:
            for first, after in edges:
                batches.write_batch(posts.slice(first, after - first))

    def days(self) -> dict[str, list[Slice]]:
        """Where the posts of each day lie, the days in order, the slices in the archives' order."""
        found: dict[str, list[Slice]] = defaultdict(list)
        for path in sorted(self.folder.glob("part-*.arrow")):
            with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
                named = (file.schema.metadata or {}).get(b"days", b"").decode()
                for at, day in enumerate(named.splitlines()):
                    name, _, posts = day.partition(" ")
                    found[name].append(Slice(path, at, int(posts), name))
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


def read(slices: Sequence[Slice]) -> pa.RecordBatch:
    """The posts of some slices, in the order of the archives, with a dictionary of `day` added."""
    batches = []
    ordered = sorted(slices)
    for path, wanted in groupby(ordered, key=lambda slice_: slice_.path):
        with pa.memory_map(str(path)) as source, pa.ipc.open_file(source) as file:
            batches += [file.get_batch(slice_.batch) for slice_ in wanted]
    days, number = np.unique([slice_.day for slice_ in ordered], return_inverse=True)
    day = np.repeat(number.astype(np.int32), [slice_.posts for slice_ in ordered])
    posts = pa.concat_batches(batches)
    return posts.append_column("day", pa.DictionaryArray.from_arrays(day, pa.array(days.tolist())))


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that is at the path once it is whole and on the disk."""
    fresh = path.with_suffix(f".{os.getpid()}.tmp")
    with fresh.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
