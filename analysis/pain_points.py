"""Why and where people are treated poorly, ranked, and whether it grows."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import scipy  # its statistics load when first used

from analysis.comparable import local_days, seen_whole, weeks_alike
from analysis.moment_counts import groups
from analysis.voices import voices
from data.dated_tables import PAIN_POINTS
from data.frames import as_declared
from data.vocabulary import Churn, SourceGroup, Touchpoint, Trend, Verdict

WEEK = timedelta(days=7)
RARE = 0.05
_KEY = ["reason", "touchpoint"]
_SHOWN = 3  # places


def pain_points(window: pd.DataFrame, log: pd.DataFrame, day: date, zone: ZoneInfo) -> pd.DataFrame:
    """Schema PAIN_POINTS of the seven days that end with `day`, the most told first.

    `window` is JUDGED with stories and places over fourteen days or more up to the day's end,
    `log` the COVERAGE_LOG of the same time. People are counted, not posts: one who tells it in
    ten comments is one.
    """
    told = _poor(window, zone)
    now = told["day"] > pd.Timestamp(day) - WEEK
    before = ~now & told["day"].gt(pd.Timestamp(day) - 2 * WEEK)
    table = _facts(told[now])
    alike = weeks_alike(seen_whole(log, zone), sorted(told["found_by"].unique()), day)
    fair = told["found_by"].isin(alike)
    table["people_before"] = _people(told[before]).reindex(table.index).fillna(0)
    pairs = pd.DataFrame({"now": _people(told[now & fair]), "before": _people(told[before & fair])})
    pairs = pairs.reindex(table.index).fillna(0).astype("int64")
    table["trend"] = [
        trend(*pair) if alike else Trend.UNKNOWN.value for pair in pairs.to_numpy().tolist()
    ]
    table = table.reset_index().sort_values(
        ["people", "leaving", "articles", *_KEY], ascending=[False, False, False, True, True]
    )
    table = table.assign(date=day.isoformat(), rank=range(1, len(table) + 1))
    return as_declared(table, PAIN_POINTS)


def trend(now: int, before: int) -> str:
    """Whether a count differs from the week before by more than luck (exact test of two counts)."""
    if now + before == 0 or scipy.stats.binomtest(now, now + before).pvalue >= RARE:
        return Trend.STEADY.value
    return Trend.RISING.value if now > before else Trend.FALLING.value


def _poor(window: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    poor = window[window["mention"] & window["verdict"].eq(Verdict.POOR) & ~window["deleted"]]
    return poor.assign(
        day=local_days(poor["dated_at"], zone),
        voice=voices(poor),
        touchpoint=poor["touchpoint"].replace("", Touchpoint.UNKNOWN.value),
        press=groups(poor["kind"]).eq(SourceGroup.PRESS),
    )


def _people(told: pd.DataFrame) -> pd.Series:
    """Different people per reason and touchpoint, papers not counted."""
    return told[~told["press"]].groupby(_KEY)["voice"].nunique()


def _facts(told: pd.DataFrame) -> pd.DataFrame:
    """What is known of each reason and touchpoint of the week, without its trend."""
    table = told.groupby(_KEY).agg(stories=("story", "nunique"), articles=("press", "sum"))
    table["people"] = _people(told)
    table["leaving"] = _people(told[told["churn"] == Churn.SAID])
    table = table.fillna({"people": 0, "leaving": 0})
    best = told.sort_values(["press", "confidence", "post_id"], ascending=[True, False, True])
    best = best.drop_duplicates(_KEY).set_index(_KEY)
    table["quote"], table["link"] = best["quote"], best["url"]
    table["places"] = _places(told)
    return table.fillna({"places": ""})


def _places(told: pd.DataFrame) -> pd.Series:
    """The places of each reason and touchpoint, with their people, the most told first."""
    named = told[told["place"].ne("") & ~told["press"]]
    people = named.groupby([*_KEY, "place"])["voice"].nunique().reset_index(name="people")
    people = people.sort_values(["people", "place"], ascending=[False, True])
    people["words"] = people["place"] + " " + people["people"].astype("str")
    return people.groupby(_KEY).head(_SHOWN).groupby(_KEY)["words"].agg(", ".join)
