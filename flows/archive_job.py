"""What a backfill shares out to its processes, and what comes back.

Light to import: who shares the work out need not load the judge.
"""

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from data.parts import Slice
from data.records import Brand
from flows.judges import WatchedJudge
from sources.archives import Piece


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to be judged."""

    number: int
    piece: Piece
    done: int  # bytes of all archives that are read with it


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a piece."""

    posts: int
    malformed: int


@dataclass(frozen=True, slots=True)
class ToldDays:
    """What came of some days."""

    days: int
    posts: int
    repeats: int
    poor: int
    exceptional: int


@dataclass(frozen=True, slots=True)
class Job:
    """For whom an archive is told, and where."""

    brand: Brand
    zone: ZoneInfo
    tables: Path
    parts: Path
    key: bytes  # makes the authors' pseudonyms
    judge: WatchedJudge = field(default_factory=WatchedJudge)

    def judge_piece(self, task: Task) -> Judged:
        """Judge the posts of a piece and keep them as a part."""
        from flows.archive_work import judge_piece

        return judge_piece(self, task)

    def tell_days(self, slices: list[Slice]) -> ToldDays:
        """Write the tables of whole days."""
        from flows.archive_work import tell_days

        return tell_days(self, slices)
