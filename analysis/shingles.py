"""Texts as sets of hashed word triples, thousands at a time.

Words are hashed on the characters of the whole batch at once: running sums of
`character * p**position` give every word's polynomial hash by one subtraction, so no word becomes
a Python string. Case, punctuation and white space do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Hashes = NDArray[np.uint64]

WIDTH = 3  # words in a shingle: one typo spoils three of them, chance repeats few
HASH_BITS = 40  # the rest of 64 is for the text's number: 16 million texts in a batch
_BATCH = 1 << 20  # characters hashed at once; the arrays of a batch then stay in the cache
_SEPARATOR = "\x1e"
_P = np.uint64(0x9E3779B97F4A7C15)  # odd, so it has an inverse modulo 2**64
_P_INVERSE = np.uint64(pow(int(_P), -1, 1 << 64))
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True)
class Shingles:
    """The distinct shingles of a batch of texts; `packed` is sorted by text, then by hash."""

    packed: Hashes  # text number in the high bits, hash in the HASH_BITS low ones
    first: Ints  # per text: where its shingles begin; one more at the end

    @property
    def size(self) -> Ints:
        """Per text: how many distinct shingles it has; 0 where it has no word."""
        return np.diff(self.first)


def shingle(texts: Sequence[str]) -> Shingles:
    """The shingles of each text. A text of fewer than WIDTH words is one shingle."""
    parts = [np.zeros(0, np.uint64)]
    first = 0
    for batch in _batches(texts):
        parts.append(_packed(batch, first))
        first += len(batch)
    packed = np.concatenate(parts)
    bounds = np.arange(len(texts) + 1, dtype=np.uint64) << np.uint64(HASH_BITS)
    return Shingles(packed, np.searchsorted(packed, bounds))


def _batches(texts: Sequence[str]) -> list[Sequence[str]]:
    ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
    cuts = np.flatnonzero(np.diff(ends // _BATCH)) + 1
    edges = [0, *cuts.tolist(), len(texts)]
    return [texts[a:b] for a, b in pairwise(edges) if b > a]


def _packed(texts: Sequence[str], first: int) -> Hashes:
    word, post = _words(texts)
    count = np.bincount(post, minlength=len(texts))
    place = np.arange(len(word)) - (np.cumsum(count) - count)[post]
    mixed = word.copy()
    for step in range(1, WIDTH):
        later = np.zeros_like(word)
        later[:-step] = np.where(post[step:] == post[:-step], word[step:], np.uint64(0))
        mixed = _mix(mixed) + later
    full = (place + WIDTH <= count[post]) | (place == 0)
    hashes = _mix(mixed[full]) >> np.uint64(64 - HASH_BITS)
    number = (post[full] + first).astype(np.uint64) << np.uint64(HASH_BITS)
    packed = np.sort(number | hashes)
    fresh: Flags = np.diff(packed, prepend=~packed[:1]) != 0
    return packed[fresh]


def _words(texts: Sequence[str]) -> tuple[Hashes, Ints]:
    """A hash per word, and the text it stands in."""
    joined = "".join(text.replace(_SEPARATOR, " ") + _SEPARATOR for text in texts).lower()
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = _letters(codes)
    change = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    begin, end = change[::2], change[1::2]
    power, inverse = _powers(1 << (len(codes) - 1).bit_length())
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * power[: len(codes)], out=sums[1:])
    word = (sums[end] - sums[begin]) * inverse[begin]
    stops = np.flatnonzero(codes == ord(_SEPARATOR))
    return _mix(word), np.searchsorted(stops, begin)


def _letters(codes: NDArray[np.uint32]) -> Flags:
    """Characters that make words: digits, letters, and from U+00AA up all but punctuation."""
    ascii_letters = np.zeros(128, bool)
    ascii_letters[[ord(c) for c in "abcdefghijklmnopqrstuvwxyz0123456789"]] = True
    inside = (codes >= 0xAA) & ((codes < 0x2000) | (codes > 0x206F))
    small = codes < 128
    inside[small] = ascii_letters[codes[small]]
    return inside


@cache
def _powers(length: int) -> tuple[Hashes, Hashes]:
    steps = np.full((2, length), np.uint64(1))
    steps[0, 1:], steps[1, 1:] = _P, _P_INVERSE
    power, inverse = np.multiply.accumulate(steps, axis=1)
    return power, inverse


def _mix(hashes: Hashes) -> Hashes:
    """Spread every bit over all others (the finaliser of splitmix64)."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * _MIX[0]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[1]
    return mixed ^ (mixed >> np.uint64(31))
