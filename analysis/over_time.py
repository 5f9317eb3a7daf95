"""Each day of the last weeks: how many moments, what share, was it a spike, was it seen.

The told day itself is judged in trends.py; here the days behind it are judged by the same rules,
so that a picture of the weeks and the told day's table never disagree.
"""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analysis.baseline import surprise, usual_counts
from analysis.comparable import local_days, seen_whole, usual_days
from analysis.moment_counts import SIDES, counted
from analysis.rates import with_rates
from analysis.trends import PEOPLE, RARE
from data.frames import as_declared
from data.over_time import OVER_TIME
from data.vocabulary import SourceGroup, Spike, Verdict

SPAN = timedelta(days=55)  # eight weeks with the told day


def over_time(
    history: pd.DataFrame, log: pd.DataFrame, coverage: pd.DataFrame, day: date, zone: ZoneInfo
) -> pd.DataFrame:
    """Schema OVER_TIME, from the day the first source was asked, eight weeks at most.

    `history` are judged posts with places, `log` is COVERAGE_LOG in the order of time, both up to
    the day's end; `coverage` is the day's COVERAGE table, whose sources are watched today.
    """
    about, whole = counted(history, zone), seen_whole(log, zone)
    days = _days(whole, pd.Timestamp(day))
    blind = _blind(log, list(coverage["source"]), days, zone)
    parts = [
        _group(about[about["group"] == group], group, whole, blind, days)
        for group in SourceGroup
        if about["group"].eq(group).any()
    ]
    table = pd.concat(parts or [_group(about, SourceGroup.POSTS, whole, blind, days[:0])])
    return as_declared(with_rates(table, table["mentions"]), OVER_TIME)


def _days(whole: pd.DataFrame, today: pd.Timestamp) -> pd.DatetimeIndex:
    first = whole.index.min() if len(whole) else today
    return pd.date_range(max(min(first, today), today - SPAN), today)


def _group(
    mine: pd.DataFrame,
    group: SourceGroup,
    whole: pd.DataFrame,
    blind: pd.DataFrame,
    days: pd.DatetimeIndex,
) -> pd.DataFrame:
    """A row per day of the group, without its rates."""
    judged = mine[mine["verdict"] != Verdict.UNJUDGED]
    table = pd.DataFrame({"group": group.value, "day": days, "mentions": _per_day(judged, days)})
    for verdict in SIDES:
        table[verdict.value] = _per_day(mine[mine["verdict"] == verdict], days)
    table["spike"] = _spikes(mine, whole, days)
    # A source that brought nothing yet may have hidden anything.
    silent = ~blind.columns.isin(_everybody(mine))
    unseen = blind.loc[days, blind.columns.isin(mine["found_by"]) | silent]
    table["blind"] = [", ".join(unseen.columns[row]) for row in unseen.to_numpy(bool)]
    return table
