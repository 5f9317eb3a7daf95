"""Exceptional stories worth sharing with the front line: who did what, and why it is special."""

from datetime import datetime
from typing import Any

import pandas as pd

from analysis.escalation_rules import Rules, load_rules
from analysis.story_table import story_table
from data.frames import as_declared
from data.schemas import SHARED
from data.vocabulary import Reason, Status, Verdict

FULL = 80  # characters of a quote that tells what was done; "Lovely staff, thank you" has fewer
SEVERAL = 3  # voices
_DONE = {
    Reason.BEYOND: "went beyond",
    Reason.OWNED: "owned it",
    Reason.SOLVED: "solved it",
    Reason.WARM: "warm",
    Reason.FAST: "fast",
}


def delights(
    window: pd.DataFrame,
    stories: pd.DataFrame,
    since: datetime,
    until: datetime,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Schema SHARED: exceptional stories told on the day [since, until), the best first.

    `window` is what `story_table` takes and `stories` what it gave. A poor story is among them
    once it is resolved, for how it was put right. Quote, persons, reason and place are those of
    the exceptional moments only.
    """
    rules = rules or load_rules()
    praised = window[window["verdict"] == Verdict.EXCEPTIONAL]
    today = praised.loc[praised["dated_at"] >= since, "story"]
    put_right = stories.loc[stories["status"] == Status.RESOLVED, "story"]
    well = stories.loc[stories["verdict"] == Verdict.EXCEPTIONAL, "story"]
    chosen = praised["story"].isin(today) & praised["story"].isin([*well, *put_right])
    table = story_table(praised[chosen], until)
    worth = worthy(table, table["story"].isin(put_right))
    points = pd.Series(rules.delights.points).reindex(worth.columns, fill_value=0)
    table["points"] = worth.to_numpy() @ points.to_numpy()
    table["why"] = [_why(row) for row in pd.concat([table, worth], axis=1).itertuples()]
    kept = table[table["points"] >= rules.delights.least].sort_values(
        ["points", "reach", "story"], ascending=[False, False, True]
    )
    return as_declared(kept, SHARED)


def worthy(table: pd.DataFrame, put_right: pd.Series) -> pd.DataFrame:
    """What is said for sharing each story, a boolean column per name in the rules' points."""
    said = {reason.value: table["reason"].eq(reason) for reason in (*_DONE, Reason.PRAISE)}
    return pd.DataFrame(
        said
        | {
            "named": table["person"].ne(""),
            "told_in_full": table["quote"].str.len().ge(FULL),
            "by_press": table["in_press"],
            "several_tell": table["authors"].ge(SEVERAL),
            "reach_100": table["reach"].ge(100),
            "reach_1000": table["reach"].ge(1000),
            "reach_10000": table["reach"].ge(10_000),
            "put_right": put_right,
        }
    )


def _why(row: Any) -> str:
    facts = [
        _DONE.get(row.reason, ""),
        f"names {row.person}" if row.person else "",
        "put right after a poor start" if row.put_right else "",
        "in the press" if row.in_press else "",
        f"{row.authors} tell it" if row.several_tell else "",
        f"{row.reach} reactions" if row.reach_100 else "",
    ]
    return "; ".join(fact for fact in facts if fact)
