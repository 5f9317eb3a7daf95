"""Frames for tests: judged posts and coverage, with only what a test is about said."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.consistency import consistency
from analysis.delights import delights
from analysis.escalation import escalations
from analysis.over_time import over_time
from analysis.pain_points import pain_points
from analysis.story_table import story_table
from analysis.trends import daily
from data.frames import frame
from data.schemas import COVERAGE_LOG, JUDGED, UNCORRECTED
from reports.coverage import coverage
from reports.dated import Day, write_day

DUBLIN = ZoneInfo("Europe/Dublin")
DAY = date(2026, 11, 3)
KEY = b"k"


def told(*rows: dict[str, object]) -> pd.DataFrame:
    """Judged posts with stories, replies and places; what a row does not say is dull.

    A row may say `story`, `in_press`, `reply`, ... as well, for its own post only.
    """
    dull: dict[str, object] = {
        "source": "reddit", "kind": "post", "url": "https://example.org/1", "author": "u/a",
        "title": "", "text": "Nobody came.", "dated_at": datetime(2026, 11, 3, 12, tzinfo=UTC),
        "collected_at": datetime(2026, 11, 3, 13, tzinfo=UTC), "revision": 1, "edited": False,
        "deleted": False, "outlet": "r/portellery", "found_by": "reddit", "model": "m",
        "language": "en", "mention": True, "verdict": "poor", "confidence": 0.9, "p_poor": 0.9,
        "p_exceptional": 0.01, "reason": "ignored", "teller": "customer", "touchpoint": "help",
        "stage": "frontstage", "churn": "no", "person": "", "quote": "Nobody came.",
        "evidence": "", "rating": float("nan"), **UNCORRECTED,
    }  # fmt: skip
    full = [
        dict.fromkeys(JUDGED.columns) | dull | {"native_id": str(n), "post_id": f"reddit:{n}"} | row
        for n, row in enumerate(rows)
    ]
    window = frame([[row[name] for name in JUDGED.columns] for row in full], JUDGED)
    window = window.assign(
        story=window["post_id"], story_first_seen=window["dated_at"],
        story_last_seen=window["dated_at"], story_posts=1, story_sources=1, in_press=False,
        reach=0, rising=False, reply="none", reply_hours=float("nan"), place=window["outlet"],
    )  # fmt: skip
    for n, row in enumerate(rows):
        for name in set(row) - set(JUDGED.columns):
            window.loc[n, name] = row[name]
    return answered(window)


def answered(window: pd.DataFrame) -> pd.DataFrame:
    """With the times of answers that each came once."""
    at = window["dated_at"] + pd.to_timedelta(window["reply_hours"], unit="h").dt.round("s")
    at = at.dt.as_unit("us")
    return window.assign(
        owned_at=at.where(window["reply"] == "owned"),
        robotic_at=at.where(window["reply"] == "robotic"),
    )


def asked(*rows: tuple[str, int, str]) -> pd.DataFrame:
    """A coverage log: source, hour and outcome."""
    return frame(
        [
            ("Foxglove", source, datetime(2026, 11, 3, hour, tzinfo=UTC), outcome, 1, 1, outcome)
            for source, hour, outcome in rows
        ],
        COVERAGE_LOG,
    )


def day_of(window: pd.DataFrame, log: pd.DataFrame, sources: Sequence[str], day: date) -> Day:
    """What the flow tells of a brand's day, from frames instead of a ledger."""
    start, end = bounds(day)
    window = window[window["dated_at"] < end].reset_index(drop=True)
    log = log[log["at"] < end]
    told_then = window[window["dated_at"] >= start].reset_index(drop=True)
    covered = coverage(log[log["at"] >= start], told_then, sources, day, DUBLIN)
    stories = story_table(window, end)
    return Day(
        "Foxglove", day, DUBLIN, told_then, window, over_time(window, log, covered, day, DUBLIN),
        daily=daily(window, day, DUBLIN, covered, log), coverage=covered,
        escalated=escalations(stories, start, end, DUBLIN),
        shared=delights(window, stories, start, end),
        consistency=consistency(window, day, DUBLIN),
        pain_points=pain_points(window, log, day, DUBLIN),
    )  # fmt: skip


def written(day: Day, folder: Path) -> Path:
    """The folder in which the day's files now are."""
    return write_day(day, folder, KEY)[0].parent


def bounds(day: date) -> tuple[datetime, datetime]:
    """The instants at which a day begins and ends in Dublin."""
    start = datetime(day.year, day.month, day.day, tzinfo=DUBLIN)
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), DUBLIN)
    return start.astimezone(UTC), end.astimezone(UTC)
