"""VADER's rule for "but": what stands before it counts half, what stands behind by half more.

The original applies it in a way of its own (`weigh_around_but`), which shows in a few texts only.
"""

from collections import defaultdict
from heapq import heappop, heappush

import numpy as np

from analysis.vader_table import MIX
from analysis.vader_tokens import Floats, Ints
from analysis.vader_vocabulary import Words

_BEFORE, _BEHIND = 0.5, 1.5
_WEIGHTS = np.array([1.0, _BEHIND, _BEFORE])  # at "but", behind it and, by index -1, before it


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
            values[first] = value * (_BEFORE if places[first] < but else _BEHIND)
            heappush(holders[values[first]], first)


def first_buts(words: Words) -> Ints:
    """The place of the first "but" of each text, -1 where there is none."""
    buts = np.flatnonzero(words.numbers == words.vocabulary.number["but"])
    first = np.full(len(words.tokens), -1)
    first[words.tokens.owners(buts[::-1])] = buts[::-1]  # of several in a text the first comes last
    return first


def hear_but(valence: Floats, places: Ints, owners: Ints, buts: Ints) -> None:
    """Weigh the valences before and behind the "but" of their text, in place.

    Only where a weighed valence equals another one of its text does the original's way of looking
    them up show (see `weigh_around_but`): there it is followed step by step.
    """
    concerned = np.flatnonzero((buts[owners] >= 0) & (valence != 0))
    places, owners, before = places[concerned], owners[concerned], valence[concerned]
    weighed = before * _WEIGHTS[np.sign(places - buts[owners])]
    for owner in _tangled(owners, before, weighed).tolist():
        start, end = np.searchsorted(owners, [owner, owner + 1])
        values = before[start:end].tolist()
        weigh_around_but(values, places[start:end].tolist(), buts[owner])
        weighed[start:end] = values
    valence[concerned] = weighed


def _tangled(owners: Ints, before: Floats, weighed: Floats) -> Ints:
    """The texts in which some valence, once weighed, equals one that was there before.

    Text and bits of the valence are mixed to one number: others may be among them, none is missed.
    """
    both = np.concatenate([owners, owners])
    keys = np.concatenate([weighed, before]).view(np.int64) ^ (both * MIX)
    order = np.argsort(keys)
    keys, is_weighed = keys[order], order < len(owners)
    met = (keys[1:] == keys[:-1]) & (is_weighed[1:] != is_weighed[:-1])
    return np.unique(both[order[1:][met]])
