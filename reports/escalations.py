"""What needs an answer and what deserves to be shared, in the brand's local time."""

from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from data.dated_tables import DELIGHTS, ESCALATIONS
from data.frames import as_declared
from reports.links import clickable

_TIMES = ("due", "first_seen", "last_seen", "press_since")


def escalations_table(escalated: pd.DataFrame, day: date, zone: ZoneInfo) -> pd.DataFrame:
    """Schema ESCALATIONS from schema ESCALATED, in its order."""
    return as_declared(_local(escalated, day, zone), ESCALATIONS)


def delights_table(shared: pd.DataFrame, day: date, zone: ZoneInfo) -> pd.DataFrame:
    """Schema DELIGHTS from schema SHARED, in its order."""
    return as_declared(_local(shared, day, zone), DELIGHTS)


def _local(stories: pd.DataFrame, day: date, zone: ZoneInfo) -> pd.DataFrame:
    times = {
        name: stories[name].dt.tz_convert(zone).dt.strftime("%Y-%m-%d %H:%M").fillna("")
        for name in _TIMES
        if name in stories
    }
    links = {"link": clickable(stories["quote_url"]), "original": clickable(stories["url"])}
    return stories.assign(date=day.isoformat(), **times, **links)
