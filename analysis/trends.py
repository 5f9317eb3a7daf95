"""How many moments a day had, with intervals that are honest about small counts."""

from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd
from scipy.stats import binomtest

from data.dated_tables import DAILY
from data.vocabulary import NOT_ASKED, Kind, SourceGroup, Verdict, worst

GROUP_OF_KIND = {
    Kind.POST: SourceGroup.POSTS,
    Kind.COMMENT: SourceGroup.POSTS,
    Kind.REPLY: SourceGroup.POSTS,
    Kind.REVIEW: SourceGroup.REVIEWS,
    Kind.ARTICLE: SourceGroup.PRESS,
}


def daily(window: pd.DataFrame, day: date, zone: ZoneInfo, coverage: pd.DataFrame) -> pd.DataFrame:
    """Schema DAILY: a row per group of sources, from judged posts up to the day's end.

    `coverage` is the day's COVERAGE table; the window before the day only tells which groups a
    source that was blind all day belongs to.
    """
    about = window[window["mention"]]
    about = about.assign(group=about["kind"].map(GROUP_OF_KIND))
    today = about[about["dated_at"].dt.tz_convert(zone).dt.date == day]
    rows = []
    for group in SourceGroup:
        brought = set(about.loc[about["group"] == group, "found_by"])
        unknown = ~coverage["source"].isin(about["found_by"])
        outcomes = coverage.loc[coverage["source"].isin(brought) | unknown, "outcome"]
        rows.append(_row(today[today["group"] == group], day, group, _worst_asked(outcomes)))
    dtypes = {name: column.dtype.type for name, column in DAILY.columns.items()}
    return pd.DataFrame(rows, columns=list(DAILY.columns)).astype(dtypes)


def _worst_asked(outcomes: pd.Series) -> str:
    return NOT_ASKED if NOT_ASKED in set(outcomes) else worst(outcomes)


def _row(
    about: pd.DataFrame, day: date, group: SourceGroup, coverage: str
) -> dict[str, object]:
    counts = about["verdict"].value_counts()
    unjudged = int(counts.get(Verdict.UNJUDGED, 0))
    row: dict[str, object] = {
        "date": day.isoformat(),
        "group": group.value,
        "mentions": len(about),
        "unjudged": unjudged,
        "coverage": coverage,
    }
    for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL):
        count = int(counts.get(verdict, 0))
        rate, low, high = wilson(count, len(about) - unjudged)
        name = f"{verdict.value}_rate"
        row |= {verdict.value: count, name: rate, f"{name}_low": low, f"{name}_high": high}
    return row


def wilson(count: int, of: int) -> tuple[float, float, float]:
    """The share and its 95 % Wilson interval, rounded to 4 digits; NaN of nothing."""
    if of == 0:
        return (float("nan"),) * 3
    interval = binomtest(count, of).proportion_ci(method="wilson")
    return round(count / of, 4), round(interval.low, 4), round(interval.high, 4)
