"""`moments look`: any brand, now, through sources that ask for no account."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from data.ledger import Ledger
from data.records import Coverage
from data.vocabulary import SEEN, Verdict
from flows.collect import collect, query_for
from flows.exits import Exit, of_coverage
from flows.judging import judge_new
from flows.tell import tell
from flows.watchlist import Watchlist, watchlist_model
from reports.locales import count
from sources.errors import SourceError

KEYLESS: tuple[dict[str, Any], ...] = (
    {"name": "google-news", "kind": "feed", "preset": "google-news"},
    {"name": "bing-news", "kind": "feed", "preset": "bing-news"},
    {
        "name": "reddit-search",
        "kind": "feed",
        "url": "https://www.reddit.com/search.rss?q={query}&sort=new",
    },
)
_SHOWN = 20


def look_at(brand: str, folder: Path, out: Console, err: Console) -> Exit:
    """Ask, judge, print what was found and where the tables are; the exit code for the shell."""
    watchlist = watchlist_model().model_validate(
        {
            "brands": [{"name": brand}],
            "sources": KEYLESS,
            "tables": folder / "tables",
            "ledger": str(folder / "ledger.sqlite"),
        }
    )
    now = datetime.now(UTC)
    with closing(Ledger.open(watchlist.ledger)) as ledger, ledger.hold(brand):
        covered = [_ask(entry, watchlist, ledger, now, err) for entry in watchlist.sources]
        judge_new(watchlist.brands[0], ledger)
        tell(watchlist, watchlist.brands[0], ledger, now)
        code = of_coverage(covered)
        if code is Exit.ALL_SOURCES_FAILED:
            out.print(f"No source answered: what is said of {brand} is not known.", markup=False)
        else:
            _show(watchlist, ledger, now, out)
    return code


def _ask(entry: Any, watchlist: Watchlist, ledger: Ledger, now: datetime, err: Console) -> Coverage:
    query = query_for(watchlist.brands[0], ledger, now)
    try:
        with err.status(f"Asking {entry.name} ..."):
            seen = collect(entry, query, ledger, now)
    except SourceError as error:
        seen = Coverage(query.brand, entry.name, now, error.outcome, detail=str(error))
    told = count(seen.posts, "post") if seen.outcome in SEEN else f"{seen.outcome}. {seen.detail}"
    err.print(f"{entry.name}: {told}", markup=False)
    return seen


def _show(watchlist: Watchlist, ledger: Ledger, now: datetime, out: Console) -> None:
    brand = watchlist.brands[0].name
    judged = ledger.judged(brand, datetime.fromtimestamp(0, UTC), now)
    moments = judged[judged["verdict"].isin([Verdict.POOR, Verdict.EXCEPTIONAL])]
    mentions = f"{count(int(judged['mention'].sum()), 'mention')} of {brand}"
    out.print(f"{mentions}, {count(len(moments), 'service moment')}.", markup=False)
    for row in moments.sort_values("dated_at", ascending=False).head(_SHOWN).itertuples():
        out.print(
            f"{row.dated_at:%Y-%m-%d} {row.verdict} ({row.reason}): {row.quote}", markup=False
        )
        out.print(f"    {row.url}", markup=False)
    out.print(f"Tables: {watchlist.tables}", markup=False)
