"""`make bench`: how fast it is, as ratios measured in one run; writes docs/benchmarks.md.

    make bench                      everything, on posts that it builds itself, in some minutes
    make bench ARGS="--posts 200000 --repeats 5 --only backfill"
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
from collections.abc import Callable, Iterable
from pathlib import Path

from evaluation import bench_judge, bench_outputs, bench_programs
from evaluation.bench_corpus import mixed
from evaluation.bench_row import Bench, Row
from evaluation.markdown import table

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[Bench], Iterable[Row]]] = {
    "sentiment": bench_judge.sentiment,
    "judge": bench_judge.judging,
    "duplicates": bench_judge.duplicates,
    "outputs": bench_outputs.outputs,
    "backfill": bench_programs.backfill,
    "growth": bench_programs.growth,
    "overhead": bench_programs.overhead,
}

log = logging.getLogger(__name__)


def main() -> int:
    """Measure what is asked for and write the page."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    options = _options()
    texts = _texts(options.texts) if options.texts else mixed(options.sentiment)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(texts, options.posts, options.repeats, Path(folder))
        for name in options.only or PARTS:
            log.info("Measuring: %s ...", name)
            for row in PARTS[name](bench):
                log.info("  %s: %s", row.what, row.cpu)
                rows.append(row)
    page = _page(rows, len(texts), options)
    if not options.only:
        PAGE.write_text(page, "utf-8")
    log.info("%s", page)
    return 0


def _options() -> argparse.Namespace:
    reads = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reads.add_argument("--posts", type=int, default=20_000, help="posts of a small archive")
    reads.add_argument("--sentiment", type=int, default=40_000, help="texts scored and judged")
    reads.add_argument("--repeats", type=int, default=3)
    reads.add_argument("--texts", type=Path, help="JSON lines to score instead, with `text`")
    reads.add_argument("--only", nargs="+", choices=PARTS, help="and write no page")
    return reads.parse_args()


def _texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [str(json.loads(line)["text"]) for line in lines if line.strip()]


def _page(rows: list[Row], texts: int, options: argparse.Namespace) -> str:
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    head = ("what", "ratio, CPU time", "ratio, wall time", "wanted", "measured")
    lines = [(row.what, row.cpu, row.wall, row.wanted, row.note) for row in rows]
    return "\n\n".join(
        [
            "# Benchmarks",
            "Written by `make bench`; do not edit. "
            f"{texts:,} texts, archives of {options.posts:,} posts and ten times as many, "
            f"{options.repeats} repeats in turns: the median, and the smallest and the largest "
            "ratio. CPU time is the fairer "
            "one on a machine that does other things as well (load per core at the end: "
            f"{load:.1f}).",
            f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}.",
            table(head, lines),
        ]
    ) + "\n"  # fmt: skip


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    sys.exit(main())
