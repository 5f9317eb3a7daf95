"""All fixed phrases of the lexicon found at once: one pass per length, not one per phrase."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from analysis.arrays import Ints
from analysis.keys import MIX, Keys


class Phrases:
    """Phrases as the numbers of their words; a phrase is known by its place in the list.

    Those of one length are known by a key mixed of their words; keys of two phrases do not meet.
    """

    def __init__(self, phrases: Sequence[tuple[int, ...]]) -> None:
        by_length: dict[int, list[int]] = defaultdict(list)
        for place, words in enumerate(phrases):
            by_length[len(words)].append(place)
        self._tables: dict[int, tuple[Keys, Ints]] = {}
        for length, places in sorted(by_length.items()):
            numbers = np.array([phrases[place] for place in places], np.int64)
            keys = numbers[:, 0]
            for column in range(1, length):
                keys = keys * MIX + numbers[:, column]
            self._tables[length] = Keys(keys), np.array(places, np.int64)

    def find(self, words: Ints, clause: Ints) -> tuple[Ints, Ints, Ints]:
        """Phrase, first word and the word after the last, of every phrase within a clause."""
        found, begins, afters = ([np.zeros(0, np.int64)] for _ in range(3))
        keys = words
        for length in range(2, max(self._tables, default=1) + 1):
            keys = keys[:-1] * MIX + words[length - 1 :]
            if length not in self._tables:
                continue
            known, places = self._tables[length]
            begin, which = known.find(keys)
            whole = np.flatnonzero(clause[begin] == clause[begin + length - 1])
            found.append(places[which[whole]])
            begins.append(begin[whole])
            afters.append(begin[whole] + length)
        return np.concatenate(found), np.concatenate(begins), np.concatenate(afters)
