"""The two weeks of posts that stories are looked for in."""

from datetime import date, datetime, timedelta

import pandas as pd

from analysis.places import with_places
from analysis.replies import with_replies
from analysis.stories import with_stories
from data.ledger import Ledger
from flows.days import bounds
from flows.watchlist import WatchedBrand, Watchlist

STORY_WINDOW = timedelta(days=14)  # a story nobody tells of for so long is over


def window_of(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, day: date, until: datetime
) -> pd.DataFrame:
    """JUDGED with places, stories and replies: the weeks before a local day, and it up to then."""
    start, _ = bounds(day, watchlist.zone(brand))
    posts = with_places(ledger.judged(brand.name, start - STORY_WINDOW, until), brand.places)
    known = _known(brand, ledger, day)
    return with_replies(with_stories(posts, until, brand.record(), known), brand.record())


def remember_stories(brand: WatchedBrand, ledger: Ledger, day: date, window: pd.DataFrame) -> None:
    """Keep the names that the day's `window` tells stories under, for the days after it."""
    known = _known(brand, ledger, day)
    told = window[window["story"] != ""]
    named = dict(zip(told["post_id"], told["story"], strict=True))
    new = {post: story for post, story in named.items() if known.get(post) != story}
    ledger.note_names(brand.name, day, new)


def _known(brand: WatchedBrand, ledger: Ledger, day: date) -> dict[str, str]:
    return ledger.names_before(brand.name, day, day - STORY_WINDOW)
