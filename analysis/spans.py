"""Stretches of words."""

from dataclasses import dataclass

import numpy as np

from analysis.arrays import Flags, Ints, distinct, places

_BITS = np.int64(27)  # of a word's number: a batch holds less than 134 million
_LOW = (np.int64(1) << _BITS) - 1


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of words [begin, after), each of a pattern, a role or whatever `of` numbers."""

    of: Ints
    begin: Ints
    after: Ints

    def __len__(self) -> int:
        return len(self.of)

    def where(self, keep: Flags | Ints | slice) -> "Spans":
        """Only those that are kept."""
        keep = keep if isinstance(keep, slice) else places(keep)
        return Spans(self.of[keep], self.begin[keep], self.after[keep])

    def in_order(self) -> "Spans":
        """By what they are of, then by where they stand; each once."""
        key = distinct((self.of << _BITS | self.begin) << _BITS | self.after)
        return Spans(key >> 2 * _BITS, key >> _BITS & _LOW, key & _LOW)
