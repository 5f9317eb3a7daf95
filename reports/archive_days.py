"""An archive's days on disk, many at once: `TABLES/DATE/BRAND/` with what an archive can tell."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from data.dated_tables import DAILY, MOMENTS
from data.parts import UNDATED
from reports.csv_files import csv_by
from reports.day_files import parquet, posts_table
from reports.folders import folder_of
from reports.moments import moments
from reports.replace import replace

_TIMES = ["time", "story_first_seen", "story_last_seen"]


def write_days(
    told: pd.DataFrame,
    daily: pd.DataFrame,
    days: list[str],
    brand: str,
    zone: ZoneInfo,
    tables: Path,
    key: bytes,
) -> None:
    """Write moments.csv, daily.csv and posts.parquet of each day.

    `told` are the posts with their stories and a column `day`, by day, time and id; `daily` is
    schema DAILY of the same days. The files are whole, and on the disk for good when the system
    next writes there. Raises OSError where a file cannot be written.
    """
    shown = moments(told, zone, key)
    if days == [UNDATED]:
        shown = shown.assign(date=UNDATED, **dict.fromkeys(_TIMES, ""))
    table = posts_table(told.drop(columns="day"), key)
    edges = [*told["day"].cat.codes.searchsorted(range(len(days))), len(told)]
    files: Iterator[tuple[str, bytes, bytes, tuple[int, int]]] = zip(
        days,
        csv_by(shown, MOMENTS, "date", days),
        csv_by(daily, DAILY, "date", days),
        pairwise(edges),
        strict=True,
    )
    for day, moments_csv, daily_csv, (first, after) in files:
        folder = folder_of(tables, day, brand)
        replace(folder / "moments.csv", moments_csv, durable=False)
        replace(folder / "daily.csv", daily_csv, durable=False)
        mine = parquet(table.slice(first, after - first))
        replace(folder / "posts.parquet", mine, durable=False)
