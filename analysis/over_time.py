"""Each day of the last weeks: how many moments, what share, was it a spike, was it seen.

The told day is judged in trends.py; here the days behind it are judged by the same rules, so that
a picture of the weeks and the told day's table do not disagree.
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
_WORDS = {0: Spike.NO, 1: Spike.POOR, 2: Spike.EXCEPTIONAL, 3: Spike.BOTH}


def over_time(
    history: pd.DataFrame, log: pd.DataFrame, coverage: pd.DataFrame, day: date, zone: ZoneInfo
) -> pd.DataFrame:
    """Schema OVER_TIME, from the day the first source was asked, eight weeks at most.

    `history` are judged posts with places, `log` is COVERAGE_LOG in the order of time, both up to
    the day's end; `coverage` is the day's COVERAGE table, whose sources are watched today.
    """
    about, whole, today = counted(history, zone), seen_whole(log, zone), pd.Timestamp(day)
    first = min(whole.index.min(), today) if len(whole) else today
    days = pd.date_range(max(first, today - SPAN), today, unit="us")
    unseen = _unseen(log, whole, list(coverage["source"]), days, zone)
    quiet = set(unseen) - set(about["found_by"])  # what they hide may belong to any group
    parts = []
    for group in SourceGroup:
        mine = about[about["group"] == group]
        if len(mine):
            part = _days(mine, days).assign(group=group.value, spike=_spikes(mine, whole, days))
            own = unseen[[name for name in unseen if name in {*mine["found_by"], *quiet}]]
            parts.append(part.assign(blind=[", ".join(own.columns[row]) for row in own.to_numpy()]))
    if not parts:
        parts = [_days(about, days[:0]).assign(group="", spike="", blind="")]
    table = pd.concat(parts, ignore_index=True)
    return as_declared(with_rates(table, table["mentions"]), OVER_TIME)


def _days(mine: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """A row per day with its counts; what could not be judged is not counted."""
    counts = mine.groupby(["day", "verdict"]).size().unstack("verdict", fill_value=0)
    counts = counts.reindex(index=days, columns=[str(v) for v in Verdict], fill_value=0)
    counts["mentions"] = counts.drop(columns=Verdict.UNJUDGED.value).sum(axis=1)
    return counts.rename_axis("day").reset_index()


def _unseen(
    log: pd.DataFrame,
    whole: pd.DataFrame,
    watched: list[str],
    days: pd.DatetimeIndex,
    zone: ZoneInfo,
) -> pd.DataFrame:
    """Per day and source: it was watched and did not show all of the day.

    A source is watched from its first asking on, and where it is not in today's watchlist any
    more, up to its last.
    """
    names = list(dict.fromkeys([*watched, *log["source"]]))
    asked = local_days(log["at"], zone).groupby(log["source"]).agg(["min", "max"]).reindex(names)
    asked.loc[watched, "max"] = days[-1]
    asked["min"] = asked["min"].fillna(days[-1])
    seen = whole.reindex(index=days, columns=names, fill_value=False)
    grid = {
        name: (days >= span["min"]) & (days <= span["max"]) & ~seen[name]
        for name, span in asked.iterrows()
    }
    return pd.DataFrame(grid, index=days, columns=names, dtype=bool)


def _spikes(mine: pd.DataFrame, whole: pd.DataFrame, days: pd.DatetimeIndex) -> list[str]:
    """Per day which verdicts were more than usual; asked only where enough people told them."""
    marks = dict.fromkeys(days, 0)
    sources = sorted(mine["found_by"].unique())
    for bit, verdict in enumerate(SIDES):
        side = mine[mine["verdict"] == verdict]
        people = side.groupby("day")["voice"].nunique()
        for day in people.index[people >= PEOPLE].intersection(days):
            marks[day] |= _is_spike(side, sources, whole, day) << bit
    return [_WORDS[mark].value for mark in marks.values()]


def _is_spike(
    side: pd.DataFrame, sources: list[str], whole: pd.DataFrame, day: pd.Timestamp
) -> bool:
    usual = usual_days(whole, sources, day.date())
    if not usual:
        return False
    compared = side.loc[side["found_by"].isin(usual.sources), "day"].value_counts()
    counts = compared.reindex(usual.every, fill_value=0).to_frame().T
    mean, variance = usual_counts(counts, usual.days)
    today = np.array([compared.get(day, 0)], dtype=float)
    return bool(surprise(today, mean, variance)[0] < RARE)
