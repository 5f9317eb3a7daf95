"""From the valences of one text's words to its polarity, in plain Python, "but" included.

Sums run in reading order, as floats depend on it.
"""

from collections import defaultdict
from heapq import heappop, heappush

from analysis.vader_totals import BEFORE, BEHIND, Polarity, shares_of


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


def polarity_of(values: list[float], count: int, loudness: float) -> Polarity:
    """The polarity of a text of so many words, of which some have these valences."""
    negative, neutral, positive, compound = shares_of(values, count, float(sum(values)), loudness)
    return round(negative, 3), round(neutral, 3), round(positive, 3), round(compound, 4)
