"""Telling the ledger's days as dated tables: same ledger in, same bytes out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from analysis.replies import with_replies
from analysis.stories import with_stories

from analysis.trends import daily
from data.ledger import Ledger
from flows.watchlist import WatchedBrand, Watchlist
from reports.coverage import coverage
from reports.dated import Day, write_day

STORY_WINDOW = timedelta(days=14)  # what is told two weeks later is told as a story of its own


@dataclass(frozen=True, slots=True)
class Told:
    """Which days were told again and which files that changed."""

    days: tuple[date, ...]
    changed: tuple[Path, ...]


def tell(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> Told:
    """Rewrite the tables of every day since the earliest change, up to the run's day.

    Raises OSError where a table cannot be written; the next run then tells the days again.
    """
    since = ledger.untold_since(brand.name)
    if since is None:
        return Told((), ())
    zone = watchlist.zone(brand)
    days: list[date] = []
    changed: list[Path] = []
    for day in days_between(since, now, zone):
        told = day_of(watchlist, brand, ledger, day)
        if (
            told.told.empty
            and not told.coverage["seen"].any()
            and told.coverage.failures.eq(0).all()
        ):
            continue  # nothing was known or asked that day
        changed += write_day(told, watchlist.tables, ledger.pseudonym_key())
        days.append(day)
    ledger.told(brand.name, since)
    return Told(tuple(days), tuple(changed))


def day_of(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, day: date) -> Day:
    """Everything told of a brand's local day, as known at its end."""
    zone = watchlist.zone(brand)
    start, end = bounds(day, zone)
    window = ledger.judged(brand.name, start - STORY_WINDOW, end)
    window = with_replies(with_stories(window, end), brand.record())
    told = window[window["dated_at"] >= start].reset_index(drop=True)
    names = [source.name for source in watchlist.sources_of(brand)]
    covered = coverage(ledger.coverage(brand.name, start, end), told, names, day, zone)
    return Day(brand.name, day, zone, told, daily(window, day, zone, covered), covered)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which a local day begins and the next one does."""
    start = datetime.combine(day, time.min, zone)
    end = datetime.combine(day + timedelta(days=1), time.min, zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def days_between(since: datetime, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The local days from one instant to another, both included."""
    day, last = since.astimezone(zone).date(), now.astimezone(zone).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
