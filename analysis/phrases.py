"""All fixed phrases of the lexicon found at once, where the first two words of one stand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce

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
            columns = np.array([phrases[place] for place in places], np.int64).T
            self._tables[length] = Keys(_mixed(columns)), np.array(places, np.int64)
        starts = sorted({words[:2] for words in phrases})
        self._starts = Keys(_mixed(np.array(starts, np.int64).reshape(-1, 2).T))

    def find(self, words: Ints, clause: Ints) -> tuple[Ints, Ints, Ints]:
        """Phrase, first word and the word after the last, of every phrase within a clause."""
        found, begins, afters = ([np.zeros(0, np.int64)] for _ in range(3))
        start, _ = self._starts.find(_mixed([words[:-1], words[1:]]))  # few go on to be a phrase
        words = np.append(words, np.zeros(max(self._tables, default=0), np.int64))
        for length, (known, places) in self._tables.items():
            at, which = known.find(_mixed([words[start + behind] for behind in range(length)]))
            begin = start[at]
            whole = np.flatnonzero(clause[begin] == clause[begin + length - 1])
            found.append(places[which[whole]])
            begins.append(begin[whole])
            afters.append(begin[whole] + length)
        return np.concatenate(found), np.concatenate(begins), np.concatenate(afters)


def _mixed(columns: Iterable[Ints]) -> Ints:
    """A key for each row of words."""
    return reduce(lambda keys, words: keys * MIX + words, columns)
