"""What a page is made of."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from data.vocabulary import Priority, Status

OPEN = (Status.NEW, Status.ONGOING, Status.REOPENED)
URGENT = (Priority.P1, Priority.P2)


@dataclass(frozen=True, slots=True)
class Shown:
    """One brand's local day, in the frames that its tables are written from."""

    brand: str
    day: date
    zone: ZoneInfo
    moments: pd.DataFrame  # schema MOMENTS
    posts: pd.DataFrame  # two weeks of judged posts with story, reply and place
    daily: pd.DataFrame  # schema DAILY
    over_time: pd.DataFrame  # schema OVER_TIME
    coverage: pd.DataFrame  # schema COVERAGE
    escalated: pd.DataFrame  # schema ESCALATED
    shared: pd.DataFrame  # schema SHARED
    consistency: pd.DataFrame  # schema CONSISTENCY
    pain_points: pd.DataFrame  # schema PAIN_POINTS
