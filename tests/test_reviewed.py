"""What analysts reviewed is counted per day, group and source, and moves no other figure."""

import pandas as pd
from posts import DAY as TUESDAY
from posts import asked, day_of, told

GIVEN_POOR = {"own_verdict": "poor", "analyst_verdict": "poor", "confidence": 1.0}
GIVEN_AWAY = {"own_verdict": "poor", "analyst_verdict": "neither", "verdict": "neither"}
ADDED = {"own_verdict": "neither", "analyst_verdict": "poor"}
FIGURES = ["reviewed", "right", "precision"]
LOG = asked(("reddit", 20, "ok"), ("courier", 20, "failed"))


def daily(*rows: dict[str, object]) -> pd.DataFrame:
    return day_of(told(*rows), LOG, ["reddit", "courier"], TUESDAY).daily


def figures(table: pd.DataFrame, dimension: str, group: str = "posts") -> list[tuple[object, ...]]:
    rows = table[(table["group"] == group) & (table["dimension"] == dimension)]
    return list(
        rows[["value", "reviewed", "right", "precision"]].itertuples(index=False, name=None)
    )


def test_right_per_reviewed_moment_is_the_days_precision() -> None:
    table = daily(GIVEN_POOR, GIVEN_POOR, GIVEN_POOR, GIVEN_AWAY, {})
    assert figures(table, "all") == [("", 4, 3, 0.75)]
    assert figures(table, "source") == [("reddit", 4, 3, 0.75)]


def test_where_nobody_reviewed_the_cells_are_empty_and_there_is_no_row_of_a_source() -> None:
    table = daily({}, {"kind": "article", "found_by": "courier"})
    assert table[FIGURES].isna().all().all()
    assert "source" not in set(table["dimension"])


def test_a_moment_an_analyst_added_was_none_of_ours_and_measures_no_precision() -> None:
    table = daily(ADDED, {})
    assert figures(table, "source") == []
    assert table.loc[table["dimension"] == "all", "poor"].tolist() == [2, 0, 0]


def test_sources_of_different_groups_are_counted_apart() -> None:
    article = {"kind": "article", "found_by": "courier"}
    table = daily(GIVEN_POOR, GIVEN_AWAY | article)
    assert figures(table, "source") == [("reddit", 1, 1, 1.0)]
    assert figures(table, "source", "press") == [("courier", 1, 0, 0.0)]
    assert figures(table, "all", "press") == [("", 1, 0, 0.0)]


def test_a_sources_row_tells_its_own_counts_and_how_it_was_seen() -> None:
    article = {"kind": "article", "found_by": "courier"}
    table = daily(GIVEN_POOR | article, article, {"verdict": "neither"} | article)
    row = table[table["dimension"] == "source"].iloc[0]
    assert (row["mentions"], row["poor"], row["poor_authors"]) == (3, 2, 1)
    assert (row["spike"], row["coverage"], row["poor_rate"]) == ("muted", "failed", 0.6667)


def test_confirming_a_moment_moves_no_other_figure() -> None:
    before, after = daily({}, {}), daily({}, GIVEN_POOR)
    rows = after[after["dimension"] != "source"].reset_index(drop=True)
    assert rows.drop(columns=FIGURES).equals(before.drop(columns=FIGURES))
