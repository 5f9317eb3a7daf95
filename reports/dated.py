"""One brand's day on disk: `TABLES/DATE/BRAND/`, replaced file by file, only where it changed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from data.columns import Schema
from data.dated_tables import (
    COMPETITORS,
    CONSISTENCY,
    COVERAGE,
    DAILY,
    DELIGHTS,
    ESCALATIONS,
    MOMENTS,
    PAIN_POINTS,
)
from reports.csv_files import write_csv
from reports.day_files import parquet, posts_table
from reports.escalations import delights_table, escalations_table
from reports.folders import folder_of
from reports.links import clickable
from reports.moments import moments
from reports.page import Shown, index, page, stories_of
from reports.page.index import PAGE
from reports.replace import replace
from reports.summary import summary
from reports.workbook import workbook

_SUMMED_UP = ("moments", "daily", "coverage", "escalations", "delights", "consistency")


@dataclass(frozen=True, slots=True)
class Day:
    """What is told of one brand's local day."""

    brand: str
    day: date
    zone: ZoneInfo
    told: pd.DataFrame  # the day's judged posts with their stories and replies
    window: pd.DataFrame  # those of the two weeks up to its end
    over_time: pd.DataFrame  # schema OVER_TIME
    daily: pd.DataFrame  # schema DAILY
    coverage: pd.DataFrame  # schema COVERAGE
    escalated: pd.DataFrame  # schema ESCALATED
    shared: pd.DataFrame  # schema SHARED
    consistency: pd.DataFrame  # schema CONSISTENCY
    pain_points: pd.DataFrame  # schema PAIN_POINTS
    competitors: pd.DataFrame | None = None  # schema COMPETITORS, where any are named


def write_day(day: Day, tables: Path, key: bytes) -> list[Path]:
    """Write the day's files; those whose bytes changed.

    `key` makes the authors' pseudonyms. Raises OSError where a file cannot be written, with the
    earlier version left whole.
    """
    folder = folder_of(tables, day.day, day.brand)
    shown = tables_of(day, key)
    told = {name: table for name, (table, _) in shown.items() if name in _SUMMED_UP}
    text = summary(day.brand, day.day, **told)
    seen = on_page(day, shown["moments"][0])
    stories = stories_of(seen)
    written = {
        f"{name}.csv": write_csv(table, schema, folder / f"{name}.csv")
        for name, (table, schema) in shown.items()
    }
    if day.competitors is None:
        written["competitors.csv"] = _without(folder / "competitors.csv")
    posts = parquet(posts_table(day.told, key))
    written["posts.parquet"] = replace(folder / "posts.parquet", posts)
    written["summary.md"] = replace(folder / "summary.md", text.encode("utf-8", "replace"))
    written[PAGE] = replace(folder / PAGE, page(seen, stories))
    written["report.xlsx"] = replace(folder / "report.xlsx", workbook(seen, stories, told))
    return [folder / name for name, changed in written.items() if changed]


def write_index(tables: Path) -> list[Path]:
    """Write `index.html` over all days and brands; that file, if its bytes changed.

    Raises OSError where it cannot be written or a page cannot be read.
    """
    path = tables / "index.html"
    return [path] if replace(path, index(tables)) else []


def shown_of(day: Day, key: bytes) -> Shown:
    """What the day's page is made of, where its tables are not."""
    return on_page(day, moments(day.told, day.zone, key))


def on_page(day: Day, moments: pd.DataFrame) -> Shown:
    """What the day's page is made of; `moments` is schema MOMENTS."""
    return Shown(
        day.brand,
        day.day,
        day.zone,
        moments=moments,
        posts=day.window,
        daily=day.daily,
        over_time=day.over_time,
        coverage=day.coverage,
        escalated=day.escalated,
        shared=day.shared,
        consistency=day.consistency,
        pain_points=day.pain_points,
    )


def tables_of(day: Day, key: bytes) -> dict[str, tuple[pd.DataFrame, Schema]]:
    """The day's CSV files by name, each with what it is declared to be."""
    shown = {
        "moments": (moments(day.told, day.zone, key), MOMENTS),
        "escalations": (escalations_table(day.escalated, day.day, day.zone), ESCALATIONS),
        "delights": (delights_table(day.shared, day.day, day.zone), DELIGHTS),
        "daily": (day.daily, DAILY),
        "consistency": (day.consistency, CONSISTENCY),
        "pain_points": (_linked(day.pain_points), PAIN_POINTS),
        "coverage": (day.coverage, COVERAGE),
    }
    if day.competitors is not None:
        shown["competitors"] = (day.competitors, COMPETITORS)
    return shown


def _without(path: Path) -> bool:
    """The file goes, if it is there: an earlier watchlist asked for it."""
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def _linked(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(link=clickable(table["link"]))


def page_of(tables: Path, day: date, brand: str) -> Path:
    """The page of a brand's day."""
    return folder_of(tables, day, brand) / PAGE
