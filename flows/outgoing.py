"""Sending what the outbox holds: every message at least once, each attempt noted before it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from data import outbox
from data.errors import BusyError
from data.ledger import Ledger
from flows.days import wall_clock
from flows.delivery import DeliveryError, deliver
from flows.exits import UsageError
from flows.outcomes import Sent
from flows.routes import WatchedRoute
from flows.watchlist import WatchedBrand, Watchlist

KEPT_LOG = timedelta(days=90)  # how long it is known that a message was delivered

logger = logging.getLogger(__name__)


def send_waiting(
    watchlist: Watchlist,
    brand: WatchedBrand,
    ledger: Ledger,
    clock: Callable[[], datetime] = wall_clock,
) -> Sent:
    """Try to deliver all of the brand's messages that are due; a failing route fails alone.

    Where another process is at it, nothing is done: it delivers what there is.
    """
    delivered, failures = 0, []
    try:
        with ledger.hold(f"messages of {brand.name}", wait_seconds=0):
            for route in watchlist.routes_of(brand):
                try:
                    delivered += _send(route, brand, ledger, clock)
                except (DeliveryError, UsageError) as error:
                    failures.append(f"route {route.name}: {error}")
    except BusyError:
        logger.info("%s: another process delivers its messages", brand.name)
    _forget(watchlist, ledger, clock())
    return Sent(delivered, tuple(failures))


def _send(
    route: WatchedRoute, brand: WatchedBrand, ledger: Ledger, clock: Callable[[], datetime]
) -> int:
    """Deliver the route's messages, oldest first, until one fails; how many went out."""
    delivered = 0
    while True:
        with ledger.transaction() as connection:
            message = outbox.due(connection, brand.name, route.name, clock())
            if message is None:
                return delivered
            outbox.trying(connection, message.message_id, clock())
        try:
            deliver(message, route.address())
        except (DeliveryError, UsageError) as error:
            with ledger.transaction() as connection:
                outbox.failed(connection, message.message_id, str(error))
            raise
        with ledger.transaction() as connection:
            outbox.delivered(connection, message.message_id, clock())
        logger.info("%s: %s delivered on %s", brand.name, message.message_id, route.name)
        delivered += 1


def _forget(watchlist: Watchlist, ledger: Ledger, now: datetime) -> None:
    """Messages quote people: their words go with the raw pages, the note of them later."""
    with ledger.transaction() as connection:
        words_until = now - timedelta(days=watchlist.raw_pages_days)
        outbox.forget(connection, words_until, now - KEPT_LOG)
