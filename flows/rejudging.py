"""`moments rejudge`: what another model makes of the past, shown first, applied when asked.

Posts go through in pieces. Each that is applied is one transaction and bears the new model's
name, so an interrupted run goes on where it was when called again.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from analysis.judge import Judge
from data.ledger import Ledger
from data.vocabulary import Verdict
from flows.appointing import judge_of
from flows.days import bounds, wall_clock
from flows.judging import judge_stored
from flows.tell import tell
from flows.watchlist import WatchedBrand, Watchlist, load
from reports.locales import count, number, percent, written_for
from reports.quoted import quoted

PIECE = 2_000  # posts judged and stored at once
_EXAMPLES = 3  # of each change
_DAYS = 14  # told by name, the most changed first
_VERDICTS = [verdict.value for verdict in Verdict]
_EVER = datetime.fromtimestamp(0, UTC)


@dataclass
class Changes:
    """What the model changes, piece by piece."""

    posts: int = 0
    corrected: int = 0  # posts whose verdict an analyst has given
    models: Counter[str] = field(default_factory=Counter)  # that judged them until now
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (before, now)
    days: Counter[date] = field(default_factory=Counter)  # changed verdicts by local day
    examples: dict[Any, list[tuple[float, str]]] = field(default_factory=dict)  # the surest

    def add(self, now: pd.DataFrame, zone: ZoneInfo) -> None:
        """Count a piece: schema STALE as judged anew."""
        self.posts += len(now)
        self.corrected += int(now["analyst_verdict"].ne("").sum())
        self.models.update(now["model_before"])
        self.verdicts.update(zip(now["verdict_before"], now["verdict"], strict=True))
        changed = now[now["verdict_before"] != now["verdict"]]
        self.days.update(changed["dated_at"].dt.tz_convert(zone).dt.date)
        for change, rows in changed.groupby(["verdict_before", "verdict"]):
            surest: Any = rows.nlargest(_EXAMPLES, "confidence").itertuples()
            told = [
                *self.examples.get(change, []),
                *((row.confidence, _line(row)) for row in surest),
            ]
            self.examples[change] = sorted(told, reverse=True)[:_EXAMPLES]

    @property
    def changed(self) -> int:
        """Posts that get another verdict."""
        return self.days.total()


def rejudge(
    path: Path, brand: str | None, since: date | None, apply: bool, out: Console, err: Console
) -> None:
    """Judge anew what another model judged and show what that changes; store it with `apply`."""
    watchlist = load(path)
    by = judge_of(watchlist.judge)
    brands = [watchlist.brand(brand)] if brand else list(watchlist.brands)
    with closing(Ledger.open(watchlist.ledger)) as ledger, written_for(watchlist.locale):
        for one in brands:
            start = bounds(since, watchlist.zone(one))[0] if since else _EVER
            with ledger.hold(one.name) if apply else nullcontext():
                changes = _through(watchlist, one, ledger, by, start, apply, err)
                _show(one.name, changes, by.version, out)
                if apply:
                    told = tell(watchlist, one, ledger, wall_clock())
                    files = count(len(told.changed), "file")
                    applied = f"applied; {files} changed under {watchlist.tables}"
                    out.print(f"{one.name}: {applied}", markup=False)
                elif changes.posts:
                    out.print("Nothing was changed. `moments rejudge --apply` applies this.")


def _through(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, by: Judge, start: datetime,
    apply: bool, err: Console,
) -> Changes:  # fmt: skip
    changes, zone = Changes(), watchlist.zone(brand)
    total = ledger.count_stale(brand.name, by.version, start)
    with Progress(console=err, transient=True) as progress:
        bar = progress.add_task(f"Judging {brand.name}", total=total)
        for piece in _pieces(ledger, brand.name, by.version, start):
            now = judge_stored(piece, brand.record(), ledger, by)
            changes.add(now, zone)
            if apply:
                ledger.judge(brand.name, brand.version(), now, watchlist.told_beside(brand))
            progress.advance(bar, len(piece))
    return changes


def _pieces(ledger: Ledger, brand: str, model: str, start: datetime) -> Iterator[pd.DataFrame]:
    after = ""
    while not (piece := ledger.stale(brand, model, start, after, PIECE)).empty:
        yield piece
        after = piece["post_id"].iloc[-1]


def _show(brand: str, changes: Changes, model: str, out: Console) -> None:
    if not changes.posts:
        out.print(f"{brand}: nothing to judge anew; {model} judged it all.", markup=False)
        return
    before = ", ".join(f"{name} {number(of)}" for name, of in changes.models.most_common())
    posts = count(changes.posts, "post")
    out.print(f"{brand}: {posts} judged by {before}; now by {model}.", markup=False)
    out.print(_matrix(changes))
    change = count(changes.changed, "post changes", "posts change")
    out.print(f"{change}, on {count(len(changes.days), 'day')}.", markup=False)
    if changes.corrected:
        said = f"{number(changes.corrected)} have an analyst's verdict, which stays."
        out.print(said, markup=False)
    for (old, new), told in sorted(changes.examples.items()):
        out.print(f"{old} -> {new} ({number(changes.verdicts[old, new])}):", markup=False)
        for _, line in told:
            out.print(f"  {line}", markup=False)
    days = [f"{day} ({number(of)})" for day, of in islice(changes.days.most_common(), _DAYS)]
    if days:
        more = len(changes.days) - len(days)
        out.print(
            "Days: " + ", ".join(days) + (f" and {number(more)} more" if more else ""), markup=False
        )


def _line(row: Any) -> str:
    words = quoted(str(row.quote or row.text or row.title), 160)
    return f"{row.dated_at:%Y-%m-%d} {row.post_id} ({percent(row.confidence)} sure): {words}"


def _matrix(changes: Changes) -> Table:
    """How many posts go from which verdict (down) to which (across)."""
    table = Table("before \\ now", box=None, pad_edge=False)
    for verdict in _VERDICTS:
        table.add_column(verdict, justify="right")
    for old in _VERDICTS:
        table.add_row(old, *(number(changes.verdicts[old, new]) for new in _VERDICTS))
    return table
