"""From the valences of one text's words to its polarity, in plain Python, "but" included.

Sums run in reading order, as floats depend on it.
"""

import math
from collections import defaultdict
from heapq import heappop, heappush

from analysis.vader_totals import BEFORE, BEHIND, SOFTENING

Polarity = tuple[float, float, float, float]  # neg, neu, pos, compound


def weigh_around_but(values: list[float], places: list[int], but: int) -> None:
    """Halve the values before "but" and raise those behind by half, in place, as the original does.

    The original looks each value up in its list by `list.index`, so it changes the first place that
    holds an equal value by then, and perhaps the same place again: in "2.0 1.0 but" the 1.0 finds
    the halved 2.0. The heaps hold the places of each value, so that long texts stay cheap.
    """
    holders: dict[float, list[int]] = defaultdict(list)
    for turn, value in enumerate(values):  # no value is changed before its turn
        holding = holders[value]
        heappush(holding, turn)
        first = holding[0]
        if places[first] != but:
            heappop(holding)
            values[first] = value * (BEFORE if places[first] < but else BEHIND)
            heappush(holders[values[first]], first)


def emphasis_of(exclamations: int, questions: int) -> float:
    """What punctuation adds: up to four "!", and two "?" or more."""
    asked = 0.96 if questions > 3 else questions * 0.18 if questions > 1 else 0.0
    return min(exclamations, 4) * 0.292 + asked


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
    compound = total / math.sqrt(total * total + SOFTENING)
    return (
        round(negative / mass, 3),
        round(neutral / mass, 3),
        round(positive / mass, 3),
        round(compound, 4),
    )
