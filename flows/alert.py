"""Deciding whom to tell what: incidents brought up to date, messages written, in one transaction.

the ledger's stories and coverage -> sightings -> incidents -> news per route -> the outbox
"""

import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from analysis.incidents import Known, inherited, looked
from analysis.news import settled, told
from analysis.notices import Asked, notice
from data import incidents as incident_rows
from data import outbox
from data.incident_records import Incident, Message, MessageKind, Sighting, Telling
from data.ledger import Ledger
from flows.routes import WatchedRoute
from flows.seeing import seen_now
from flows.watchlist import WatchedBrand, Watchlist
from reports.locales import written_for
from reports.messages import message
from reports.wording import Setting

DAY = timedelta(hours=24)
REMEMBERED = timedelta(days=30)  # a closed incident is known again so long if its posts come back
FORGOTTEN = timedelta(days=90)  # what was closed so long ago, and that it was told
DECISION_SECONDS = 60  # a decision takes one; whoever waits longer may as well come again
_TOLD_OF = (MessageKind.ESCALATION, MessageKind.PRAISE, MessageKind.BLIND)

logger = logging.getLogger(__name__)


def alert(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> int:
    """Bring the brand's incidents up to date and write what is new of them; how many messages.

    A run of a day earlier than what was last decided changes nothing and tells nobody.
    """
    with ledger.transaction() as connection:
        before = incident_rows.decided_at(connection, brand.name)
    seen = seen_now(watchlist, brand, ledger, now, before)
    with deciding(brand, ledger), ledger.transaction() as connection:
        decided = incident_rows.decided_at(connection, brand.name)
        if decided is not None and now < decided:
            return 0
        for kind in _TOLD_OF:
            _look(connection, brand, kind, seen[kind], now)
        incident_rows.note_decided(connection, brand.name, now)
        written = _write(connection, watchlist, brand, now)
        incident_rows.forget(connection, now - FORGOTTEN)
    logger.info("%s: %d messages written", brand.name, len(written))
    return len(written)


def tell_news(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> int:
    """Write what waited (for quiet hours to end, for a cool-down) without looking anew."""
    with deciding(brand, ledger), ledger.transaction() as connection:
        decided = incident_rows.decided_at(connection, brand.name)
        if decided is None or now < decided:
            return 0
        return len(_write(connection, watchlist, brand, now))


def deciding(brand: WatchedBrand, ledger: Ledger) -> AbstractContextManager[None]:
    """One decision at a time per brand; raises `BusyError`."""
    return ledger.hold(f"what is told of {brand.name}", DECISION_SECONDS)


def _look(
    connection: Connection,
    brand: WatchedBrand,
    kind: MessageKind,
    seen: list[Sighting],
    now: datetime,
) -> None:
    """Continue, open and close the brand's incidents of a kind."""
    there = incident_rows.incidents_of(connection, brand.name, now - REMEMBERED, kind)
    by_name = {one.incident: one for one in there}
    of_posts = incident_rows.posts_of(connection, brand.name, kind, by_name)
    result = looked(Known(by_name, of_posts), seen, now)
    incident_rows.store(connection, result.sightings, result.closed)
    if result.merged:
        before = incident_rows.tellings_of(connection, brand.name)
        mine = [telling for telling in before if telling.kind == kind]
        incident_rows.tell(connection, inherited(mine, result.merged))


def _write(
    connection: Connection, watchlist: Watchlist, brand: WatchedBrand, now: datetime
) -> list[Message]:
    """Write a message per route and kind that has news, and note what it tells."""
    told_of = Setting(brand.name, now, watchlist.zone(brand))
    there = incident_rows.incidents_of(connection, brand.name, now)
    tellings = incident_rows.tellings_of(connection, brand.name)
    asked = Asked(
        now,
        told_of.zone,
        silenced=incident_rows.silenced(connection, brand.name, now),
        sent=(),
        last=incident_rows.asked_at(connection, brand.name),
    )
    written = []
    for route in watchlist.routes_of(brand):
        for kind in _TOLD_OF:
            of_kind = [one for one in there if one.kind == kind]
            known = {t.incident: t for t in tellings if (t.route, t.kind) == (route.name, kind)}
            sent = outbox.written(connection, brand.name, route.name, kind, now - DAY)
            found = notice(route.record(), kind, of_kind, known, replace(asked, sent=sent))
            if found:
                news = [item.incident for item in found.news]
                incident_rows.tell(connection, _told(news, known, route, now))
                with written_for(watchlist.locale):
                    written.append(message(found, told_of))
            incident_rows.tell(connection, settled(of_kind, known))
    outbox.put(connection, written)
    incident_rows.note_asked(connection, brand.name, now)
    return written


def _told(
    news: Iterable[Incident], known: dict[str, Telling], route: WatchedRoute, now: datetime
) -> list[Telling]:
    return [told(one, known.get(one.incident), route.name, now) for one in news]
