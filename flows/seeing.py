"""What there is to act on now: the stories and sources behind all that is told to people."""

from datetime import datetime, timedelta

from analysis.delights import delights
from analysis.escalation import escalations
from analysis.sightings import blind_sources, poor_stories, praised_stories
from analysis.story_table import story_table
from data.incident_records import MessageKind, Sighting
from data.ledger import Ledger
from flows.collect import LOOK_BACK
from flows.days import bounds
from flows.watchlist import WatchedBrand, Watchlist
from flows.window import STORY_WINDOW, window_of

DAY = timedelta(hours=24)


def seen_now(
    watchlist: Watchlist,
    brand: WatchedBrand,
    ledger: Ledger,
    now: datetime,
    decided: datetime | None,
) -> dict[MessageKind, list[Sighting]]:
    """What there is to act on, under the same stories as the tables of the day tell.

    `decided` is when this was last asked. A resolution is news since the day before, or since
    then if that is earlier: quiet hours may hold it back, and a day may pass without a run.
    """
    zone = watchlist.zone(brand)
    until = now + timedelta(microseconds=1)  # what is dated now is seen now
    day = now.astimezone(zone).date()
    today = bounds(day, zone)[0]
    window = window_of(watchlist, brand, ledger, day, until)
    stories = story_table(window, until)
    escalated = escalations(stories, min(today, decided or today) - DAY, until, zone)
    shared = delights(window, stories, today - STORY_WINDOW, until)
    log = ledger.coverage(brand.name, now - LOOK_BACK, until)
    names = [source.name for source in watchlist.sources_of(brand)]
    return {
        MessageKind.ESCALATION: poor_stories(brand.name, escalated, window),
        MessageKind.PRAISE: praised_stories(brand.name, shared, window),
        MessageKind.BLIND: blind_sources(brand.name, log[log["source"].isin(names)]),
    }
