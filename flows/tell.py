"""Telling the ledger's days as dated tables: same ledger in, same bytes out."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd

from analysis.consistency import consistency
from analysis.delights import delights
from analysis.escalation import escalations
from analysis.moment_counts import COUNTED
from analysis.over_time import over_time
from analysis.pain_points import pain_points
from analysis.places import TOLD_IN, with_places
from analysis.story_table import story_table
from analysis.trends import daily
from data.ledger import Ledger
from flows.comparing import beside_competitors
from flows.days import bounds, days_between
from flows.outcomes import Told
from flows.watchlist import WatchedBrand, Watchlist
from flows.window import remember_stories, window_of
from reports.coverage import coverage
from reports.dated import Day, write_day, write_index
from reports.locales import written_for

HISTORY = timedelta(weeks=8)  # what is usual on a Tuesday is learned from so many Tuesdays


def tell(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> Told:
    """Rewrite the tables of every day since the earliest change, up to the run's day.

    Raises OSError where a table cannot be written; the next run then tells the days again.
    """
    since = ledger.untold_since(brand.name)
    if since is None:
        return Told()
    zone = watchlist.zone(brand)
    days: list[date] = []
    changed: list[Path] = []
    with written_for(watchlist.locale):
        for day in days_between(since, now, zone):
            if not _known(brand, ledger, *bounds(day, zone)):
                continue
            told = day_of(watchlist, brand, ledger, day)
            changed += write_day(told, watchlist.tables, ledger.pseudonym_key())
            remember_stories(brand, ledger, day, told.window)
            days.append(day)
        changed += write_index(watchlist.tables)
    ledger.told(brand.name, since)
    return Told(tuple(days), tuple(changed))


def _known(brand: WatchedBrand, ledger: Ledger, start: datetime, end: datetime) -> bool:
    """Whether anything was found in that time or asked for."""
    return (
        not ledger.coverage(brand.name, start, end).empty
        or not ledger.judged(brand.name, start, end, ["post_id"]).empty
    )


def day_of(
    watchlist: Watchlist,
    brand: WatchedBrand,
    ledger: Ledger,
    day: date,
    now: datetime | None = None,
) -> Day:
    """Everything told of a brand's local day, as known at its end.

    Its files are the same whenever they are told, so what is overdue there is so at the day's end;
    while the day goes on, `now` tells what is overdue already.
    """
    zone = watchlist.zone(brand)
    start, end = bounds(day, zone)
    until = now if now and start <= now < end else end
    history = _counted(brand, ledger, start - HISTORY, end)
    log = ledger.coverage(brand.name, start - HISTORY, end)
    window = window_of(watchlist, brand, ledger, day, end)
    stories = story_table(window, until)
    told = window[window["dated_at"] >= start].reset_index(drop=True)
    names = [source.name for source in watchlist.sources_of(brand)]
    covered = coverage(log[log["at"] >= start], told, names, day, zone)
    return Day(
        brand.name,
        day,
        zone,
        told,
        window,
        over_time(history, log, covered, day, zone),
        daily=daily(history, day, zone, covered, log),
        coverage=covered,
        escalated=escalations(stories, start, until, zone),
        shared=delights(window, stories, start, until),
        consistency=consistency(window, day, zone),
        pain_points=pain_points(window, log, day, zone),
        competitors=beside_competitors(watchlist, brand, ledger, day),
    )


def _counted(brand: WatchedBrand, ledger: Ledger, since: datetime, until: datetime) -> pd.DataFrame:
    """What is counted of a time, with places; the words only where they may name one."""
    read = {*COUNTED, *(TOLD_IN if brand.places else ())}
    return with_places(ledger.judged(brand.name, since, until, sorted(read)), brand.places)
