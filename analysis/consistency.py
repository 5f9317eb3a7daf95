"""How evenly people are treated: do days, places and touchpoints scatter beyond chance?

Customers leave where service fluctuates, so an average hides what matters. A story counts once,
however many tell it: forty posts about one bad hour are not forty bad hours.
"""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import scipy  # its statistics load when first used
from numpy.typing import NDArray

from analysis.comparable import local_days
from analysis.moment_counts import groups
from analysis.rates import NAN, with_rates
from analysis.voices import voices
from data.dated_tables import CONSISTENCY
from data.frames import as_declared
from data.vocabulary import Dimension, SourceGroup, Standing, Touchpoint, Verdict

RARE = 0.05  # of the values called different, so many are by luck
LEAST = 5  # stories: a value with fewer is not tested, and not part of the scatter
PEOPLE = 3  # voices behind the poor ones before a value is called worse
# Tables with cells this small have no chi-square distribution; theirs is drawn by shuffling.
_SHUFFLES = 4999
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
_TESTED = (Dimension.DAY, Dimension.PLACE, Dimension.TOUCHPOINT)


def consistency(window: pd.DataFrame, day: date, zone: ZoneInfo) -> pd.DataFrame:
    """Schema CONSISTENCY, from two weeks of judged posts with stories and places up to the day."""
    told = _told(window, zone)
    parts = [
        _compared(told[told["group"] == group], dimension).assign(group=group.value)
        for group in (SourceGroup.POSTS, SourceGroup.REVIEWS)  # papers choose what they tell
        for dimension in _TESTED
    ]
    table = pd.concat(parts, ignore_index=True)
    table = with_rates(table, table["stories"], Verdict.POOR)
    return as_declared(table.assign(date=day.isoformat()), CONSISTENCY)


def _told(window: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """The mentions with group, day and voice; a post of no story is one of its own."""
    about = window[window["mention"] & window["verdict"].ne(Verdict.UNJUDGED)]
    return pd.DataFrame(
        {
            "group": groups(about["kind"]).astype("str"),
            "story": about["story"].where(about["story"] != "", about["post_id"]),
            "day": local_days(about["dated_at"], zone).dt.strftime("%Y-%m-%d"),
            "place": about["place"],
            "touchpoint": about["touchpoint"].replace(Touchpoint.UNKNOWN.value, ""),
            "poor": about["verdict"].eq(Verdict.POOR),
            "moment": about["verdict"].ne(Verdict.NEITHER),
            "voice": voices(about),
        }
    )


def _compared(told: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """The row of all values together, then a row per value, the least likely first."""
    values = _values(told, dimension)
    poor, stories = values["poor"].to_numpy(), values["stories"].to_numpy()
    rest_poor, rest = poor.sum() - poor, stories.sum() - stories
    values["p"] = _chances(poor, stories, rest_poor, rest)
    worse = poor * rest > rest_poor * stories
    shown = values["p"].lt(RARE) & (~worse | values["voices"].ge(PEOPLE))
    standing = np.where(worse, Standing.WORSE.value, Standing.BETTER.value)
    values["stands_out"] = np.where(shown, standing, Standing.NO.value)
    values["told"] = [
        f"{n} of {of} poor, elsewhere {n_else} of {of_else}"
        for n, of, n_else, of_else in zip(poor, stories, rest_poor, rest, strict=True)
    ]
    together = _together(values, dimension)
    values = values.sort_values(["p", "poor", "value"], ascending=[True, False, True])
    return pd.concat([together, values], ignore_index=True).assign(dimension=dimension.value)


def _chances(poor: Counts, stories: Counts, rest_poor: Counts, rest: Counts) -> Floats:
    """The chance of each value's difference from the rest, corrected for how many are asked.

    NaN where the value or the rest has too few stories.
    """
    chances = np.full(len(poor), NAN)
    asked = (stories >= LEAST) & (rest >= LEAST)
    cells = np.stack([poor, stories - poor, rest_poor, rest - rest_poor], axis=1)[asked]
    if asked.any():
        found = [scipy.stats.fisher_exact(cell.reshape(2, 2)).pvalue for cell in cells]
        chances[asked] = scipy.stats.false_discovery_control(found).round(4)
    return chances


def _together(values: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """The row of how all values scatter; those of very few stories would only add noise."""
    tested = values[values["stories"] >= LEAST]
    scatter, chance = scattered(tested["poor"].to_numpy(), tested["stories"].to_numpy())
    row = {
        "value": "",
        "stands_out": Standing.NO.value,
        "told": _words(scatter, chance, f"{len(tested)} {dimension}s"),
        "stories": values["stories"].sum(),
        "poor": values["poor"].sum(),
        "p": round(chance, 4),
        "scatter": round(scatter, 2),
    }
    return pd.DataFrame([row])


def _values(told: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """Stories and poor ones per value: each story once, a day's where it began."""
    named = told.assign(value=told[dimension.value])
    named = named[named["value"] != ""]
    if dimension == Dimension.TOUCHPOINT:
        named = named[named["moment"]]  # only moments have a touchpoint
    if dimension == Dimension.DAY:
        named["value"] = named.groupby("story")["value"].transform("min")
    stories = named.groupby(["value", "story"])["poor"].any().groupby("value")
    table = stories.agg(stories="size", poor="sum")
    table["voices"] = named[named["poor"]].groupby("value")["voice"].nunique()
    return table.fillna({"voices": 0}).astype("int64").reset_index()


def scattered(poor: Counts, stories: Counts) -> tuple[float, float]:
    """How many times more than by chance the shares scatter, and the chance of so much by luck.

    NaN where there are not two shares to compare, or all are nought or one.
    """
    if len(poor) < 2 or poor.sum() in (0, stories.sum()):
        return NAN, NAN
    cells = np.column_stack([poor, stories - poor])
    shuffled = scipy.stats.MonteCarloMethod(n_resamples=_SHUFFLES, rng=np.random.default_rng(0))
    test = scipy.stats.chi2_contingency(cells, correction=False, method=shuffled)
    return float(test.statistic) / (len(poor) - 1), float(test.pvalue)


def _words(scatter: float, chance: float, values: str) -> str:
    if np.isnan(scatter):
        return "too few to compare"
    if chance < RARE:
        return f"{values} scatter {scatter:.1f} times as much as by chance"
    return f"{values} scatter no more than by chance"
