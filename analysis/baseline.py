"""What is usual, and what is more than usual: a count test that knows how days scatter."""

import numpy as np
import pandas as pd
import scipy  # its statistics load when first used
from numpy.typing import NDArray

from analysis.comparable import WEEKEND

RANGE = (0.1, 0.9)  # "normally 1 to 3": four usual days of five lie in it

Floats = NDArray[np.float64]


def usual_counts(counts: pd.DataFrame, like: pd.DatetimeIndex) -> tuple[Floats, Floats]:
    """Mean and variance of a new day's count, per row.

    `counts` has a row per thing counted and a column per comparable day; `like` are those of the
    day's own sort. A count scatters as by chance (Poisson) times a factor that all days together
    show around the mean of their sort; the mean itself is uncertain where days are few.
    """
    days = pd.DatetimeIndex(counts.columns)
    alike = counts[like].to_numpy(float)
    # Half a count more, as Jeffreys' prior has it: four days without one do not prove "never".
    mean = (alike.sum(axis=1) + 0.5) / len(like)
    scatter = scatters(counts.to_numpy(float), _sorts(days, like))
    return mean, mean * scatter * (1 + 1 / len(like))


def scatters(counts: Floats, sort: NDArray[np.int32]) -> Floats:
    """How many times more than by chance each row scatters around the means of its sorts."""
    squares, freedom = np.zeros(len(counts)), 0
    for one in np.unique(sort):
        days = counts[:, sort == one]
        mean = days.mean(axis=1, keepdims=True)
        squares += ((days - mean) ** 2 / np.where(mean > 0, mean, 1)).sum(axis=1)
        freedom += days.shape[1] - 1
    # Never below 1: that a few days look more regular than chance is itself chance.
    return np.maximum(squares / max(freedom, 1), 1.0)


def _sorts(days: pd.DatetimeIndex, like: pd.DatetimeIndex) -> NDArray[np.int32]:
    """Weekdays where the like days are of one weekday, else working days and weekends."""
    weekdays = np.asarray(days.day_of_week)
    return weekdays if len(set(like.day_of_week)) == 1 else (weekdays >= WEEKEND).astype(np.int32)


def usual_range(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The counts between which a usual day lies."""
    size, chance = _shape(mean, variance)
    usual = scipy.stats.nbinom(size, chance)
    return usual.ppf(RANGE[0]), usual.ppf(RANGE[1])


def surprise(today: Floats, mean: Floats, variance: Floats) -> Floats:
    """The chance of a count as high as today's, or higher, on a usual day."""
    size, chance = _shape(mean, variance)
    return np.asarray(scipy.stats.nbinom.sf(today - 1, size, chance), float)


def _shape(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """The negative binomial of that mean and variance, which is always above the mean."""
    return mean**2 / (variance - mean), mean / variance
