"""A day against usual days: what is more than chance explains, and what cannot be compared."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from labelled import told as told_of
from posts import DAY, DUBLIN, told

from analysis.baseline import surprise, usual_counts, usual_range
from analysis.comparable import seen_whole, usual_days
from analysis.trends import RARE, daily
from data.dated_tables import DAILY
from data.frames import check, frame
from data.schemas import COVERAGE_LOG
from example.world import DAYS
from reports.coverage import coverage

WEEKS = 8
BEFORE = [DAY - timedelta(days=n) for n in range(1, 7 * WEEKS + 1)]
TUESDAY = DAY.weekday()


def log(seen: Mapping[str, Mapping[date, str]] | None = None, *sources: str) -> pd.DataFrame:
    """Each source asked each evening; `seen` says what else than "ok" came of it ("" not asked)."""
    rows = []
    for day in sorted([*BEFORE, DAY]):
        for source in sources or ("reddit",):
            outcome = (seen or {}).get(source, {}).get(day, "ok")
            at = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
            if outcome:
                rows.append(("Foxglove", source, at, outcome, 1, 1, ""))
    return frame(rows, COVERAGE_LOG)


def poor(day: date, times: int, **more: object) -> list[dict[str, Any]]:
    """So many poor posts of a day by as many people."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return [{"dated_at": at, "author": f"u/{day}-{n}"} | more for n in range(times)]


def usual(tuesday: int = 2, other: int = 2, **more: object) -> list[dict[str, Any]]:
    """Eight weeks of days with about so many poor posts: one more, one fewer, in turn."""
    rows: list[dict[str, Any]] = []
    for day in BEFORE:
        count = tuesday if day.weekday() == TUESDAY else other
        rows += poor(day, count + day.toordinal() // 7 % 3 - 1, **more)
    return rows


def table(rows: list[dict[str, Any]], asked: pd.DataFrame | None = None) -> pd.DataFrame:
    history = told(*rows)
    asked = log() if asked is None else asked
    covered = coverage(asked[asked["at"].dt.date == DAY], history, [], DAY, DUBLIN)
    return check(daily(history, DAY, DUBLIN, covered, asked), DAILY)


def whole(rows: list[dict[str, Any]], asked: pd.DataFrame | None = None) -> Any:
    found = table(rows, asked)
    return found[(found["dimension"] == "all") & (found["group"] == "posts")].iloc[0]


# Spikes


def test_a_usual_day_is_told_with_its_usual_range_and_no_spike() -> None:
    row = whole(usual() + poor(DAY, 3))
    assert (row.poor, row.poor_usual_low, row.poor_usual_high) == (3, 0, 4)
    assert (row.spike, row.compared_with) == ("no", "8 Tuesdays")


def test_many_more_people_than_usual_are_a_spike() -> None:
    assert whole(usual() + poor(DAY, 9)).spike == "poor"


def test_one_person_in_nine_posts_is_none() -> None:
    assert whole(usual() + poor(DAY, 9, author="u/same")).spike == "no"


def test_exceptional_days_have_spikes_too() -> None:
    glad = {"verdict": "exceptional", "reason": "warm"}
    assert whole(usual(**glad) + poor(DAY, 9, **glad)).spike == "exceptional"


def test_what_is_usual_depends_on_the_weekday() -> None:
    busy_tuesdays = usual(tuesday=9, other=1) + poor(DAY, 9)
    assert whole(busy_tuesdays).spike == "no"
    assert whole(usual(tuesday=2, other=9) + poor(DAY, 9)).spike == "poor"


def test_before_four_tuesdays_are_known_working_days_are_compared() -> None:
    young = dict.fromkeys(BEFORE[13:], "")
    row = whole(usual() + poor(DAY, 9), log({"reddit": young}))
    assert (row.compared_with, row.spike) == ("9 working days", "poor")


@pytest.mark.parametrize(("mean", "scatter"), [(1.0, 1.0), (3.0, 1.0), (3.0, 2.0), (20.0, 2.0)])
def test_chance_alone_is_called_a_spike_hardly_more_often_than_it_is_said_to_be(
    mean: float, scatter: float
) -> None:
    rng = np.random.default_rng(7)
    days = pd.DatetimeIndex(sorted(pd.Timestamp(day) for day in BEFORE))
    shape = (2000, len(days) + 1)
    size = mean / (scatter - 1) if scatter > 1 else 0
    drawn = rng.negative_binomial(size, 1 / scatter, shape) if size else rng.poisson(mean, shape)
    like = days[days.day_of_week == TUESDAY]
    centre, variance = usual_counts(pd.DataFrame(drawn[:, :-1], columns=days), like)
    today = drawn[:, -1].astype(float)
    low, high = usual_range(centre, variance)
    assert (surprise(today, centre, variance) < RARE).mean() < 2 * RARE
    assert 0.75 < ((low <= today) & (today <= high)).mean() < 0.97


# Like with like


def test_a_source_that_was_added_makes_no_spike_and_is_named() -> None:
    new = {"courier": dict.fromkeys(BEFORE, "")}
    extra = poor(DAY, 9, found_by="courier", source="feed")
    row = whole(usual() + poor(DAY, 2) + extra, log(new, "reddit", "courier"))
    assert (row.poor, row.spike) == (11, "no")
    assert row.compared_with == "8 Tuesdays; without courier, seen on 0 days only"


def test_a_blind_source_is_left_out_on_both_sides() -> None:
    rows = usual() + usual(found_by="courier", source="feed") + poor(DAY, 9)
    blind = log({"courier": {DAY: "failed"}}, "reddit", "courier")
    row = whole(rows, blind)
    assert (row.poor_usual_high, row.spike) == (4, "poor")
    assert row.compared_with == "8 Tuesdays; without courier, not seen in whole"


@pytest.mark.parametrize("outcome", ["throttled", "truncated", "blocked", "changed", ""])
def test_where_the_only_source_did_not_see_the_day_the_flag_is_muted(outcome: str) -> None:
    row = whole(usual() + poor(DAY, 9), log({"reddit": {DAY: outcome}}))
    assert row.spike == "muted"
    assert np.isnan(row.poor_usual_high)
    assert "reddit, not seen in whole" in row.compared_with


def test_days_on_which_a_source_was_throttled_are_not_what_is_usual() -> None:
    tuesdays = [day for day in BEFORE if day.weekday() == TUESDAY]
    throttled = {"reddit": dict.fromkeys(tuesdays[:4], "throttled")}
    lost = {datetime(d.year, d.month, d.day, 12, tzinfo=UTC) for d in tuesdays[:4]}
    rows = [row for row in usual(tuesday=6) if row["dated_at"] not in lost] + poor(DAY, 7)
    row = whole(rows, log(throttled))
    assert (row.compared_with, row.spike) == ("4 Tuesdays", "no")


def test_a_source_that_answered_again_saw_the_day_and_a_truncated_one_did_not() -> None:
    def asked(*outcomes: str) -> bool:
        noon = datetime(2026, 11, 3, 12, tzinfo=UTC)
        rows = [
            ("Foxglove", "reddit", noon + timedelta(hours=n), outcome, 1, 1, "")
            for n, outcome in enumerate(outcomes)
        ]
        return bool(seen_whole(frame(rows, COVERAGE_LOG), DUBLIN).iloc[0, 0])

    assert asked("failed", "ok")
    assert not asked("ok", "failed")
    assert not asked("truncated", "ok")


def test_without_any_history_nothing_is_compared() -> None:
    found = usual_days(seen_whole(log().head(0), DUBLIN), ["reddit"], DAY)
    assert not found
    assert found.words.startswith("too few days seen")


# Rows


def test_each_group_has_a_row_and_each_touchpoint_reason_and_place_with_a_moment() -> None:
    found = table(
        [
            {"touchpoint": "checkout", "outlet": "r/a"},
            {"touchpoint": "unknown", "outlet": "r/a"},
            {"verdict": "neither", "reason": "", "touchpoint": "", "outlet": "r/a"},
            {"kind": "article", "found_by": "courier", "outlet": "", "touchpoint": "help"},
        ]
    )
    rows = found[found["dimension"] != "all"]
    keys = list(zip(rows["group"], rows["dimension"], rows["value"], strict=True))
    assert keys == [
        ("posts", "touchpoint", "checkout"), ("posts", "reason", "ignored"),
        ("posts", "place", "r/a"), ("press", "touchpoint", "help"),
        ("press", "reason", "ignored"),
    ]  # fmt: skip
    assert rows["mentions"].tolist() == [3, 3, 3, 1, 1]
    assert rows["poor"].tolist() == [1, 2, 2, 1, 1]


def test_a_post_after_midnight_counts_for_its_local_day() -> None:
    winter = told({"dated_at": datetime(2026, 7, 2, 23, 30, tzinfo=UTC)})
    log_ = log().head(0)
    for day, count in ((date(2026, 7, 2), 0), (date(2026, 7, 3), 1)):
        found = daily(winter, day, DUBLIN, coverage(log_, winter, [], day, DUBLIN), log_)
        assert found.loc[0, "poor"] == count


def test_a_part_that_spikes_is_told_though_the_whole_does_not() -> None:
    rows = usual(tuesday=12, other=12, touchpoint="help") + usual(touchpoint="checkout")
    found = table(rows + poor(DAY, 8, touchpoint="help") + poor(DAY, 9, touchpoint="checkout"))
    spikes = found.set_index(["group", "dimension", "value"])["spike"]
    assert spikes["posts", "all", ""] == "no"
    assert spikes["posts", "touchpoint", "checkout"] == "poor"
    assert spikes["posts", "touchpoint", "help"] == "no"


@pytest.mark.xdist_group("labelled")
def test_the_labelled_week_is_as_declared_and_muted_until_days_can_be_compared() -> None:
    for day in DAYS:
        check(told_of(day).daily, DAILY)
    friday = told_of(DAYS[4]).daily.query("dimension == 'all'").set_index("group")
    assert friday.loc["posts", "compared_with"] == "4 working days"
    saturday = told_of(DAYS[5]).daily
    assert set(saturday["spike"]) == {"muted"}
    assert saturday.loc[0, "compared_with"].endswith("without reddit, not seen in whole")
