"""Benchmark of all that is written of a busy day, against pandas' plain CSV and workbook.

The one module of the evaluation that runs what stands above it, to measure a day as it is told.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd

from data.ledger import Ledger
from data.records import Coverage, Engagement, Post, RawPage
from data.vocabulary import Kind, Outcome
from evaluation.bench_corpus import mixed
from evaluation.bench_row import Bench, Row
from evaluation.stopwatch import Ratio, Took, timed
from flows.judging import judge_new
from flows.tell import day_of
from flows.watchlist import Watchlist, watchlist_model
from reports.dated import Day, tables_of, write_day

MOMENTS = 2_000
_POSTS = 6 * MOMENTS  # about a quarter of all posts are moments
_NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
_KEY = b"bench"


def outputs(bench: Bench) -> Iterator[Row]:
    """A day with 2,000 moments: every file of it, against its tables by pandas alone."""
    day = _busy_day(bench.folder)
    tables = {name: table for name, (table, _) in tables_of(day, _KEY).items()}
    ours: list[Took] = []
    plain: list[Took] = []
    for turn in range(bench.repeats):
        ours.append(timed(lambda to=bench.folder / f"ours-{turn}": write_day(day, to, _KEY)))  # type: ignore[misc]
        plain.append(timed(lambda to=bench.folder / f"plain-{turn}": _plainly(tables, to)))  # type: ignore[misc]
    what = f"a day's files, {len(tables['moments']):,} moments: ours / pandas' CSV and xlsx"
    note = f"{min(took.wall for took in ours):.1f} s at best, page and Parquet included"
    yield Row.of(what, Ratio.of(ours, plain), "<= 3", note)


def _plainly(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    folder.mkdir()
    with pd.ExcelWriter(folder / "report.xlsx", engine="xlsxwriter") as book:
        for name, table in tables.items():
            table.to_csv(folder / f"{name}.csv", index=False)
            table.to_excel(book, sheet_name=name, index=False)


def _busy_day(folder: Path) -> Day:
    """A day as it is told from a ledger, with exactly so many moments."""
    watchlist = watchlist_model().model_validate({
        "brands": [{"name": "Foxglove"}],
        "sources": [{"name": "reddit", "kind": "files", "paths": ["."]}],
    })  # fmt: skip
    with closing(Ledger.open(str(folder / "busy.sqlite"))) as ledger:
        _fill(ledger, watchlist)
        posts = ledger.judged("Foxglove", _NOON - timedelta(days=1), _NOON + timedelta(days=1))
        moments = posts["verdict"].isin(["poor", "exceptional"])
        until = posts.loc[moments, "dated_at"].iloc[MOMENTS - 1] + timedelta(microseconds=1)
    with closing(Ledger.open(str(folder / "exact.sqlite"))) as ledger:
        _fill(ledger, watchlist, until)
        return day_of(watchlist, watchlist.brands[0], ledger, _NOON.date())


def _fill(ledger: Ledger, watchlist: Watchlist, until: datetime | None = None) -> None:
    posts = [_post(number, text) for number, text in enumerate(mixed(_POSTS))]
    told = [post for post in posts if until is None or post.published_at < until]  # type: ignore[operator]
    page = RawPage("https://example.org/", b"", "text/plain", _NOON, "{}")
    ledger.record(page, told, Coverage("Foxglove", "reddit", _NOON, Outcome.OK, 1, len(told)))
    judge_new(watchlist.brands[0], ledger)


def _post(number: int, text: str) -> Post:
    at = _NOON + timedelta(seconds=number)
    return Post(
        "reddit", f"t3_{number}", Kind.POST, f"https://example.org/{number}",
        f"u/{number % 5003}", "", text, at, at, engagement=Engagement(number % 97, 3, 1),
        outlet="r/portellery",
    )  # fmt: skip
