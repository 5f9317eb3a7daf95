"""How many of our moments analysts looked at, and how many they found right."""

from typing import Any

import pandas as pd

from analysis.moment_counts import SIDES
from analysis.rates import NAN
from data.vocabulary import NOT_ASKED, Dimension, Spike, Verdict, worst

UNREVIEWED: dict[str, Any] = {"reviewed": pd.NA, "right": pd.NA, "precision": NAN}
_NOT_COMPARED = dict.fromkeys(
    [f"{side.value}_usual_{end}" for side in SIDES for end in ("low", "high")], NAN
)


def with_reviews(rows: pd.DataFrame, today: pd.DataFrame) -> pd.DataFrame:
    """A group's rows with what was reviewed of `today`, its counted mentions of the day.

    Only the row of the whole group has figures: a moment that was corrected to none has no
    reason or touchpoint left to count it under.
    """
    told = _figures(today)
    whole = rows["dimension"] == Dimension.ALL
    for name, empty in UNREVIEWED.items():
        values = [told[name] if mine else empty for mine in whole]
        rows[name] = pd.Series(values, rows.index, dtype="Int64" if empty is pd.NA else "float64")
    return rows


def reviewed_sources(today: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """A row of dimension source for each source of a group of which something was reviewed.

    They are compared with nothing, so a review moves no other figure of the day.
    """
    of_reviewed = today[_reviewed(today)]["found_by"].unique()
    return pd.DataFrame(
        [
            _row(str(name), today[today["found_by"] == name], coverage)
            for name in sorted(of_reviewed)
        ]
    )


def _row(source: str, today: pd.DataFrame, coverage: pd.DataFrame) -> dict[str, Any]:
    counts = {
        verdict.value: int(today["verdict"].eq(verdict).sum())
        for verdict in (*SIDES, Verdict.UNJUDGED)
    }
    authors = {
        f"{side.value}_authors": today.loc[today["verdict"] == side, "voice"].nunique()
        for side in SIDES
    }
    outcomes = coverage.loc[coverage["source"] == source, "outcome"]
    return {
        "group": today["group"].iloc[0],
        "dimension": Dimension.SOURCE.value,
        "value": source,
        "mentions": len(today),
        "compared_with": "",
        "spike": Spike.MUTED.value,
        "coverage": worst(outcomes) if NOT_ASKED not in set(outcomes) else NOT_ASKED,
        **counts,
        **authors,
        **_NOT_COMPARED,
        **_figures(today),
    }


def _figures(today: pd.DataFrame) -> dict[str, Any]:
    seen = today[_reviewed(today)]
    if seen.empty:
        return dict(UNREVIEWED)
    right = int(seen["own_verdict"].eq(seen["analyst_verdict"]).sum())
    return {"reviewed": len(seen), "right": right, "precision": round(right / len(seen), 4)}


def _reviewed(posts: pd.DataFrame) -> pd.Series:
    """Moments of ours on which an analyst gave a verdict."""
    return posts["own_verdict"].isin(SIDES)
