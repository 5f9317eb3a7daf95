"""From the valences of words to the polarity of their texts, in one loop.

The arithmetic is the original's to the last digit: sums run in reading order, and what lies near a
tie is rounded as Python does, by the number itself and not by a multiple of it.
"""

import math
import sys
from collections.abc import Sequence

import numpy as np

from analysis.arrays import Floats, Ints
from analysis.compiled import compiled
from analysis.vader_tokens import Numbers, Tokens

Polarity = tuple[float, float, float, float]  # neg, neu, pos, compound

BEFORE, BEHIND = 0.5, 1.5  # what "but" multiplies the valences before and behind it by
SOFTENING = 15  # keeps the compound of a few words well within -1 and 1
_NEAR = 1e-6  # of a tie, in units of the last digit kept: far more than a product can be off
_SPLIT = (1 << 27) + 1.0  # times a number, this parts its digits in halves
_NONE = -1

# From 3.12 on sum() of floats carries the lost digits along, so the original's compound depends on
# the interpreter it runs on.
IS_COMPENSATED = sys.version_info >= (3, 12)


def emphasis_of(exclamations: int, questions: int) -> float:
    """What punctuation adds: up to four "!", and two "?" or more."""
    asked = 0.96 if questions > 3 else questions * 0.18 if questions > 1 else 0.0
    return min(exclamations, 4) * 0.292 + asked


def shares_of(
    values: Sequence[float] | Floats, size: int, total: float, loudness: float
) -> Polarity:
    """neg, neu, pos and compound, not rounded, of a text of so many words.

    Some of the words have these valences, which add up to `total`.
    """
    positive = negative = 0.0
    neutral = size
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
    compound = total / math.sqrt(total * total + SOFTENING)
    return negative / mass, neutral / mass, positive / mass, compound


_emphasis, _shares = compiled(emphasis_of), compiled(shares_of)


@compiled
def polarity(
    places: Ints, values: Floats, numbers: Numbers, tokens: Tokens, but: int, is_compensated: bool
) -> Floats:
    """neg, neu, pos and compound of each text of a batch, shape (texts, 4).

    `places` and `values` have one entry a scored word, in reading order; the values are changed.
    `numbers` has the word at each place, `but` is the number of that one. All is zero in a text
    without words.
    """
    scores = np.zeros((len(tokens.first), 4))
    begin = 0
    for text in range(len(scores)):
        first, after = tokens.first[text], tokens.after[text]
        end = begin
        while end < len(places) and places[end] < after:
            end += 1
        if begin < end:
            at = first
            while at < after and numbers[at] != but:
                at += 1
            if at < after:
                _weigh_around_but(values[begin:end], places[begin:end], at)
            loudness = _emphasis(tokens.exclamations[text], tokens.questions[text])
            _score(scores[text], values[begin:end], after - first, loudness, is_compensated)
        elif first < after:
            scores[text, 1] = 1.0
        begin = end
    return scores


@compiled
def _score(score: Floats, values: Floats, size: int, loudness: float, is_compensated: bool) -> None:
    negative, neutral, positive, compound = _shares(
        values, size, _total(values, is_compensated), loudness
    )
    score[0] = _rounded(negative, 1e3)
    score[1] = _rounded(neutral, 1e3)
    score[2] = _rounded(positive, 1e3)
    score[3] = _rounded(compound, 1e4)


@compiled
def _total(values: Floats, is_compensated: bool) -> float:
    """As `sum` adds floats: from Python 3.12 on, it carries the lost digits along."""
    total = lost = 0.0
    for value in values:
        new = total + value
        if abs(total) >= abs(value):
            lost += (total - new) + value
        else:
            lost += (value - new) + total
        total = new
    if is_compensated and math.isfinite(lost):
        total += lost
    return total


@compiled
def _rounded(value: float, scale: float) -> float:
    """What `round` gives, to the digits of which the scale is the power of ten."""
    scaled = value * scale
    whole = np.floor(scaled)
    if abs(scaled - whole - 0.5) < _NEAR:
        high = _SPLIT * value - (_SPLIT * value - value)
        missed = (high * scale - scaled) + (value - high) * scale  # by the product, to the digit
        beyond = (scaled - whole - 0.5) + missed
        up = beyond > 0 or (beyond == 0 and whole % 2 == 1)
        return math.copysign((whole + up) / scale, value)
    return float(np.rint(scaled) / scale)


@compiled
def _weigh_around_but(values: Floats, places: Ints, but: int) -> None:
    """What `analysis.vader_plain_totals` does by this name; the places of a value are a skew heap.

    In such a heap each place has those that come later below it, left and right.
    """
    slots = 4
    while slots < 4 * len(values):
        slots *= 2
    held = np.zeros(slots)  # values, by open addressing
    first = np.full(slots, _NONE)  # the first place that holds the value
    left, right = np.full(len(values), _NONE), np.full(len(values), _NONE)
    for turn in range(len(values)):
        if values[turn] == 0:
            continue
        slot = _slot(held, values[turn])
        at = _merged(first[slot], turn, left, right)
        first[slot] = at
        if places[at] != but:
            first[slot] = _merged(left[at], right[at], left, right)
            left[at] = right[at] = _NONE
            values[at] *= BEFORE if places[at] < but else BEHIND
            if values[at] != 0:
                slot = _slot(held, values[at])
                first[slot] = _merged(first[slot], at, left, right)


@compiled
def _slot(held: Floats, value: float) -> int:
    """Where the value is held; it is put there where it was not."""
    slot = hash(value) % len(held)
    while held[slot] != 0 and held[slot] != value:
        slot = (slot + 1) % len(held)
    held[slot] = value
    return slot


@compiled
def _merged(one: int, other: int, left: Ints, right: Ints) -> int:
    """The root of both heaps in one."""
    if one == _NONE or other == _NONE:
        return max(one, other)
    root = min(one, other)
    above = _NONE
    while one != _NONE and other != _NONE:
        if other < one:
            one, other = other, one
        if above != _NONE:
            left[above] = one
        above = one
        one, right[above] = right[above], left[above]
    left[above] = max(one, other)
    return root
