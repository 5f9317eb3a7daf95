"""Which words of a list are found in a batch, looked up as numbers of eight bytes all at once."""

import numpy as np
from numpy.typing import NDArray

from analysis.vader_tokens import WIDTH, Codes, Ints, Tokens, coded

Numbers = NDArray[np.integer]

OTHER = 1  # the number of all words that are not in the table

MIX = np.int64(-0x61C8864680B583EB)  # 2**64 / the golden ratio, as Knuth multiplies

# By the length of a word: which of eight codes are its own, and, for longer words, a mark of their
# length that has the highest bit, as no code does.
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(WIDTH)] + [-1])
_LENGTHS = np.arange(64) * MIX | np.int64(-(1 << 63))
_LENGTHS[: WIDTH + 1] = 0


def _eights(codes: Codes) -> Ints:
    """The eight codes from each place on, as one number."""
    return np.ndarray(len(codes) - WIDTH + 1, "<i8", codes, strides=(1,))


def _keys(codes: Codes, starts: Ints, ends: Ints) -> Ints:
    """A number for each word: its codes or, of more than eight, the first and how many."""
    sizes = ends - starts
    keys = _eights(codes)[starts]
    keys &= _MASKS.take(sizes, mode="clip")
    keys ^= _LENGTHS.take(sizes, mode="clip")
    return keys


class Table:
    """The words of a list that are ASCII, by their keys; a word's number is its place in the list.

    A hash table with open addressing, so wide (sixteen slots a word or more) that nearly all
    words that are not in it fall on an empty slot at once.
    """

    def __init__(self, words: list[str]) -> None:
        self._number = {word: n for n, word in enumerate(words) if word and word.isascii()}
        numbers = [*self._number.values()]
        sizes = np.array([*map(len, self._number)])
        ends = np.cumsum(sizes)
        codes = coded("".join([*self._number, "\n" * WIDTH]))
        self._keys = np.full(len(words), -1)
        self._keys[numbers] = _keys(codes, ends - sizes, ends)
        self._tails = np.zeros(len(words), np.int64)
        self._tails[numbers] = _eights(codes)[np.maximum(ends - WIDTH, 0)]
        self._sizes = np.array([*map(len, words)])
        bits = (16 * len(words)).bit_length()
        self._shift, self._last = 64 - bits, (1 << bits) - 1
        self._slots = self._filled(numbers)

    def _filled(self, numbers: list[int]) -> Numbers:
        slots = [OTHER] * (self._last + 1)
        for number, slot in zip(numbers, self._homes(self._keys[numbers]).tolist(), strict=True):
            while slots[slot] != OTHER:
                slot = (slot + 1) & self._last
            slots[slot] = number
        return np.array(slots, np.min_scalar_type(len(self._keys)))

    def _homes(self, keys: Ints) -> Ints:
        return ((keys * MIX).view(np.uint64) >> self._shift).view(np.int64)

    def find(self, tokens: Tokens, codes: Codes) -> Numbers:
        """The number of each word, OTHER where it has none; `codes` are those of small letters."""
        keys = _keys(codes, tokens.starts, tokens.ends)
        slots = self._homes(keys)
        numbers = self._slots.take(slots)
        astray = np.flatnonzero((self._keys.take(numbers) != keys) & (numbers != OTHER))
        while astray.size:
            slots[astray] = (slots[astray] + 1) & self._last
            numbers[astray] = found = self._slots.take(slots[astray])
            astray = astray[(self._keys.take(found) != keys[astray]) & (found != OTHER)]
        self._verify(tokens, codes, np.flatnonzero((keys < 0) & (numbers != OTHER)), numbers)
        return numbers

    def _verify(self, tokens: Tokens, codes: Codes, long: Ints, numbers: Numbers) -> None:
        """Make sure of long words, which were found by how they begin.

        Up to twice eight letters the last eight are the proof. Where they differ, and where words
        are longer than that, Python looks the word up.
        """
        found, ends = numbers[long], tokens.ends[long]
        sizes = ends - tokens.starts[long]
        alike = (self._tails[found] == _eights(codes)[ends - WIDTH]) & (self._sizes[found] == sizes)
        rest = long[~alike | (sizes > 2 * WIDTH)]
        written = tokens.written(rest)
        numbers[rest] = [self._number.get(word.lower(), OTHER) for word in written]
