"""`make gate`: measures the judge and fails where it is worse than it was pinned to be.

The test and development parts are always measured; other people's sets where they lie beside the
project, and only then `docs/quality.md` is written anew, for without them it would say less.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from evaluation import corpus, frame_report, quality_page, readings, shared_sets
from evaluation.floors import Floors
from evaluation.frame_report import Record
from evaluation.readings import Reading


def figures(measured: Iterable[Reading]) -> dict[str, float]:
    """All pinned figures of these sets."""
    alert = readings.alert_thresholds()
    return {name: at for each in measured for name, at in readings.figures(each, alert).items()}


def breaches(floors: Floors, found: dict[str, float], digest: str) -> list[str]:
    """One sentence per reason to fail."""
    changed = [
        f"the corpus is {digest}, the floors are of {floors.corpus}: if that is meant, "
        "`make gate ARGS=--accept-corpus`"
    ]
    return [*(changed if digest != floors.corpus else ()), *floors.breaches(found)]


def frames(posts: pd.DataFrame, measured: Sequence[Reading]) -> list[Record]:
    """The record of every frame over our posts and the sets whose labels mean what ours mean."""
    apart = {*readings.SHIPPED, *shared_sets.ELSEWISE}
    every = pd.concat([posts, *(each.truth for each in measured if each.name not in apart)])
    return frame_report.records(list(every["text"]), list(every["verdict"]))


def main(arguments: Sequence[str]) -> int:
    """Measure, compare, tell; the exit code."""
    asked = _options(arguments)
    posts, digest, pinned = corpus.load(), corpus.digest(), Floors.load()
    measured = [*readings.shipped(posts), *readings.shared()]
    found = figures(measured)
    floors = _moved(pinned, asked, found, digest)
    if floors != pinned:
        floors.save()
    kept = frames(posts, measured)
    if shared_sets.present():
        quality_page.write(posts, measured, found, floors, kept)
    failed = breaches(floors, found, digest)
    sys.stdout.write(_told(found, floors, kept, failed))
    return 1 if failed else 0


def _moved(
    floors: Floors, asked: argparse.Namespace, found: dict[str, float], digest: str
) -> Floors:
    if asked.accept_corpus:
        floors = replace(floors, corpus=digest)
    if asked.lower_floors:
        floors = floors.lowered(found)
    return floors.raised(found) if asked.raise_floors else floors


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make gate", description=(__doc__ or "").split("\n")[0])
    for name, about in (
        ("--accept-corpus", "pin the hash of the corpus as it is"),
        ("--lower-floors", "pin figures that are worse than their floors"),
        ("--raise-floors", "pin figures that are better than their floors, and new ones"),
    ):
        parser.add_argument(name, action="store_true", help=about)
    return parser.parse_args(arguments)


def _told(found: dict[str, float], floors: Floors, kept: list[Record], failed: list[str]) -> str:
    lines = [f"{'':32} figure  floor    aim"]
    for name, at in found.items():
        pinned = [
            f"{each[name]:6.2f}" if name in each else " " * 6
            for each in (floors.floors, floors.aims)
        ]
        lines.append(f"{name:32} {at:6.3f} {' '.join(pinned)}")
    silent, misleading = frame_report.silent(kept), frame_report.misleading(kept)
    lines.append(f"\nframes that never fire: {', '.join(each.frame for each in silent) or 'none'}")
    lines += [
        f"frame {each.frame} ({each.side}) misleads: right on {each.right} of {each.posts} posts"
        for each in misleading
    ]
    if not shared_sets.present():
        lines.append("\nwithout the evaluation sets: docs/quality.md stays as it was")
    lines += ["", *(failed or ["every floor holds"])]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
