"""One brand's day on disk: `TABLES/DATE/BRAND/`, replaced file by file, only where it changed."""

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from data.dated_tables import COVERAGE, DAILY, MOMENTS
from reports.csv_files import write_csv
from reports.moments import moments
from reports.pseudonyms import pseudonyms
from reports.replace import replace
from reports.summary import summary


@dataclass(frozen=True, slots=True)
class Day:
    """What is told of one brand's local day."""

    brand: str
    day: date
    zone: ZoneInfo
    told: pd.DataFrame  # the day's judged posts with their stories and replies
    daily: pd.DataFrame  # schema DAILY
    coverage: pd.DataFrame  # schema COVERAGE


def write_day(day: Day, tables: Path, key: bytes) -> list[Path]:
    """Write the day's files; those whose bytes changed.

    `key` makes the authors' pseudonyms. Raises OSError where a file cannot be written, with the
    earlier version left whole.
    """
    folder = folder_of(tables, day.day, day.brand)
    table = moments(day.told, day.zone, key)
    text = summary(day.brand, day.day, table, day.daily, day.coverage)
    written = {
        "moments.csv": write_csv(table, MOMENTS, folder / "moments.csv"),
        "daily.csv": write_csv(day.daily, DAILY, folder / "daily.csv"),
        "coverage.csv": write_csv(day.coverage, COVERAGE, folder / "coverage.csv"),
        "posts.parquet": replace(folder / "posts.parquet", _parquet(day.told, key)),
        "summary.md": replace(folder / "summary.md", text.encode("utf-8", "replace")),
    }
    return [folder / name for name, changed in written.items() if changed]


def folder_of(tables: Path, day: date, brand: str) -> Path:
    """The folder of a brand's day; the brand's name as a file name holds no separators."""
    name = re.sub(r"[^\w&+.-]+", "-", brand).strip("-.") or "brand"
    return tables / day.isoformat() / name.lower()


def _parquet(told: pd.DataFrame, key: bytes) -> bytes:
    """All of the day's posts with their judgements; authors as pseudonyms, the rest untouched."""
    kept = told[~told["deleted"]]
    kept = kept.assign(author=pseudonyms(kept["source"], kept["author"], key))
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(kept, preserve_index=False), file, compression="zstd")
    return file.getvalue()
