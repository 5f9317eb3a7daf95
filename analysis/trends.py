"""How many moments a day had, per group of sources and by what they are about, against usual.

judged posts -> counted (group, dimension, value, day) -> the day's rows
             -> days to compare with -> usual range -> spike
"""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import scipy  # its statistics load when first used
from numpy.typing import NDArray

from analysis.baseline import surprise, usual_counts, usual_range
from analysis.comparable import Usual, seen_whole, usual_days
from analysis.moment_counts import DIMENSIONS, SIDES, by_dimension, counted
from analysis.rates import NAN, with_rates
from analysis.reviewed import reviewed_sources, with_reviews
from data.dated_tables import DAILY
from data.frames import as_declared
from data.vocabulary import NOT_ASKED, Dimension, SourceGroup, Spike, Verdict, worst

RARE = 0.01  # a group's whole count is called a spike falsely on one usual day in a hundred at most
PEOPLE = 3  # one angry author with three accounts of one event is not a trend
_KEY = ["group", "dimension", "value"]


def daily(
    history: pd.DataFrame, day: date, zone: ZoneInfo, coverage: pd.DataFrame, log: pd.DataFrame
) -> pd.DataFrame:
    """Schema DAILY of a day, from judged posts with places up to its end.

    `history` and `log` (COVERAGE_LOG) reach back as far as days are to be compared, eight weeks
    say; `coverage` is the day's COVERAGE table.
    """
    about = counted(history, zone)
    today = about[about["day"] == pd.Timestamp(day)]
    rows = _rows(today)
    whole = seen_whole(log, zone)
    parts = []
    for group in SourceGroup:
        mine = about[about["group"] == group]
        usual = usual_days(whole, sorted(mine["found_by"].unique()), day)
        part = _compared(rows[rows["group"] == group], mine, usual, pd.Timestamp(day))
        part = with_reviews(part, today[today["group"] == group])
        parts.append(part.assign(coverage=_coverage(coverage, about, mine)))
    table = _flagged(pd.concat(parts, ignore_index=True))
    table = _with_sources(table, today, coverage)
    table = with_rates(table, table["mentions"] - table["unjudged"])
    return as_declared(table.assign(date=day.isoformat()), DAILY)


def _rows(today: pd.DataFrame) -> pd.DataFrame:
    """The day's rows in the table's order, with counts; a group has one for all, be it empty."""
    long = by_dimension(today)
    table = pd.DataFrame(
        [(group, Dimension.ALL.value, "") for group in SourceGroup], columns=_KEY, dtype="str"
    )
    table = pd.concat([table, long.loc[long["value"] != "", _KEY].drop_duplicates()])
    keys = pd.MultiIndex.from_frame(table)
    for verdict in SIDES:
        mine = long[long["verdict"] == verdict].groupby(_KEY)
        table[verdict.value] = _at(mine.size(), keys)
        table[f"{verdict.value}_authors"] = _at(mine["voice"].nunique(), keys)
    for name, part in (("mentions", today), ("unjudged", today[today["verdict"].eq("unjudged")])):
        own = part.groupby(["group", "place"]).size()
        places = pd.MultiIndex.from_frame(table[["group", "value"]], names=["group", "place"])
        of_group = table["group"].map(part["group"].value_counts()).fillna(0)
        table[name] = np.where(table["dimension"] == Dimension.PLACE, _at(own, places), of_group)
    groups, order = [str(g) for g in SourceGroup], [str(d) for d in DIMENSIONS]
    rank = table.assign(g=table["group"].map(groups.index), d=table["dimension"].map(order.index))
    by = ["g", "d", "poor", "exceptional", "value"]
    return rank.sort_values(by, ascending=[True, True, False, False, True]).drop(columns=["g", "d"])


def _compared(
    rows: pd.DataFrame, mine: pd.DataFrame, usual: Usual, today: pd.Timestamp
) -> pd.DataFrame:
    """A group's rows with their usual ranges, and how surprising the day's counts are."""
    rows = rows.assign(compared_with=usual.words)
    long = by_dimension(mine[mine["found_by"].isin(usual.sources)])
    keys = pd.MultiIndex.from_frame(rows[["dimension", "value"]])
    for verdict in SIDES:
        names = [f"{verdict.value}_{name}" for name in ("usual_low", "usual_high", "surprise")]
        if not usual:
            rows = rows.assign(**dict.fromkeys(names, NAN))
            continue
        side = long[long["verdict"] == verdict]
        counts = side.groupby(["dimension", "value", "day"]).size().unstack("day", fill_value=0)
        counts = counts.reindex(index=keys, columns=usual.every.append(pd.DatetimeIndex([today])))
        counts = counts.fillna(0)
        mean, variance = usual_counts(counts[usual.every], usual.days)
        low, high = usual_range(mean, variance)
        rare = surprise(counts[today].to_numpy(float), mean, variance)
        rare[rows[f"{verdict.value}_authors"] < PEOPLE] = 1.0
        rows = rows.assign(**dict(zip(names, (low, high, rare), strict=True)))
    return rows


def _flagged(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its spikes; parts of a group are tested together, as they are many."""
    whole = table["dimension"] == Dimension.ALL
    spikes = {}
    for verdict in SIDES:
        chance = table[f"{verdict.value}_surprise"].copy()
        parts = chance[~whole & chance.notna()]
        chance[parts.index] = scipy.stats.false_discovery_control(parts) if len(parts) else parts
        spikes[verdict] = chance < RARE
    both = spikes[Verdict.POOR] & spikes[Verdict.EXCEPTIONAL]
    spike = pd.Series(Spike.NO.value, index=table.index, dtype="str")
    spike = spike.mask(spikes[Verdict.POOR], Spike.POOR.value)
    spike = spike.mask(spikes[Verdict.EXCEPTIONAL], Spike.EXCEPTIONAL.value)
    spike = spike.mask(both, Spike.BOTH.value)
    return table.assign(spike=spike.mask(table["poor_surprise"].isna(), Spike.MUTED.value))


def _with_sources(table: pd.DataFrame, today: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Each group's rows followed by those of its reviewed sources."""
    parts = [
        part
        for group in SourceGroup
        for part in (
            table[table["group"] == group],
            reviewed_sources(today[today["group"] == group], coverage),
        )
    ]
    return pd.concat([part for part in parts if not part.empty], ignore_index=True)


def _coverage(coverage: pd.DataFrame, about: pd.DataFrame, mine: pd.DataFrame) -> str:
    """The worst outcome of a group's sources; one that never brought anything may be of any."""
    unknown = ~coverage["source"].isin(about["found_by"].unique())
    own = coverage["source"].isin(mine["found_by"].unique())
    outcomes = coverage.loc[own | unknown, "outcome"]
    return NOT_ASKED if NOT_ASKED in set(outcomes) else worst(outcomes)


def _at(counts: pd.Series, keys: pd.MultiIndex) -> NDArray[np.int64]:
    """The counts at these keys, 0 where there are none."""
    return counts.reindex(keys).fillna(0).to_numpy(np.int64)
