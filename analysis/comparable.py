"""Which days may be compared with which: only what the same sources saw in whole.

A source that was added, throttled or blind changes the counts without anything having happened.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.vocabulary import SEEN, Outcome

ENOUGH = 4  # days: with fewer a usual range says more of its own width than of the brand
WEEKEND = 5  # Saturday is weekday 5


@dataclass(frozen=True, slots=True)
class Usual:
    """The days that a day is compared with, and through which sources."""

    sources: tuple[str, ...]
    days: pd.DatetimeIndex  # of the same sort: the weekday, else working days or weekends
    every: pd.DatetimeIndex  # of any sort, from which the scatter is learned
    words: str  # "8 Tuesdays; without courier, not seen in whole"

    def __bool__(self) -> bool:
        return len(self.days) >= ENOUGH


def seen_whole(log: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """A row per local day and a column per source: did its last asking bring all of the day?

    `log` is COVERAGE_LOG in the order of time. A truncated listing is not made good by a later
    asking, since what was cut off is not asked for again.
    """
    day = local_days(log["at"], zone)
    last = log["outcome"].isin(SEEN).groupby([day, log["source"]]).last()
    cut = log["outcome"].eq(Outcome.TRUNCATED).groupby([day, log["source"]]).any()
    whole = last & ~cut
    return whole.unstack(fill_value=False).astype(bool)


def usual_days(whole: pd.DataFrame, sources: list[str], day: date) -> Usual:
    """What the day is compared with: days before it that the same sources saw in whole.

    Sources that did not see the day in whole, or hardly any day before it, are left out on both
    sides and named. `whole` is what `seen_whole` gives, up to the day.
    """
    today = pd.Timestamp(day)
    known = whole.reindex(columns=sources, fill_value=False)
    before = known[known.index < today]
    now = known.loc[today] if today in known.index else pd.Series(False, index=sources)
    blind = [source for source in sources if not now[source]]
    new = [source for source in sources if now[source] and before[source].sum() < ENOUGH]
    kept = [source for source in sources if source not in (*blind, *new)]
    every = pd.DatetimeIndex(before.index[before[kept].all(axis=1)]) if kept else before.index[:0]
    days, sort = _like(pd.DatetimeIndex(every), today)
    enough = len(days) >= ENOUGH
    words = [f"{len(days)} {sort}" if enough else "too few days seen to compare with"]
    words += [f"without {source}, not seen in whole" for source in blind]
    words += [
        f"without {source}, seen on {before[source].sum()} days only" for source in new if enough
    ]
    return Usual(tuple(kept), days, pd.DatetimeIndex(every), "; ".join(words))


def _like(every: pd.DatetimeIndex, today: pd.Timestamp) -> tuple[pd.DatetimeIndex, str]:
    """Days of the same weekday where there are enough, else of the same half of the week."""
    same = every[every.day_of_week == today.weekday()]
    if len(same) >= ENOUGH:
        return same, f"{today:%A}s"
    weekend = today.weekday() >= WEEKEND
    alike = every[np.asarray(every.day_of_week >= WEEKEND) == weekend]
    return alike, "weekend days" if weekend else "working days"


def local_days(moments: pd.Series, zone: ZoneInfo) -> pd.Series:
    """The local day of each moment, as its midnight without a zone."""
    local: pd.Series = moments.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    return local


def weeks_alike(whole: pd.DataFrame, sources: list[str], day: date) -> list[str]:
    """The sources that saw the last seven days and the seven before about equally well."""
    days = pd.date_range(end=pd.Timestamp(day), periods=14)
    seen = whole.reindex(index=days, columns=sources, fill_value=False)
    before, now = seen.iloc[:7].sum(), seen.iloc[7:].sum()
    return [source for source in sources if min(before[source], now[source]) >= 6]
