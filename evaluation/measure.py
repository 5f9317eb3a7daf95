"""Figures: confusion, precision, recall and F1 per class, intervals, calibration.

Confusions are counts with the true labels down and the judged ones across, both in the order of
`labels`. A class that is neither there nor judged has an F1 of 0 and does not count in the mean.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

RESAMPLES = 2000
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Score:
    """How well one class is found; n is how many there are."""

    label: str
    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Posts judged with a confidence of `low` up to `high`: how sure, and how often right."""

    low: float
    high: float
    n: int
    sure: float
    right: float


def confusion(true: Iterable[str], judged: Iterable[str], labels: Sequence[str]) -> Counts:
    """Counts of true against judged labels; the last column is everything not in `labels`."""
    place = {label: number for number, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels) + 1), np.int64)
    for told, found in zip(true, judged, strict=True):
        counts[place[told], place.get(found, len(labels))] += 1
    return counts


def scores(counts: Counts, labels: Sequence[str]) -> list[Score]:
    """Precision, recall and F1 of each class."""
    hit = np.diagonal(counts)
    precision = _share(hit, counts[:, : len(labels)].sum(axis=0))
    recall = _share(hit, counts.sum(axis=1))
    return [
        Score(label, float(p), float(r), float(f), int(n))
        for label, p, r, f, n in zip(
            labels, precision, recall, f1(counts), counts.sum(axis=1), strict=True
        )
    ]


def f1(counts: Counts) -> Floats:
    """F1 of each class; over a stack of confusions (..., true, judged) too."""
    labels = counts.shape[-2]
    hit = np.diagonal(counts, axis1=-2, axis2=-1)
    judged = counts[..., :labels].sum(axis=-2)
    return _share(2 * hit, judged + counts.sum(axis=-1))


def macro_f1(counts: Counts) -> Floats:
    """Mean F1 of the classes that are there or were judged."""
    labels = counts.shape[-2]
    there = (counts[..., :labels].sum(axis=-2) + counts.sum(axis=-1)) > 0
    return _share((f1(counts) * there).sum(axis=-1), there.sum(axis=-1))


def accuracy(counts: Counts) -> Floats:
    """Share judged as labelled."""
    return _share(np.diagonal(counts, axis1=-2, axis2=-1).sum(axis=-1), counts.sum(axis=(-2, -1)))


def resamples(counts: Counts, times: int = RESAMPLES, seed: int = SEED) -> Counts:
    """Confusions of `times` samples of the same posts drawn with replacement.

    Drawing posts and counting them is drawing counts from a multinomial over the cells.
    """
    total = counts.sum()
    drawn = np.random.default_rng(seed).multinomial(total, counts.ravel() / max(total, 1), times)
    return drawn.reshape(times, *counts.shape)


def interval(figures: Floats, level: float = 0.95) -> tuple[float, float]:
    """The middle `level` of resampled figures."""
    low, high = np.quantile(figures, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def reliability(sure: Floats, right: npt.NDArray[np.bool_], edges: Sequence[float]) -> list[Bin]:
    """How often judgements of each band of confidence are right; bands without posts are left."""
    bins = []
    for low, high in pairwise(edges):
        here = (sure >= low) & ((sure < high) | ((high == edges[-1]) & (sure <= high)))
        if here.any():
            mean, hit = float(sure[here].mean()), float(right[here].mean())
            bins.append(Bin(low, high, int(here.sum()), mean, hit))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of confidence from truth, weighed by posts."""
    total = sum(each.n for each in bins)
    return sum(each.n * abs(each.sure - each.right) for each in bins) / total if total else 0.0


def _share(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """part / whole, 0 where the whole is 0."""
    top, bottom = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    return np.divide(top, bottom, out=np.zeros(np.broadcast(top, bottom).shape), where=bottom > 0)
