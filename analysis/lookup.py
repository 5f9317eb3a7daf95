"""The things that stand in a batch, ready to be looked up by where they begin or end."""

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.spans import Spans
from analysis.tokens import Tokens


class _Index:
    """How many of some numbers, which are below `count`, are smaller than one that is asked for."""

    def __init__(self, numbers: Ints, count: int) -> None:
        """`numbers` are sorted. Few are searched; for many the answers are written down."""
        self._few = numbers if len(numbers) < count / 4 else None
        if self._few is None:
            self._smaller = np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))])

    def __call__(self, asked: Ints) -> Ints:
        if self._few is None:
            return self._smaller[asked]
        return np.searchsorted(self._few, asked)


class Lookup:
    """Looks up things by number, by begin and by end, and what the words around them ask."""

    def __init__(self, things: Spans, tokens: Tokens, negated: Flags, count: int) -> None:
        self.tokens = tokens
        self.negated = np.append(negated, False)  # the end of the last sentence is no word
        self.by_begin = things.where(np.argsort(things.begin, kind="stable"))
        self.by_end = things.where(np.argsort(things.after, kind="stable"))
        self.begins = _Index(self.by_begin.begin, len(tokens) + 1)
        self.ends = _Index(self.by_end.after, len(tokens) + 1)
        self.things, self.by_number = things, np.argsort(things.of.astype(np.uint16), kind="stable")
        self.count = np.bincount(things.of, minlength=count)
        self.numbers = np.concatenate([[0], np.cumsum(self.count)])

    def reach(self, last: Ints, scope: Ints) -> Ints:
        """Where the clause (1), sentence (2) or post (3) of each of these words ends."""
        tokens = self.tokens
        ends = tokens.clause_first[tokens.clause[last] + 1]
        for wider, of, first in (
            (2, tokens.sentence, tokens.sentence_first), (3, tokens.post, tokens.post_first)
        ):  # fmt: skip
            far = np.flatnonzero(scope == wider)
            ends[far] = first[of[last[far]] + 1]
        return ends

    def agrees(self, begin: Ints, polarity: Ints) -> Flags:
        """Whether the words stand under a negation or not, as it is wanted."""
        agrees: Flags = polarity < 0
        asked = np.flatnonzero(~agrees)
        agrees[asked] = self.negated[begin[asked]] == polarity[asked]
        return agrees
