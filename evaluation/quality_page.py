"""`docs/quality.md`: how good the verdicts are, as last measured by `make gate`.

Same corpus, weights and evaluation sets, same bytes. Texts shown are ours, from the development
part; other people's posts are counted and never shown.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from evaluation import corpus, errors, measure, verdict_tables
from evaluation.baselines import Method, methods
from evaluation.corpus import VERDICTS
from evaluation.facet_tables import facet_tables
from evaluation.floors import Floors
from evaluation.frame_report import Record
from evaluation.markdown import figure, table
from evaluation.measure import Counts
from evaluation.readings import Reading
from evaluation.verdict_tables import OURS, TASK

PAGE = Path(__file__).resolve().parents[1] / "docs" / "quality.md"

_HEAD = """# How good the verdicts are

Written by `make gate`: model `{model}`, corpus `{corpus}`.

Behind a figure, in brackets: where it would lie in 95 of 100 samples of this size ({times:,}
bootstrap resamples). F1 is the harmonic mean of precision and recall; macro-F1 is its mean over
exceptional, poor and neither, so that the rare ones count as much as the common one.

The sets: `test` and `dev` are [ours](../evaluation/corpus/DATASHEET.md), written by people whose
other posts no weight has seen, half of them about trades no training post speaks of. `gold_dev` are
real posts labelled for this task; we looked at its errors while building, so it flatters us
somewhat. The other sets are real posts with related labels: sentences of restaurant and hotel
reviews, lounge reviews with stars for the staff, tweets to airlines. None of them was trained on,
and their texts are not shown. Two careful readers of `gold_dev` agree at .98."""


def write(
    posts: pd.DataFrame,
    measured: Sequence[Reading],
    found: Mapping[str, float],
    floors: Floors,
    kept: Sequence[Record],
    page: Path = PAGE,
) -> None:
    """Write the page anew."""
    by_name = {each.name: each for each in measured}
    judged = _all_methods(posts, measured)
    model = measured[0].judged["model"].iloc[0]
    parts = [
        _HEAD.format(model=model, corpus=corpus.digest(), times=measure.RESAMPLES),
        "## Figures, floors and aims\n\n" + _floors(found, floors),
        "## Against simpler methods\n\n" + "\n\n".join(verdict_tables.methods(judged)),
        "## Class by class\n\n" + "\n\n".join(verdict_tables.classes(by_name)),
        "## What is taken for what\n\n" + "\n\n".join(verdict_tables.confusions(by_name)),
        "## By manner of telling\n\n" + verdict_tables.slices(by_name),
        "## The other questions\n\n" + "\n\n".join(facet_tables(by_name, TASK)),
        "## Confidence\n\n" + "\n\n".join(verdict_tables.confidence(by_name)),
        "## Frames\n\n" + "\n\n".join(verdict_tables.frames(kept)),
        "## Twenty errors\n\n" + errors.told(by_name["dev"]),
    ]
    page.write_text("\n\n".join(parts) + "\n", "utf-8")


def _all_methods(posts: pd.DataFrame, measured: Sequence[Reading]) -> dict[str, dict[str, Counts]]:
    """Confusion by method and set."""
    simple: dict[str, Method] = methods(posts[posts["part"] == "train"])
    found = {
        name: {
            each.name: measure.confusion(
                each.truth["verdict"], method(list(each.truth["text"])), VERDICTS
            )
            for each in measured
        }
        for name, method in simple.items()
    }
    return found | {OURS: {each.name: each.counts for each in measured}}


def _floors(found: Mapping[str, float], floors: Floors) -> str:
    rows = [
        [name, f"{at:.3f}", _pin(floors.floors, name), _pin(floors.aims, name)]
        for name, at in found.items()
    ]
    return table(["figure", "measured", "floor", "aim"], rows)


def _pin(pinned: Mapping[str, float], name: str) -> str:
    return figure(pinned[name]) if name in pinned else ""
