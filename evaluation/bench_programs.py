"""Benchmarks of whole programs in processes of their own: backfills, and a run's overhead."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from evaluation.bench_corpus import mixed, write
from evaluation.bench_row import Bench, Row
from evaluation.stopwatch import Ratio, Took, in_turns, run
from example import watchlist
from example.reddit_api import CLIENT_ID, CLIENT_SECRET
from example.server import serve

_PYTHON = [sys.executable]
_MOMENTS = [*_PYTHON, "-c", "from flows.cli import main; main()"]
_EMPTY_FLOW = """
from flows import prefect_settings
prefect_settings.apply()
from prefect import flow

@flow
def empty() -> None:
    pass

empty()
"""
_DAYS = 100
_TIMES = 10  # as many posts has a large archive
_REVIEWS = Path(__file__).parent.parent / "example" / "reviews"
_LAST_DAY = date(2026, 11, 8)  # of the example's week


def backfill(bench: Bench) -> Iterator[Row]:
    """Archives in, dated tables out: against a plain script, by two processes, of ten times more.

    The large archive is measured once: the plain script alone takes minutes for it.
    """
    small, large = bench.posts, _TIMES * bench.posts
    plain, one, two = _runs(bench, small, bench.repeats)
    yield from _rows(small, plain, one, two)
    plain_long, one_long, two_long = _runs(bench, large, 1)
    yield from _rows(large, plain_long, one_long, two_long)
    time = Ratio.of(one_long * len(one), one)
    yield Row.of("backfill: time of ten times the posts", time, "<= 10.5")
    high, low = (max(took.peak_mb for took in runs) for runs in (one_long, one))
    what = "backfill: memory of ten times the posts"
    yield Row(what, f"{high / low:.2f}", "", "<= 1.2", f"{high:.0f} MB at most")


def overhead(bench: Bench) -> Iterator[Row]:
    """`moments run` with nothing new against a flow that does nothing."""
    home = bench.folder / "overhead"
    home.mkdir()
    os.environ |= {"EXAMPLE_REDDIT_ID": CLIENT_ID, "EXAMPLE_REDDIT_SECRET": CLIENT_SECRET}
    again = [*_MOMENTS, "run", "--as-of", _LAST_DAY.isoformat(), "--no-alert"]
    with serve() as running:
        text = watchlist(running.base_url, _REVIEWS).replace("../data/", "")
        (home / "watchlist.toml").write_text(text, "utf-8")
        run(again, home)
        ours, empty = in_turns(
            bench.repeats,
            lambda: run(again, home),
            lambda: run([*_PYTHON, "-c", _EMPTY_FLOW], home),
        )
    yield Row.of("`moments run` with nothing new / an empty flow", Ratio.of(ours, empty), "<= 1.5")


def _runs(bench: Bench, posts: int, repeats: int) -> list[list[Took]]:
    """An archive of so many posts through the plain script, and ours in one process and in two."""
    archive = bench.folder / f"{posts}.jsonl"
    write(archive, mixed(posts), _DAYS)
    plain = [*_PYTHON, "-m", "evaluation.plain_script", str(archive)]
    ours = [*_MOMENTS, "backfill", str(archive), "-b", "Foxglove"]
    one, two = ([*ours, "--workers", str(workers), "-o"] for workers in (1, 2))
    return in_turns(repeats, *(_anew(bench, command) for command in (plain, one, two)))


def _rows(
    posts: int, plain: Sequence[Took], one: Sequence[Took], two: Sequence[Took]
) -> Iterator[Row]:
    what, rate = f"backfill of {posts:,} posts", posts / min(took.wall for took in one)
    note = f"{rate:,.0f} posts a second at best, start included"
    yield Row.of(f"{what}: plain script / ours, one core", Ratio.of(plain, one), ">= 12", note)
    both = Row.of(f"{what}: one process / two", Ratio.of(one, two), ">= 1.7 (wall)")
    yield replace(both, cpu="", note="on an idle machine only")  # not the parent's is most CPU


def _anew(bench: Bench, command: Sequence[str]) -> Callable[[], Took]:
    """The command, given a folder to write to, which goes once the time is taken."""

    def once() -> Took:
        took = run([*command, "tables"], bench.folder)
        shutil.rmtree(bench.folder / "tables")
        return took

    return once
