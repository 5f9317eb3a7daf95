"""`moments show`: a day on the terminal."""

from contextlib import closing
from datetime import date
from pathlib import Path

from rich.console import Console

from data.ledger import Ledger
from flows.days import wall_clock
from flows.exits import UsageError
from flows.tell import day_of
from flows.watchlist import WatchedBrand, Watchlist, load
from reports.brief import brief
from reports.dated import shown_of
from reports.folders import folder_of
from reports.locales import written_for
from reports.page import stories_of
from reports.page.index import PAGE
from reports.page.sources import sources
from reports.terminal import WIDTH, on_terminal


def show_days(path: Path, brand: str | None, day: date | None, out: Console) -> None:
    """Print each brand's day, its latest told one unless a day is named."""
    watchlist = load(path)
    brands = [watchlist.brand(brand)] if brand else list(watchlist.brands)
    with closing(Ledger.open(watchlist.ledger)) as ledger, written_for(watchlist.locale):
        for one in brands:
            asked = day or latest_day(watchlist, one)
            told = day_of(watchlist, one, ledger, asked, wall_clock())
            seen = shown_of(told, ledger.pseudonym_key())
            words = on_terminal(brief(seen, stories_of(seen)), sources(told.coverage))
            out.print(words, soft_wrap=False, width=min(out.width, WIDTH))
            out.print()


def latest_day(watchlist: Watchlist, brand: WatchedBrand) -> date:
    """The last day that the brand's tables tell of.

    Raises `UsageError` where none is told yet.
    """
    there = watchlist.tables.glob(f"*/{folder_of(watchlist.tables, '', brand.name).name}/{PAGE}")
    days = sorted(file.parent.parent.name for file in there)
    if not days:
        raise UsageError(f"No day of {brand.name} is told yet. Run `moments run` first.")
    return date.fromisoformat(days[-1])
