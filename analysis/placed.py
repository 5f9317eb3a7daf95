"""Spans by where they begin, so that a loop finds those at a word without a search."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Ints
from analysis.compiled import compiled
from analysis.spans import Spans


@dataclass(frozen=True, slots=True)
class Placed(Spans):
    """Spans in the order of their first words."""

    first: Ints  # per word and for the end of the last: its first span; one more

    def beside(self, others: Spans) -> "Placed":
        """These and some more."""
        order = np.argsort(others.begin, kind="stable")
        more = others.of[order], others.begin[order], others.after[order]
        spans, first = _merged((self.of, self.begin, self.after), self.first, more)
        return Placed(spans[0], spans[1], spans[2], first)


@compiled
def _merged(
    spans: tuple[Ints, Ints, Ints], first: Ints, more: tuple[Ints, Ints, Ints]
) -> tuple[Ints, Ints]:
    """Rows of number, begin and after, and where each word's begin; the new ones come last."""
    of, begin, after = spans
    new_of, new_begin, new_after = more
    merged = np.empty((3, len(of) + len(new_of)), np.int64)
    starts = np.empty_like(first)
    old, word = 0, 0
    for new in range(len(new_of) + 1):
        ahead = new_begin[new] + 1 if new < len(new_of) else len(first) - 1
        for place in range(old, first[ahead]):
            merged[0, place + new] = of[place]
            merged[1, place + new] = begin[place]
            merged[2, place + new] = after[place]
        for place in range(word, ahead):
            starts[place] = first[place] + new
        old, word = first[ahead], ahead
        if new < len(new_of):
            merged[0, old + new] = new_of[new]
            merged[1, old + new] = new_begin[new]
            merged[2, old + new] = new_after[new]
    starts[-1] = merged.shape[1]
    return merged, starts
