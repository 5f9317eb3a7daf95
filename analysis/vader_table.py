"""Which words of a list are found in a batch, looked up as numbers of eight bytes all at once."""

import numpy as np
from numpy.typing import NDArray

from analysis.vader_tokens import WIDTH, Codes, Ints, Tokens, coded

Numbers = NDArray[np.integer]

OTHER = 1  # the number of all words that are not in the table

_MASKS = np.array([(1 << 8 * size) - 1 for size in range(WIDTH)] + [-1])
_LONG = np.int64(-(1 << 63))  # marks the keys of longer words: codes never have the highest bit
MIX = np.int64(-0x61C8864680B583EB)  # 2**64 / the golden ratio, as Knuth multiplies


def _eights(codes: Codes) -> Ints:
    """The eight codes from each place on, as one number."""
    return np.ndarray(len(codes) - WIDTH + 1, "<i8", codes, strides=(1,))


def _keys(codes: Codes, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """A number for each word: its very codes up to eight, a mixture of first and last beyond.

    And the indices of those beyond.
    """
    eights, sizes = _eights(codes), ends - starts
    keys = eights[starts]
    keys &= _MASKS.take(sizes, mode="clip")
    long = np.flatnonzero(sizes > WIDTH)
    keys[long] = (keys[long] ^ (eights[ends[long] - WIDTH] * MIX)) | _LONG
    return keys, long


class Table:
    """The words of a list that are ASCII, by their keys; a word's number is its place in the list.

    A hash table with open addressing, of which one slot in sixteen or so is taken.
    """

    def __init__(self, words: list[str]) -> None:
        self._number = {word: n for n, word in enumerate(words) if word and word.isascii()}
        numbers = [*self._number.values()]
        sizes = np.array([*map(len, self._number)])
        ends = np.cumsum(sizes)
        codes = coded("".join([*self._number, "\n" * WIDTH]))
        self._keys = np.full(len(words), -1)
        self._keys[numbers], _ = _keys(codes, ends - sizes, ends)
        self._heads = np.zeros(len(words), np.int64)
        self._heads[numbers] = _eights(codes)[ends - sizes]
        self._sizes = np.array([len(word) for word in words])
        bits = (16 * len(words)).bit_length() - 1
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
        keys, long = _keys(codes, tokens.starts, tokens.ends)
        slots = self._homes(keys)
        numbers = self._slots.take(slots)
        astray = np.flatnonzero((self._keys.take(numbers) != keys) & (numbers != OTHER))
        while astray.size:
            slots[astray] = (slots[astray] + 1) & self._last
            numbers[astray] = found = self._slots.take(slots[astray])
            astray = astray[(self._keys.take(found) != keys[astray]) & (found != OTHER)]
        self._verify(tokens, codes, long[numbers[long] != OTHER], numbers)
        return numbers

    def _verify(self, tokens: Tokens, codes: Codes, long: Ints, numbers: Numbers) -> None:
        """Make sure of long words, of which the keys are no proof.

        What begins like a word, is as long and has its key ends like it too. If these sixteen
        letters are not all, or something differs, Python looks the word up.
        """
        found, starts = numbers[long], tokens.starts[long]
        sizes = tokens.ends[long] - starts
        alike = (self._heads[found] == _eights(codes)[starts]) & (self._sizes[found] == sizes)
        rest = long[~alike | (sizes > 2 * WIDTH)]
        written = tokens.written(rest)
        numbers[rest] = [self._number.get(word.lower(), OTHER) for word in written]
