"""The day's moments as an analyst reads them."""

from zoneinfo import ZoneInfo

import pandas as pd

from data.dated_tables import MOMENTS
from data.vocabulary import Verdict
from reports.links import clickable
from reports.pseudonyms import pseudonyms

_ORDER = {Verdict.POOR.value: 0, Verdict.EXCEPTIONAL.value: 1}  # what needs an answer comes first


def moments(told: pd.DataFrame, zone: ZoneInfo, key: bytes) -> pd.DataFrame:
    """Schema MOMENTS from a day's judged posts with their stories and replies.

    Only exceptional and poor ones; poor first, the surest first within each.
    """
    table = told[told["verdict"].isin(list(_ORDER))].copy()
    local = table["dated_at"].dt.tz_convert(zone)
    table["date"] = local.dt.strftime("%Y-%m-%d")
    table["time"] = local.dt.strftime("%H:%M")
    table["confidence"] = table["confidence"].round(3)
    for moment in ("story_first_seen", "story_last_seen"):
        table[moment] = table[moment].dt.tz_convert(zone).dt.strftime("%Y-%m-%d %H:%M")
    table["author"] = pseudonyms(table["source"], table["author"], key)
    table["link"] = clickable(table["url"])
    table["source"] = table["found_by"]
    rank = table["verdict"].map(_ORDER)
    table = table.assign(rank=rank).sort_values(
        ["rank", "confidence", "post_id"], ascending=[True, False, True], kind="stable"
    )
    dtypes = {name: column.dtype.type for name, column in MOMENTS.columns.items()}
    return table[list(MOMENTS.columns)].astype(dtypes).reset_index(drop=True)
