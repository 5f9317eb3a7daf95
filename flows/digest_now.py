"""`moments digest`: the summary now, on the terminal and, if asked, to those who take it."""

import sys
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

from rich.console import Console

from data import outbox
from data.ledger import Ledger
from flows.days import wall_clock
from flows.digesting import DAILY, WEEKLY, Digest, compose, takers, write
from flows.exits import Exit, UsageError
from flows.outgoing import send_waiting
from flows.watchlist import WatchedBrand, Watchlist, load
from reports.letters import as_text
from reports.locales import count, written_for


def show_digests(
    path: Path, brand: str | None, weekly: bool, day: date | None, send: bool, out: Console
) -> Exit:
    """Print each brand's summary, of yesterday unless a day is named; send it if asked."""
    watchlist, now = load(path), wall_clock()
    brands = [watchlist.brand(brand)] if brand else list(watchlist.brands)
    well = True
    for one in brands:
        yesterday = now.astimezone(watchlist.zone(one)).date() - timedelta(days=1)
        digest = Digest(WEEKLY if weekly else DAILY, day or yesterday)
        with closing(Ledger.open(watchlist.ledger)) as ledger, written_for(watchlist.locale):
            letter = compose(watchlist, one, ledger, digest, now)
            out.print(f"{letter.subject}\n\n{as_text(letter, sys.maxsize)}\n", markup=False)
            if send:
                well &= _send(watchlist, one, ledger, digest, now, out)
    return Exit.OK if well else Exit.SOME_SOURCE_FAILED


def _send(
    watchlist: Watchlist,
    brand: WatchedBrand,
    ledger: Ledger,
    digest: Digest,
    now: datetime,
    out: Console,
) -> bool:
    if not takers(watchlist, brand):
        raise UsageError(f"No route takes the summaries of {brand.name}; add one (docs/alerts.md).")
    with ledger.transaction() as connection:
        done = outbox.was_digested(connection, brand.name, digest.period, digest.last_day)
    if done:
        out.print(f"{brand.name}: this summary was sent before, or waits in the outbox.")
    else:
        write(watchlist, brand, ledger, digest, now)
    sent = send_waiting(watchlist, brand, ledger)
    out.print(f"{brand.name}: {count(sent.delivered, 'message')} delivered.")
    for failure in sent.failures:
        out.print(failure, style="yellow", markup=False)
    return not sent.failures
