"""From the valences of words to the polarity of their text.

The arithmetic is the original's to the last digit: sums run in reading order, and Python rounds
what lies near a tie, because it rounds the number itself and not a multiple of it.
"""

import sys

import numpy as np

from analysis.vader_plain import SOFTENING
from analysis.vader_tokens import Floats, Ints, Tokens

# From 3.12 on sum() of floats carries the lost digits along, so the original's compound depends on
# the interpreter it runs on.
_SUM_IS_COMPENSATED = sys.version_info >= (3, 12)

_NEAR = 1e-6  # of a tie, in units of the last digit kept: far more than a product can be off


def totals(valence: Floats, owners: Ints, count: int) -> Floats:
    """The sum of the valences of each text, added up as `sum` does it here; shape (count,)."""
    if not _SUM_IS_COMPENSATED:
        return np.bincount(owners, valence, count).astype(float)  # of nothing it is whole
    ends = np.searchsorted(owners, np.arange(count + 1))
    values = valence.tolist()
    return np.array([float(sum(values[a:b])) for a, b in zip(ends[:-1], ends[1:], strict=True)])


def emphasis(tokens: Tokens) -> Floats:
    """What the punctuation of each text adds: up to four "!", and two "?" or more."""
    exclamations, questions = tokens.count("!"), tokens.count("?")
    asked = np.where(questions > 3, 0.96, questions * 0.18)
    return np.minimum(exclamations, 4) * 0.292 + np.where(questions > 1, asked, 0.0)


def polarity(valence: Floats, owners: Ints, words: Ints, loudness: Floats) -> Floats:
    """neg, neu, pos and compound of each text, shape (texts, 4), all zero without words.

    `valence` and `owners` have one entry a scored word, in reading order; `words` (how many there
    are) and `loudness` (the emphasis) one a text.
    """
    count = len(words)
    total = totals(valence, owners, count)
    total += np.sign(total) * loudness
    glad, sad = np.flatnonzero(valence > 0), np.flatnonzero(valence < 0)
    positive = np.bincount(owners[glad], valence[glad] + 1, count)  # neutral words count 1 each
    negative = np.bincount(owners[sad], 1 - valence[sad], count)
    neutral = words - np.bincount(owners[glad], minlength=count)
    neutral -= np.bincount(owners[sad], minlength=count)
    lead = np.sign(positive - negative)
    positive = positive + np.where(lead > 0, loudness, 0)  # not +=: bincount of nothing is whole
    negative = negative + np.where(lead < 0, loudness, 0)
    mass = np.maximum(positive + negative + neutral, 1)  # below 1 only without words
    polarity = np.empty((count, 4))
    polarity[:, :3] = rounded(np.stack([negative, neutral, positive], axis=1) / mass[:, None], 3)
    polarity[:, 3] = rounded(total / np.sqrt(total * total + SOFTENING), 4)
    return polarity


def rounded(values: Floats, digits: int) -> Floats:
    """What `round` gives for each value."""
    scaled = values * 10.0**digits
    result = np.rint(scaled) / 10.0**digits
    tie = np.abs(scaled - np.floor(scaled) - 0.5) < _NEAR
    result[tie] = [round(value, digits) for value in values[tie].tolist()]
    return result
