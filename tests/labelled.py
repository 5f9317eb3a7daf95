"""The example week as frames, with its readers' labels as the judge's verdicts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pandas as pd

from analysis.places import with_places
from data.frames import frame
from data.schemas import JUDGED
from data.vocabulary import SourceGroup
from example.texts import Text, read_week
from example.world import TIME_ZONE, World

PLACES = ("Port Ellery", "Saltmarsh", "Harrow Quay", "Wendle Cross", "Brackenford")
_KINDS = {"t3": "post", "t1": "comment"}
_SOURCES = {
    "courier": "port-ellery-courier", "echo": "saltmarsh-echo", "ledger": "national-ledger",
    "markets": "markets-wire", "pressroom": "press-room", "news": "news-search",
    "reviews": "store-reviews",
}  # fmt: skip


def bounds(day: date) -> tuple[datetime, datetime]:
    """The instants at which a day of the week begins and ends."""
    start = datetime(day.year, day.month, day.day, tzinfo=TIME_ZONE)
    end = datetime(day.year, day.month, day.day + 1, tzinfo=TIME_ZONE)
    return start.astimezone(UTC), end.astimezone(UTC)


@cache
def week(until: datetime) -> pd.DataFrame:
    """JUDGED up to `until` as the labels have it, with stories, the brand's answers and places."""
    texts = [text.as_of(until) for text in read_week() if text.appears_at < until]
    rows = [_row(text) for text in texts]
    window = frame([[row[name] for name in JUDGED.columns] for row in rows], JUDGED)
    labels = {_post_id(text): text for text in texts}
    window = _with_stories(window, labels, until)
    return with_places(_with_replies(window, labels), PLACES)
