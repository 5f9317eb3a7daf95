"""All fixed phrases of the lexicon found at once: one pass per length, not one per phrase."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Ints

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd and large: keys of different phrases do not meet


class Phrases:
    """Phrases as the numbers of their words; a phrase is known by its place in the list."""

    def __init__(self, phrases: Sequence[tuple[int, ...]]) -> None:
        self.count = len(phrases)
        by_length: dict[int, list[int]] = defaultdict(list)
        for place, words in enumerate(phrases):
            by_length[len(words)].append(place)
        self._tables: dict[int, tuple[NDArray[np.uint64], Ints]] = {}
        for length, places in sorted(by_length.items()):
            numbers = np.array([phrases[place] for place in places], np.uint64)
            keys = numbers[:, 0]
            for column in range(1, length):
                keys = keys * _FACTOR + numbers[:, column]
            order = np.argsort(keys)
            self._tables[length] = keys[order], np.array(places, np.int64)[order]

    def find(self, words: Ints, clause: Ints) -> tuple[Ints, Ints, Ints]:
        """Phrase, first word and the word after the last, of every phrase within a clause."""
        found, begins, afters = ([np.zeros(0, np.int64)] for _ in range(3))
        numbers = words.astype(np.uint64)
        keys = numbers
        for length in range(2, max(self._tables, default=1) + 1):
            keys = keys[:-1] * _FACTOR + numbers[length - 1 :]
            if length not in self._tables or not len(keys):
                continue
            known, places = self._tables[length]
            at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
            whole = clause[: len(keys)] == clause[length - 1 :]
            begin = np.flatnonzero((known[at] == keys) & whole)
            found.append(places[at[begin]])
            begins.append(begin)
            afters.append(begin + length)
        return np.concatenate(found), np.concatenate(begins), np.concatenate(afters)
