"""The summaries: when one is due, what is in it, and that it is written once."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from analysis.sightings import poor_stories
from data import incidents as incident_rows
from data import outbox
from data.incident_records import Message, MessageKind
from data.ledger import Ledger
from flows.alert import deciding
from flows.collect import LOOK_BACK
from flows.days import bounds
from flows.routes import WEEKDAYS
from flows.tell import day_of
from flows.watchlist import WatchedBrand, Watchlist
from reports.digest import daily_letter, weekly_letter
from reports.letters import Letter
from reports.locales import written_for
from reports.messages import identity, posted
from reports.wording import Setting

DAILY, WEEKLY = "daily", "weekly"
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Digest:
    """A summary: of which days, for whom."""

    period: str
    last_day: date

    @property
    def days(self) -> tuple[date, ...]:
        """The local days it tells of, the last one last."""
        length = 1 if self.period == DAILY else len(WEEKDAYS)
        return tuple(self.last_day - back * _ONE_DAY for back in reversed(range(length)))


def write_due(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> int:
    """Write the summaries whose hour has come, unless they are written; how many messages.

    After a time without a run only the latest is made up for: an older one tells nothing that
    the tables do not.
    """
    if not takers(watchlist, brand):
        return 0
    written = 0
    for digest in due(watchlist, brand, now):
        with ledger.transaction() as connection:
            done = outbox.was_digested(connection, brand.name, digest.period, digest.last_day)
        if not done and _was_watched(watchlist, brand, ledger, digest):
            written += len(write(watchlist, brand, ledger, digest, now))
    return written


def due(watchlist: Watchlist, brand: WatchedBrand, now: datetime) -> Iterator[Digest]:
    """The latest daily and weekly summary whose hour has come."""
    zone = watchlist.zone(brand)
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), time(brand.digest.hour), zone)
    sent_on = local.date() if now >= today.astimezone(UTC) else local.date() - _ONE_DAY
    yield Digest(DAILY, sent_on - _ONE_DAY)
    since = (sent_on.weekday() - WEEKDAYS.index(brand.digest.weekday)) % len(WEEKDAYS)
    yield Digest(WEEKLY, sent_on - (since + 1) * _ONE_DAY)


def write(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, digest: Digest, now: datetime
) -> list[Message]:
    """Put the summary into the outbox for every route that takes summaries, once."""
    setting = Setting(brand.name, now, watchlist.zone(brand))
    what = (digest.period, digest.last_day.isoformat())
    with written_for(watchlist.locale):
        letter = compose(watchlist, brand, ledger, digest, now)
        messages = [
            posted(letter, setting, route, MessageKind.DIGEST, identity(brand.name, route, *what))
            for route in takers(watchlist, brand)
        ]
    with deciding(brand, ledger), ledger.transaction() as connection:
        outbox.put(connection, messages)
        outbox.note_digest(connection, brand.name, *(digest.period, digest.last_day), now)
    return messages


def compose(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, digest: Digest, now: datetime
) -> Letter:
    """The summary in words, with the stories that wait for an answer.

    The latest one tells what waits now, an earlier one what waited when its last day ended.
    """
    days = [day_of(watchlist, brand, ledger, day) for day in digest.days]
    end = bounds(digest.last_day, watchlist.zone(brand))[1]
    is_latest = now < end + _ONE_DAY or digest in due(watchlist, brand, now)
    setting = Setting(brand.name, now, watchlist.zone(brand), watchlist.pages_url or "")
    if not is_latest:
        setting = replace(setting, now=end, ended=digest.last_day)
    with ledger.transaction() as connection:
        there = incident_rows.incidents_of(connection, brand.name, now, MessageKind.ESCALATION)
        made_by = None if is_latest else end
        silenced = incident_rows.silenced(connection, brand.name, setting.now, made_by)
    if not is_latest:
        seen = poor_stories(brand.name, days[-1].escalated, days[-1].window)
        there = [sighting.incident for sighting in seen]
    waiting = [one for one in there if one.is_open]
    if digest.period == DAILY:
        return daily_letter(days[-1], waiting, silenced, setting)
    return weekly_letter(days, waiting, silenced, setting)


def takers(watchlist: Watchlist, brand: WatchedBrand) -> list[str]:
    """The names of the routes that take the brand's summaries."""
    routes = (route.record() for route in watchlist.routes_of(brand))
    return [route.name for route in routes if MessageKind.DIGEST in route.kinds]


def _was_watched(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, digest: Digest) -> bool:
    """Some source was asked up to then: before the first run there is nothing to tell of."""
    end = bounds(digest.last_day, watchlist.zone(brand))[1]
    return not ledger.coverage(brand.name, end - LOOK_BACK, end).empty
