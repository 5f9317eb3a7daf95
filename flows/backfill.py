"""`moments backfill`: archives of any size in, dated tables out.

    archives -> pieces -> judged parts on disk -> the days' tables

Each finished part is the checkpoint: a run that was interrupted, however, goes on with the pieces
that have none, and ends with the bytes of one that was not. The ledger is not written, since an
archive of millions is judged once and then only read.
"""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from data.errors import BusyError
from data.ledger import Ledger
from data.parts import UNDATED, Parts, Slice
from data.records import Brand
from flows.archive_job import Job, Judged, Task, ToldDays
from flows.archive_plan import agreed, finished
from flows.exits import Exit, UsageError
from flows.judges import WatchedJudge
from flows.processes import Each
from reports.folders import folder_of
from reports.locales import DEFAULT, count, number, written_for
from reports.replace import replace
from sources.archives import PIECE, archives, pieces
from sources.errors import SourceError

LEDGER = "data/ledger.sqlite"  # the watchlist's default; its key makes the pseudonyms
MALFORMED = "malformed.jsonl"
_AT_ONCE = 30_000  # posts told at once


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for."""

    places: list[str]
    brand: str
    watchlist: Path | None
    output: Path
    piece: int = PIECE  # bytes


@dataclass
class Sums:
    """What came of all pieces."""

    posts: int = 0
    malformed: int = 0

    def add(self, judged: Judged) -> None:
        self.posts += judged.posts
        self.malformed += judged.malformed


def backfill(request: Request, each: Each, out: Console, err: Console) -> Exit:
    """Judge archives and write their dated tables, the work shared out by `each`.

    Raises UsageError for what cannot be done as asked, OSError where the output cannot be written.
    """
    found = _archives(request.places)
    job, locale = _asked(request)
    with written_for(locale), _held(job.parts, job.brand.name):
        if agreed(job, found, request.piece):
            out.print(f"Nothing is new: {request.output} holds these archives.", markup=False)
            return Exit.OK
        begun = time.monotonic()
        sums, faults = _judge(job, found, request, err, each)
        told = _tell(job, err, each)
        _finish(job)
        for fault in faults:
            err.print(str(fault), style="yellow", markup=False)
        _summarise(request, sums, told, time.monotonic() - begun, out)
    return Exit.SOME_SOURCE_FAILED if faults else Exit.OK


def _archives(places: list[str]) -> list[Path]:
    try:
        return archives(places)
    except SourceError as error:
        raise UsageError(str(error)) from error


def _asked(request: Request) -> tuple[Job, str]:
    """For whom, and the locale of who reads what is said of it.

    It is the watchlist's brand where one is named, else any brand, its days in UTC.
    """
    brand, zone, ledger, judge = Brand(request.brand), ZoneInfo("UTC"), LEDGER, WatchedJudge()
    locale = DEFAULT
    if request.watchlist is not None:
        from flows.watchlist import load  # with every source: half a second, which few need

        watchlist = load(request.watchlist)
        watched = watchlist.brand(request.brand)
        brand, zone, ledger = watched.record(), watchlist.zone(watched), watchlist.ledger
        judge, locale = watchlist.judge, watchlist.locale
    with closing(Ledger.open(ledger)) as opened:
        key = opened.pseudonym_key()
    tables = request.output.resolve()
    parts = folder_of(tables, ".backfill", brand.name)
    return Job(brand, zone, tables, parts, key, judge), locale


@contextmanager
def _held(parts: Path, brand: str) -> Iterator[None]:
    """One backfill at a time; the system frees the lock of one that was killed."""
    parts.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(parts / "lock").acquire(timeout=0):
            yield
    except Timeout as error:
        raise BusyError(
            f"Another backfill of {brand} writes {parts.parent.parent}. Wait for it to end, or "
            "name another --output."
        ) from error


def _judge(
    job: Job, found: list[Path], request: Request, err: Console, each: Each
) -> tuple[Sums, list[SourceError]]:
    """Judge every piece that has no part yet; what could not be read is returned."""
    sums, faults = Sums(), list[SourceError]()
    total = sum(path.stat().st_size for path in found)
    with _progress("Judging", total, err) as (progress, bar):
        tasks = _waiting(job, found, request.piece, faults)
        began = time.monotonic()
        for task, judged in each(job.judge_piece, tasks):
            sums.add(judged)
            rate = sums.posts / max(time.monotonic() - began, 1e-9)
            said = f"{count(sums.posts, 'post')}, {number(rate)}/s"
            progress.update(bar, completed=task.done, said=said)
    return sums, faults


def _waiting(job: Job, found: list[Path], size: int, faults: list[SourceError]) -> Iterator[Task]:
    """The pieces that have no part yet."""
    parts, number, before = Parts(job.parts), 0, 0
    for path in found:
        try:
            for piece in pieces(path, size):
                if not parts.has(number):
                    yield Task(number, piece, before + piece.done)
                number += 1
        except SourceError as error:
            faults.append(error)
        before += path.stat().st_size


def _tell(job: Job, err: Console, each: Each) -> list[ToldDays]:
    days = Parts(job.parts).days()
    total = sum(part.posts for found in days.values() for part in found)
    told, done = list[ToldDays](), 0
    with _progress("Telling", total, err) as (progress, bar):
        for slices, days_told in each(job.tell_days, _chunks(days)):
            told.append(days_told)
            done += sum(part.posts for part in slices)
            progress.update(bar, completed=done, said=f"{number(done)} of {count(total, 'post')}")
    return told


def _chunks(days: dict[str, list[Slice]]) -> Iterator[list[Slice]]:
    """Whole days, together as many as are told at once; a busier day alone."""
    chunk: list[Slice] = []
    for day, slices in days.items():
        more = sum(each_.posts for each_ in slices)
        if chunk and (sum(s.posts for s in chunk) + more > _AT_ONCE or day == UNDATED):
            yield chunk
            chunk = []
        chunk = [*chunk, *slices]
    if chunk:
        yield chunk


def _finish(job: Job) -> None:
    """Keep the malformed lines, mark the work as done and remove the parts."""
    parts = Parts(job.parts)
    replace(job.tables / MALFORMED, b"".join(parts.aside()))
    os.sync()  # once for all tables, before the parts go that they could be told from again
    finished(job)
    parts.clear()


@contextmanager
def _progress(what: str, total: int, err: Console) -> Iterator[tuple[Progress, TaskID]]:
    columns = (TextColumn(what), BarColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, TimeRemainingColumn(), console=err, transient=True) as progress:
        yield progress, progress.add_task(what, total=total, said="")


def _summarise(
    request: Request, sums: Sums, told: list[ToldDays], seconds: float, out: Console
) -> None:
    posts, repeats, days = (
        sum(getattr(part, name) for part in told) for name in ("posts", "repeats", "days")
    )
    poor, exceptional = (sum(getattr(part, n) for part in told) for n in ("poor", "exceptional"))
    out.print(
        f"{count(posts, 'post')} on {count(days, 'day')}: {number(poor)} poor and "
        f"{number(exceptional)} exceptional moments. {count(repeats, 'post was', 'posts were')} "
        "there twice.",
        markup=False,
    )
    out.print(
        f"{count(sums.posts, 'post')} judged in {number(seconds, 1)} seconds "
        f"({number(sums.posts / seconds)} a second).",
        markup=False,
    )
    lines = (request.output / MALFORMED).read_bytes().count(b"\n")
    if lines:
        out.print(
            f"{count(lines, 'line holds', 'lines hold')} no post; see "
            f"{request.output / MALFORMED}.",
            markup=False,
        )
    out.print(f"Tables: {request.output}", markup=False)
