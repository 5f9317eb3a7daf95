"""From the valences of words to the polarity of their text, for one text and for a batch.

The arithmetic is the original's to the last digit: sums run in reading order, and Python rounds
what lies near a tie, because it rounds the number itself and not a multiple of it.
"""

import math
import sys
from itertools import pairwise

import numpy as np

from analysis.vader_tokens import Floats, Ints, Tokens

Polarity = tuple[float, float, float, float]  # neg, neu, pos, compound

# From 3.12 on sum() of floats carries the lost digits along, so the original's compound depends on
# the interpreter it runs on.
_SUM_IS_COMPENSATED = sys.version_info >= (3, 12)

_SOFTENING = 15  # keeps the compound of a few words well within -1 and 1
_NEAR = 1e-6  # of a tie, in units of the last digit kept: far more than a product can be off


def emphasis_of(exclamations: int, questions: int) -> float:
    """What punctuation adds: up to four "!", and two "?" or more."""
    asked = 0.96 if questions > 3 else questions * 0.18 if questions > 1 else 0.0
    return min(exclamations, 4) * 0.292 + asked


def emphasis(tokens: Tokens) -> Floats:
    """The same for each text of a batch."""
    exclamations, questions = tokens.count("!"), tokens.count("?")
    asked = np.where(questions > 3, 0.96, questions * 0.18)
    return np.minimum(exclamations, 4) * 0.292 + np.where(questions > 1, asked, 0.0)


def polarity_of(values: list[float], count: int, loudness: float) -> Polarity:
    """The polarity of a text of so many words, of which some have these valences."""
    total = float(sum(values))
    positive = negative = 0.0
    neutral = count
    for value in values:  # not by sum(), which from Python 3.12 on is more exact than the original
        if value > 0:
            positive += value + 1  # as a neutral word counts 1
            neutral -= 1
        elif value < 0:
            negative += 1 - value
            neutral -= 1
    if total > 0:
        total += loudness
    elif total < 0:
        total -= loudness
    if positive > negative:
        positive += loudness
    elif positive < negative:
        negative += loudness
    mass = positive + negative + neutral
    compound = total / math.sqrt(total * total + _SOFTENING)
    return (
        round(negative / mass, 3),
        round(neutral / mass, 3),
        round(positive / mass, 3),
        round(compound, 4),
    )


def polarity(valence: Floats, owners: Ints, words: Ints, loudness: Floats) -> Floats:
    """neg, neu, pos and compound of each text of a batch, shape (texts, 4).

    `valence` and `owners` have one entry a scored word, in reading order; `words` (how many there
    are) and `loudness` (the emphasis) one a text. All is zero in a text without words.
    """
    count = len(words)
    total = _totals(valence, owners, count)
    total += np.sign(total) * loudness
    glad, sad = np.flatnonzero(valence > 0), np.flatnonzero(valence < 0)
    positive = _sums(owners[glad], valence[glad] + 1, count)
    negative = _sums(owners[sad], 1 - valence[sad], count)
    neutral = words - np.bincount(owners[glad], minlength=count)
    neutral -= np.bincount(owners[sad], minlength=count)
    lead = np.sign(positive - negative)
    positive += np.where(lead > 0, loudness, 0)
    negative += np.where(lead < 0, loudness, 0)
    mass = np.maximum(positive + negative + neutral, 1)  # below 1 only without words
    shares = np.stack([negative, neutral, positive], axis=1) / mass[:, None]
    compound = total / np.sqrt(total * total + _SOFTENING)
    return np.column_stack([_rounded(shares, 3), _rounded(compound, 4)])


def _sums(owners: Ints, values: Floats, count: int) -> Floats:
    """The values of each text added up in their order; of no values at all bincount makes ints."""
    return np.bincount(owners, weights=values, minlength=count).astype(np.float64, copy=False)


def _totals(valence: Floats, owners: Ints, count: int) -> Floats:
    """The valences of each text added up as `sum` does it here."""
    if not _SUM_IS_COMPENSATED:
        return _sums(owners, valence, count)
    edges = np.searchsorted(owners, np.arange(count + 1)).tolist()
    values = valence.tolist()
    return np.array([float(sum(values[start:end])) for start, end in pairwise(edges)])


def _rounded(values: Floats, digits: int) -> Floats:
    """What `round` gives for each value."""
    scaled = values * 10.0**digits
    result: Floats = np.rint(scaled) / 10.0**digits
    tie = np.abs(scaled - np.floor(scaled) - 0.5) < _NEAR
    result[tie] = [round(value, digits) for value in values[tie].tolist()]
    return result
