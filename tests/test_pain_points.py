"""Why and where people are treated poorly, ranked by people, against the week before."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from labelled import told as told_of
from posts import DAY, DUBLIN, told

from analysis.competitors import competitors
from analysis.pain_points import pain_points, trend
from data.dated_tables import COMPETITORS, PAIN_POINTS
from data.frames import check, frame
from data.schemas import COVERAGE_LOG
from example.world import DAYS

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def people(times: int, days_ago: int = 1, **more: object) -> list[dict[str, Any]]:
    """So many people who were ignored at the desk, some days ago."""
    row = {"dated_at": NOON - timedelta(days=days_ago)} | more
    return [{"author": f"u/{days_ago}-{n}"} | row for n in range(times)]


def log(outcome: str = "ok", days: int = 14) -> pd.DataFrame:
    rows = [
        ("Foxglove", "reddit", NOON - timedelta(days=n), outcome if n > 6 else "ok", 1, 1, "")
        for n in reversed(range(days))
    ]
    return frame(rows, COVERAGE_LOG)


def ranked(*rows: dict[str, Any], asked: pd.DataFrame | None = None) -> pd.DataFrame:
    asked = log() if asked is None else asked
    return check(pain_points(told(*rows), asked, DAY, DUBLIN), PAIN_POINTS)


def test_what_most_people_tell_comes_first_whoever_shouts_loudest() -> None:
    loud = [{"author": "u/loud", "reason": "rude", "dated_at": NOON}] * 9
    found = ranked(*people(3), *loud)
    assert found["reason"].tolist() == ["ignored", "rude"]
    assert found["people"].tolist() == [3, 1]
    assert found["rank"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("now", "before", "told_so"), [(12, 3, "rising"), (3, 12, "falling"), (5, 3, "steady")]
)
def test_a_trend_is_called_only_beyond_chance(now: int, before: int, told_so: str) -> None:
    row = ranked(*people(now), *people(before, days_ago=8)).iloc[0]
    assert (row.people, row.people_before, row.trend) == (now, before, told_so)


def test_two_counts_of_nothing_are_steady() -> None:
    assert trend(0, 0) == "steady"


@pytest.mark.parametrize("asked", [log("failed"), log(days=9)])
def test_a_week_that_was_not_seen_alike_has_no_trend(asked: pd.DataFrame) -> None:
    found = ranked(*people(12), *people(3, days_ago=8), asked=asked)
    assert found.loc[0, "trend"] == "unknown"


def test_articles_are_counted_apart_from_people() -> None:
    article = {"kind": "article", "found_by": "courier", "source": "feed", "author": "N. T."}
    row = ranked(*people(2), *people(1, **article)).iloc[0]
    assert (row.people, row.articles) == (2, 1)


def test_those_who_leave_and_the_places_are_told() -> None:
    rows = [*people(2, churn="said", outlet="r/b"), *people(1, days_ago=2, outlet="r/a")]
    row = ranked(*rows).iloc[0]
    assert (row.leaving, row.places) == (2, "r/b 2, r/a 1")


def test_a_week_without_poor_moments_has_no_rows() -> None:
    assert ranked({"verdict": "neither"}).empty


@pytest.mark.xdist_group("labelled")
def test_the_labelled_week_is_as_declared() -> None:
    found = check(told_of(DAYS[-1]).pain_points, PAIN_POINTS)
    assert found["people"].is_monotonic_decreasing
    assert (found.loc[0, "reason"], found.loc[0, "touchpoint"]) == ("rude", "help")


# Side by side


def brand(poor: int, of: int, **more: object) -> pd.DataFrame:
    return told(*({"verdict": "poor" if n < poor else "neither"} | more for n in range(of)))


def test_competitors_stand_side_by_side_with_the_brand_first() -> None:
    windows = {"Foxglove": brand(10, 100), "Tansy & Rowe": brand(30, 100)}
    table = check(competitors(windows, ["reddit"], DAY), COMPETITORS)
    posts = table[table["group"] == "posts"]
    assert posts["brand"].tolist() == ["Foxglove", "Tansy & Rowe"]
    assert posts["stands_out"].tolist() == ["no", "worse"]
    assert posts["top_reason"].tolist() == ["ignored", "ignored"]


def test_a_small_difference_between_competitors_is_not_called_one() -> None:
    windows = {"Foxglove": brand(3, 20), "Tansy & Rowe": brand(5, 20)}
    assert set(competitors(windows, ["reddit"], DAY)["stands_out"]) == {"no"}


def test_what_only_one_brands_sources_found_is_not_compared() -> None:
    windows = {"Foxglove": brand(3, 20), "Tansy & Rowe": brand(20, 20, found_by="its-forum")}
    table = competitors(windows, ["reddit"], DAY)
    assert table.loc[table["brand"] == "Tansy & Rowe", "mentions"].sum() == 0


def test_brands_without_mentions_do_not_fail() -> None:
    nothing = told({}).head(0)
    table = check(competitors({"A": nothing, "B": nothing}, [], DAY), COMPETITORS)
    assert table["poor_rate"].isna().all()
