"""The day's moments as an analyst reads them."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.dated_tables import MOMENTS
from data.frames import arrow_of, as_declared, texts_of
from data.vocabulary import Verdict
from reports.links import clickable
from reports.pseudonyms import pseudonyms

_READ = ("dated_at", "url", "found_by")  # what some of its columns are made of
_MOMENTS = (Verdict.POOR.value, Verdict.EXCEPTIONAL.value)

_TO_THE_MINUTE = len("2026-11-03 14:05")


def moments(told: pd.DataFrame, zone: ZoneInfo, key: bytes) -> pd.DataFrame:
    """Schema MOMENTS from a day's judged posts with their stories and replies.

    Only exceptional and poor ones; poor first, the surest first within each.
    """
    shown = [name for name in told if name in MOMENTS.columns or name in _READ]
    table = told[shown].iloc[_in_order(told)]
    said = _said(table["dated_at"], zone)
    table["date"], table["time"] = said.str[:10], said.str[11:]
    table["confidence"] = table["confidence"].round(3)
    for moment in ("story_first_seen", "story_last_seen"):
        table[moment] = _said(table[moment], zone)
    table["author"] = pseudonyms(table["source"], table["author"], key)
    table["link"] = clickable(table["url"])
    table["source"] = table["found_by"]
    return as_declared(table, MOMENTS)


def _in_order(told: pd.DataFrame) -> NDArray[np.int64]:
    """The places of moments, in the order in which they are told."""
    at: NDArray[np.int64] = np.flatnonzero(told["verdict"].isin(_MOMENTS))
    moments = told[["verdict", "confidence", "post_id"]].iloc[at]
    is_last = moments["verdict"].ne(Verdict.POOR).to_numpy()  # what needs an answer comes first
    keys = [is_last, moments["confidence"].round(3), arrow_of(moments["post_id"])]
    ways = [("verdict", "ascending"), ("confidence", "descending"), ("post_id", "ascending")]
    order = pc.sort_indices(pa.table(keys, [name for name, _ in ways]), ways)
    places: NDArray[np.int64] = at[order.to_numpy()]
    return places


def _said(moments: pd.Series, zone: ZoneInfo) -> pd.Series:
    """Moments as local time, "2026-11-03 14:05"; many times as fast as `strftime`."""
    local = moments.dt.tz_convert(zone).dt.tz_localize(None)
    words = arrow_of(local).cast(pa.large_string())
    return texts_of(pc.utf8_slice_codeunits(words, 0, _TO_THE_MINUTE), moments.index)
