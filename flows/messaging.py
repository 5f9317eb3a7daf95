"""Telling people: decide what is new, write it and the summaries that are due, deliver."""

import logging
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

from rich.console import Console

from data.errors import BusyError, LedgerError
from data.ledger import Ledger
from flows.alert import alert, tell_news
from flows.days import wall_clock
from flows.digesting import write_due
from flows.exits import Exit
from flows.outcomes import Sent
from flows.outgoing import send_waiting
from flows.watchlist import WatchedBrand, Watchlist, load
from reports.locales import count, written_for

ROUND_SECONDS = 60  # how exactly the end of quiet hours and the hour of a summary are kept

logger = logging.getLogger(__name__)


def tell_people(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> Sent:
    """After a run: tell what it brought."""
    alert(watchlist, brand, ledger, now)
    write_due(watchlist, brand, ledger, now)
    return send_waiting(watchlist, brand, ledger)


def tell_what_waited(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime
) -> Sent:
    """Between runs: what quiet hours or a cool-down held back, summaries, failed deliveries."""
    tell_news(watchlist, brand, ledger, now)
    write_due(watchlist, brand, ledger, now)
    return send_waiting(watchlist, brand, ledger)


def deliver_once(path: Path, brand: str | None, out: Console, err: Console) -> Exit:
    """`moments deliver`: one round for some or all brands; the exit code for the shell."""
    watchlist = load(path)
    brands = [watchlist.brand(brand)] if brand else list(watchlist.brands)
    well = True
    with closing(Ledger.open(watchlist.ledger)) as ledger, written_for(watchlist.locale):
        for one in brands:
            sent = tell_what_waited(watchlist, one, ledger, wall_clock())
            out.print(f"{one.name}: {count(sent.delivered, 'message')} delivered", markup=False)
            for failure in sent.failures:
                err.print(f"{one.name}, {failure}", style="yellow", markup=False)
            well &= not sent.failures
    return Exit.OK if well else Exit.SOME_SOURCE_FAILED


def keep_telling(watchlist: Watchlist, stopped: threading.Event) -> None:
    """A round a minute until stopped; what fails in one is tried in the next."""
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        while not stopped.wait(ROUND_SECONDS):
            for brand in watchlist.brands:
                try:
                    sent = tell_what_waited(watchlist, brand, ledger, wall_clock())
                except (LedgerError, BusyError, OSError) as error:
                    logger.warning("%s: %s", brand.name, error)
                except Exception:  # a bug of ours must not silence what is told for good
                    logger.exception("%s: what waits could not be told", brand.name)
                else:
                    for failure in sent.failures:
                        logger.warning("%s, %s", brand.name, failure)
