"""Benchmarks of whole programs in processes of their own: backfill, growth, a run's overhead."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from evaluation.bench_corpus import mixed, write
from evaluation.bench_row import Bench, Row
from evaluation.stopwatch import Ratio, Took, run

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
_EXAMPLE = Path(__file__).parent.parent / "example"
_PORT = 8791
_LAST_DAY = date(2026, 11, 8)  # of the example's week


def backfill(bench: Bench) -> Iterator[Row]:
    """Archives in, dated tables out, against a plain script; two cores against one."""
    for posts in (bench.posts, _TIMES * bench.posts):
        archive = _archive(bench, posts, f"archive-{posts}")
        plain, one, two = [], [], []
        for turn in range(bench.repeats):
            script = [*_PYTHON, "-m", "evaluation.plain_script", str(archive)]
            plain.append(run([*script, f"plain-{posts}-{turn}"], bench.folder))
            one.append(_backfill(bench, archive, f"one-{posts}-{turn}", 1))
            two.append(_backfill(bench, archive, f"two-{posts}-{turn}", 2))
        what, rate = f"backfill of {posts:,} posts", posts / min(took.wall for took in one)
        note = f"{rate:,.0f} posts a second at best, start included"
        yield Row.of(f"{what}: plain script / ours, one core", Ratio.of(plain, one), ">= 12", note)
        both = Row.of(f"{what}: one process / two", Ratio.of(one, two), ">= 1.7 (wall)")
        yield replace(both, cpu="", note="on an idle machine only")  # not the parent's is most CPU


def growth(bench: Bench) -> Iterator[Row]:
    """Ten times the posts: time and memory."""
    small = _archive(bench, bench.posts, "small")
    large = _archive(bench, _TIMES * bench.posts, "large")
    few = [_backfill(bench, small, f"small-{turn}", 1) for turn in range(bench.repeats)]
    many = [_backfill(bench, large, f"large-{turn}", 1) for turn in range(bench.repeats)]
    yield Row.of("backfill: time of ten times the posts", Ratio.of(many, few), "<= 10.5")
    peaks = max(took.peak_mb for took in many), max(took.peak_mb for took in few)
    yield Row(
        "backfill: memory of ten times the posts", f"{peaks[0] / peaks[1]:.2f}", "", "<= 1.2",
        f"{peaks[0]:.0f} MB at most",
    )  # fmt: skip


def overhead(bench: Bench) -> Iterator[Row]:
    """`moments run` with nothing new against a flow that does nothing."""
    home = bench.folder / "overhead"
    home.mkdir()
    text = (_EXAMPLE / "watchlist.toml").read_text("utf-8")
    text = text.replace("../data/", "").replace("8765", str(_PORT))
    text = text.replace("reviews/", f"{(_EXAMPLE / 'reviews').as_posix()}/")
    (home / "watchlist.toml").write_text(text, "utf-8")
    command = [*_MOMENTS, "run", "--as-of", _LAST_DAY.isoformat(), "--no-alert"]
    with _served():
        run(command, home)
        ours, empty = [], []
        for _ in range(bench.repeats):
            empty.append(run([*_PYTHON, "-c", _EMPTY_FLOW], home))
            ours.append(run(command, home))
    yield Row.of("`moments run` with nothing new / an empty flow", Ratio.of(ours, empty), "<= 1.5")


def _archive(bench: Bench, posts: int, name: str) -> Path:
    path = bench.folder / f"{name}.jsonl"
    write(path, mixed(posts), _DAYS)
    return path


def _backfill(bench: Bench, archive: Path, output: str, workers: int) -> Took:
    options = ["-b", "Foxglove", "-o", output, "--workers", str(workers), "--piece", "2000000"]
    return run([*_MOMENTS, "backfill", str(archive), *options], bench.folder)


@contextmanager
def _served() -> Iterator[None]:
    """The example's platforms on loopback."""
    os.environ.setdefault("EXAMPLE_REDDIT_ID", "foxglove-monitor")
    os.environ.setdefault("EXAMPLE_REDDIT_SECRET", "example-only")
    server = subprocess.Popen(
        [*_PYTHON, "-m", "example", str(_PORT)], stderr=subprocess.PIPE, text=True
    )
    try:
        if server.stderr is not None:
            server.stderr.readline()  # it says where it stands when it does
        yield
    finally:
        server.terminate()
        server.wait()
