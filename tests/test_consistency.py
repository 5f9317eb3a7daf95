"""Do days, places and touchpoints scatter beyond chance, and which stand out?"""

from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import pytest
from labelled import told as told_of
from posts import DAY, DUBLIN, told

from analysis.consistency import RARE, consistency, scattered
from data.dated_tables import CONSISTENCY
from data.frames import check
from example.world import DAYS

START = datetime(2026, 10, 21, 12, tzinfo=UTC)


def mentions(place: str, stories: int, poor: int, **more: object) -> list[dict[str, Any]]:
    """So many mentions of a place, by as many people on fourteen days; the first ones are poor."""
    return [
        {
            "outlet": place,
            "author": f"u/{place}{n}",
            "dated_at": START + timedelta(days=n % 14),
            "verdict": "poor" if n < poor else "neither",
            "touchpoint": "help" if n < poor else "",
        }
        | more
        for n in range(stories)
    ]


def compared(*parts: list[dict[str, Any]], dimension: str = "place") -> pd.DataFrame:
    """The rows of a dimension among posts, by value."""
    found = check(consistency(told(*chain(*parts)), DAY, DUBLIN), CONSISTENCY)
    mine = found[(found["dimension"] == dimension) & (found["group"] == "posts")]
    return mine.set_index("value")


def test_a_place_far_from_the_others_stands_out_and_the_scatter_is_told() -> None:
    found = compared(mentions("a", 40, 20), mentions("b", 60, 6), mentions("c", 60, 5))
    assert found["stands_out"].to_dict() == {"": "no", "a": "worse", "b": "better", "c": "better"}
    assert found.loc["a", "told"] == "20 of 40 poor, elsewhere 11 of 120"
    assert found.loc["", "scatter"] > 5
    assert found.loc["", "p"] < RARE


def test_even_places_do_not() -> None:
    found = compared(mentions("a", 40, 9), mentions("b", 60, 12), mentions("c", 60, 14))
    assert set(found["stands_out"]) == {"no"}
    assert found.loc["", "told"] == "3 places scatter no more than by chance"


def test_a_place_with_a_handful_of_stories_is_shown_and_not_judged() -> None:
    found = compared(mentions("a", 4, 4), mentions("b", 60, 6), mentions("c", 60, 6))
    assert found.loc["a", "stands_out"] == "no"
    assert np.isnan(found.loc["a", "p"])


def test_forty_posts_about_one_bad_hour_are_one_bad_hour() -> None:
    viral = [row | {"story": "s"} for row in mentions("a", 40, 40)]
    found = compared(viral, mentions("a", 20, 1), mentions("b", 60, 6))
    assert (found.loc["a", "stories"], found.loc["a", "poor"]) == (21, 2)
    assert found.loc["a", "stands_out"] == "no"


def test_one_person_with_many_complaints_does_not_make_a_place_worse() -> None:
    found = compared(mentions("a", 40, 20, author="u/same"), mentions("b", 60, 6))
    assert found.loc["a", "stands_out"] != "worse"


def test_a_story_counts_for_the_day_on_which_it_began() -> None:
    rows = mentions("a", 14, 0)
    for row in rows[:3]:
        row |= {"story": "s", "verdict": "poor"}
    found = compared(rows, dimension="day")
    assert found["poor"].drop("").sum() == 1
    assert found.loc["2026-10-21", "poor"] == 1


def test_touchpoints_are_compared_among_moments_only() -> None:
    found = compared(
        mentions("a", 30, 10, touchpoint="help"),
        mentions("b", 10, 0, touchpoint="checkout", verdict="exceptional", reason="warm"),
        dimension="touchpoint",
    )
    assert found["stories"].to_dict() == {"": 20, "checkout": 10, "help": 10}


def test_chance_alone_is_seldom_called_scatter() -> None:
    rng = np.random.default_rng(5)
    found = [scattered(rng.binomial(9, 0.2, 6), np.full(6, 9))[1] for _ in range(200)]
    assert np.mean(np.array(found) < RARE) < 2 * RARE


def test_nothing_to_compare_is_said_and_does_not_fail() -> None:
    for rows in ([], mentions("a", 20, 0), mentions("a", 20, 20)):
        window = told(*rows) if rows else told({}).head(0)
        found = check(consistency(window, DAY, DUBLIN), CONSISTENCY)
        assert set(found.loc[found["value"] == "", "told"]) == {"too few to compare"}


@pytest.mark.xdist_group("labelled")
def test_posts_and_reviews_are_told_apart_in_the_labelled_week() -> None:
    found = check(told_of(DAYS[-1]).consistency, CONSISTENCY)
    assert set(found["group"]) == {"posts", "reviews"}
    assert "Wendle Cross" in set(found["value"])
