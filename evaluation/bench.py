"""`make bench`: how fast it is, as ratios measured in one run; writes docs/benchmarks.md.

    make bench                              all, on posts that it builds itself: 20 minutes
    make bench ARGS="--posts 20000"         with archives of a tenth the size: five
    make bench ARGS="--only judge steps"    some parts, and the page stays as it is
    make bench ARGS="--texts FILE.jsonl"    on texts of yours (a field `text` per line)

Ratios are what counts: a busy machine slows both sides. Each is measured several times, in turns.
"""

import argparse
import json
import logging
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from evaluation import bench_judge, bench_outputs, bench_programs, bench_sentiment
from evaluation.bench_corpus import mixed
from evaluation.bench_row import Bench, Row
from evaluation.bench_steps import Step, steps
from evaluation.markdown import table

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[Bench], Iterable[Row]]] = {
    "sentiment": bench_sentiment.sentiment,
    "judge": bench_judge.judging,
    "duplicates": bench_judge.duplicates,
    "outputs": bench_outputs.outputs,
    "backfill": bench_programs.backfill,
    "overhead": bench_programs.overhead,
}
STEPS = "steps"
_RATIOS = """\
The median, and the smallest and the largest. CPU time is the fairer one on a machine that does
other things as well. The large archive is measured once."""
_STEPS = """\
Millionths of a second of CPU time, posts judged in batches of 5,000; of each step the best of ten
turns, so that together they take less than in `the whole judge` above."""

log = logging.getLogger(__name__)


def main() -> int:
    """Measure what is asked for and write the page."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    options = _options()
    texts = _texts(options.texts) if options.texts else mixed(options.sentiment)
    chosen = options.only or [*PARTS, STEPS]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(texts, options.posts, options.repeats, Path(folder))
        rows = [row for name in PARTS if name in chosen for row in _measured(name, bench)]
        parts = steps(bench) if STEPS in chosen else []
    page = _page(rows, parts, bench)
    if not options.only:
        PAGE.write_text(page, "utf-8")
    log.info("%s", page)
    return 0


def _options() -> argparse.Namespace:
    reads = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reads.add_argument("--posts", type=int, default=200_000, help="posts of the small archive")
    reads.add_argument("--sentiment", type=int, default=40_000, help="texts scored and judged")
    reads.add_argument("--repeats", type=int, default=3)
    reads.add_argument("--texts", type=Path, help="JSON lines to score instead, with `text`")
    reads.add_argument("--only", nargs="+", choices=[*PARTS, STEPS], help="and write no page")
    return reads.parse_args()


def _measured(name: str, bench: Bench) -> Iterator[Row]:
    log.info("Measuring: %s ...", name)
    for row in PARTS[name](bench):
        log.info("  %s: %s", row.what, row.cpu or row.wall)
        yield row


def _texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [str(json.loads(line)["text"]) for line in lines if line.strip()]


def _page(rows: list[Row], parts: list[Step], bench: Bench) -> str:
    said = ["# Benchmarks", "Written by `make bench`; do not edit.", _conditions(bench)]
    if rows:
        head = ("what", "ratio, CPU time", "ratio, wall time", "wanted", "measured")
        lines = ((row.what, row.cpu, row.wall, row.wanted, row.note) for row in rows)
        said += ["## Ratios", _RATIOS, table(head, lines)]
    if parts:
        steps_told = table(("step", "µs a post"), ((it.what, f"{it.micros:.2f}") for it in parts))
        said += ["## Where a judged post's time goes", _STEPS, steps_told]
    return "\n\n".join(said) + "\n"


def _conditions(bench: Bench) -> str:
    cores = os.cpu_count() or 1
    return (
        f"{len(bench.texts):,} texts, archives of {bench.posts:,} posts and of ten times as many, "
        f"{bench.repeats} repeats in turns. Python {platform.python_version()}, {cores} cores, "
        f"{platform.machine()}; load per core at the end: {os.getloadavg()[0] / cores:.1f}."
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    sys.exit(main())
