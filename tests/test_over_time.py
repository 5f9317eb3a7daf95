"""The days behind a day: counted as its tables count, blind where a source was."""

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from labelled import told as labelled
from posts import DUBLIN, told

from analysis.over_time import over_time
from data.frames import check, frame
from data.over_time import OVER_TIME
from data.schemas import COVERAGE_LOG
from example.world import DAYS
from reports.coverage import coverage

pytestmark = pytest.mark.xdist_group("labelled")  # the week is told once, on one worker
LAST = date(2026, 11, 3)
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def log(days: int, **outcomes: str) -> pd.DataFrame:
    """A log of daily askings up to the last day; `reddit="o" * 9 + "f"` failed on the last."""
    words = {"o": "ok", "f": "failed", "t": "truncated"}
    rows = [
        ("Foxglove", source.replace("_", "-"), NOON - timedelta(days=ago), words[letter], 1, 1, "")
        for ago in range(days)[::-1]
        for source, letters in outcomes.items()
        if (letter := letters[days - 1 - ago]) != " "
    ]
    return frame(rows, COVERAGE_LOG)


def days_of(posts: pd.DataFrame, asked: pd.DataFrame, watched: list[str]) -> pd.DataFrame:
    today = coverage(asked[asked["at"] >= NOON], posts, watched, LAST, DUBLIN)
    return over_time(posts, asked, today, LAST, DUBLIN)


def post(ago: int, **said: object) -> dict[str, object]:
    return {"dated_at": NOON - timedelta(days=ago), "author": f"u/{ago}"} | said


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_told_day_is_counted_as_in_its_table(day: date) -> None:
    told_day = labelled(day)
    last = told_day.over_time.groupby("group").last()
    table = told_day.daily[told_day.daily["dimension"] == "all"].set_index("group")
    for group, row in last.iterrows():
        for name in ("poor", "exceptional", "poor_rate", "poor_rate_low", "exceptional_rate_high"):
            assert row[name] == pytest.approx(table.loc[group, name], nan_ok=True)
        assert row["mentions"] == table.loc[group, "mentions"] - table.loc[group, "unjudged"]
        if table.loc[group, "spike"] != "muted":
            assert row["spike"] == table.loc[group, "spike"]


def test_a_day_on_which_a_source_failed_or_was_cut_off_is_blind() -> None:
    posts = told(post(5), post(0), post(0, found_by="echo", kind="article"))
    table = days_of(posts, log(6, reddit="oofoto", echo="oooooo"), ["reddit", "echo"])
    blind = table[table["blind"] != ""]
    assert set(blind["group"]) == {"posts"}
    assert [day.day for day in blind["day"]] == [31, 2]
    assert set(blind["blind"]) == {"reddit"}


def test_a_source_that_never_brought_anything_may_hide_any_group() -> None:
    posts = told(post(1), post(0, found_by="echo", kind="article"))
    table = days_of(
        posts, log(2, reddit="oo", echo="oo", silent="of"), ["reddit", "echo", "silent"]
    )
    assert table.loc[table["day"].dt.day == 3, "blind"].tolist() == ["silent", "silent"]


def test_a_source_is_watched_from_its_first_asking_to_its_last() -> None:
    posts = told(post(4), post(0, found_by="echo"))
    table = days_of(posts, log(5, reddit="oo   ", echo="   oo"), ["echo"])
    assert table["blind"].tolist() == [""] * 5


def test_a_day_on_which_no_run_asked_is_blind() -> None:
    table = days_of(told(post(2), post(0)), log(3, reddit="o o"), ["reddit"])
    assert table["blind"].tolist() == ["", "reddit", ""]


def test_a_day_of_many_more_moments_than_the_others_is_a_spike() -> None:
    usual = [post(ago) for ago in range(1, 30)]
    many = [post(0, author=f"u/many{n}") for n in range(12)]
    table = days_of(told(*usual, *many), log(30, reddit="o" * 30), ["reddit"])
    assert table["spike"].tolist() == ["no"] * 29 + ["poor"]


def test_many_posts_of_one_author_are_no_spike() -> None:
    usual = [post(ago) for ago in range(1, 30)]
    angry = [post(0) for _ in range(12)]
    table = days_of(told(*usual, *angry), log(30, reddit="o" * 30), ["reddit"])
    assert set(table["spike"]) == {"no"}


def test_eight_weeks_are_drawn_at_most() -> None:
    table = days_of(told(post(69), post(0)), log(70, reddit="o" * 70), ["reddit"])
    assert len(table) == 56
    assert table["day"].iloc[-1] == pd.Timestamp(LAST)


def test_nothing_known_is_an_empty_table() -> None:
    assert check(days_of(told({}).head(0), log(1, reddit=" "), ["reddit"]), OVER_TIME).empty
