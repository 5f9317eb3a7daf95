"""What the processes of a backfill do: judge a piece into a part, tell the days of some parts.

Both are pure functions of their files, so that doing one again, here or in another process, gives
the same bytes.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime

import pyarrow as pa

from analysis.archive_counts import daily_counts
from analysis.archive_days import alone, local_day, settled
from analysis.judge import judge
from analysis.places import left_at, with_places
from data.frames import as_declared
from data.parts import Parts, Slice, read
from data.schemas import JUDGED, UNCORRECTED
from data.vocabulary import Verdict
from flows.appointing import judge_of
from flows.archive_job import Job, Judged, Task, ToldDays
from reports.archive_days import write_days
from sources.archive_rows import rows_of


def judge_piece(job: Job, task: Task) -> Judged:
    """Judge the posts of a piece and keep them as a part."""
    # Saved then at the latest; the clock of today would give other bytes at every run.
    saved = datetime.fromtimestamp(int(task.piece.path.stat().st_mtime), UTC)
    read, malformed = rows_of(task.piece, saved)
    posts = read.to_pandas()
    by = judge_of(job.judge)
    judged = judge(posts.assign(about=left_at(posts, job.brand)), job.brand, by)
    table = as_declared(judged.assign(found_by=task.piece.path.name, **UNCORRECTED), JUDGED)
    days = local_day(table["published_at"], job.zone)
    aside = "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in malformed)
    batch = pa.RecordBatch.from_pandas(table, preserve_index=False)
    Parts(job.parts).write(task.number, batch, days, aside.encode("utf-8", "replace"))
    return Judged(len(table), len(malformed))


def tell_days(job: Job, slices: list[Slice]) -> ToldDays:
    """Write the tables of whole days. Of a post that is there twice, the later one counts."""
    found = read(slices)
    posts = settled(found).to_pandas()
    posts = with_places(alone(posts), job.brand.places)
    days = list(posts["day"].cat.categories)
    daily = daily_counts(posts)
    write_days(posts, daily, days, job.brand.name, job.zone, job.tables, job.key)
    poor, exceptional = (
        int(posts["verdict"].eq(verdict).sum()) for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL)
    )
    return ToldDays(len(days), len(posts), len(found) - len(posts), poor, exceptional)
