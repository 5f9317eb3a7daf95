"""Weights fitted to the corpus and to analysts' corrections, measured beside those in use.

Both are measured on the gate's own test part, no post of which any fit has seen, and on the
corrections: there each is judged by weights that were fitted without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.frames import Lexicon
from analysis.judge import Judge, judge
from analysis.model import Model
from analysis.refitted import Refitted
from evaluation import corpus, readings
from evaluation.floors import Floors
from evaluation.readings import Reading
from evaluation.train import train

FOLDS = 3
_VERDICT_FIGURES = ("test.macro_f1", "test.exceptional_f1", "test.poor_f1")
_WRITER = "analysts"  # all as one, or a brand's name said by three authors would become a word
_NOISE = 0.0005


@dataclass(frozen=True)
class Figure:
    """One figure under the weights in use and under the new ones."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class Refit:
    """New weights and what speaks for and against them."""

    model: Refitted
    figures: tuple[Figure, ...]
    worse: tuple[str, ...]  # one sentence per reason not to take them


def refit(corrections: pd.DataFrame, now: Judge) -> Refit:
    """Fit anew with the corrections (columns as the corpus has them); `now` judges at present."""
    fitted = Refitted.made_of(_fitted(corrections), len(corrections))
    new = Judge.load(fitted)
    figures = (*_on_the_gate(now, new), _on_corrections(corrections, now))
    return Refit(fitted, figures, tuple(_reasons_against(figures)))


def _fitted(corrections: pd.DataFrame) -> Model:
    """A correction weighs as a post of the corpus; three times as much cost calibration."""
    more = corrections.assign(writer=_WRITER, part="train")
    return train(Lexicon.load(), pd.concat([corpus.load("train"), more], ignore_index=True))


def _on_the_gate(now: Judge, new: Judge) -> Iterator[Figure]:
    truth = corpus.load("test")
    before, after = (
        readings.figures(
            Reading("test", truth, judge(corpus.as_posts(truth), None, by)), by.scorer.model.alert
        )
        for by in (now, new)
    )
    for name, figure in before.items():
        yield Figure(name, figure, after[name])


def _on_corrections(corrections: pd.DataFrame, now: Judge) -> Figure:
    """Share judged as the analysts did; the new weights of each fold have not seen it."""
    fold = np.arange(len(corrections)) % FOLDS
    right = 0
    for number in np.unique(fold):
        others, left_out = corrections[fold != number], corrections[fold == number]
        right += _right(left_out, Judge.load(_fitted(others)))
    shares = [count / len(corrections) for count in (_right(corrections, now), right)]
    return Figure("corrections left out, right", *shares)


def _right(posts: pd.DataFrame, by: Judge) -> int:
    judged = judge(corpus.as_posts(posts), None, by)["verdict"].to_numpy()
    return int((judged == posts["verdict"].to_numpy()).sum())


def _reasons_against(figures: tuple[Figure, ...]) -> Iterator[str]:
    for figure in figures:
        if figure.name in _VERDICT_FIGURES and figure.after < figure.before - _NOISE:
            yield f"{figure.name} falls from {figure.before:.3f} to {figure.after:.3f}"
    yield from Floors.load().breaches({figure.name: figure.after for figure in figures})
