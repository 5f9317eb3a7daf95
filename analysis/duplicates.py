"""Texts that say nearly the same words: reposts, quotes, syndicated articles.

    texts -> word triples -> the lowest few hashes of each text -> candidates -> exact overlap

The lowest hashes of a set are a random sample of it, the same for every text (a bottom-k MinHash
sketch), so texts that share much share some of them. One sort finds those; the overlap of each
candidate pair is then counted exactly, so a pair that is reported is never a guess.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.shingles import HASH_BITS, Flags, Ints, Shingles, shingle

JACCARD = 0.5  # of all word triples of both; reposts with three typos in 30 words still have it
SKETCH = 16  # lowest hashes compared; a pair with half its triples in common shares about 8
AGREE = 3  # of them must be the same: chance and stock phrases share one or two
EXACT = 2_000  # texts up to which every shingle is compared: as fast, and misses nothing
_NEIGHBOURS = 48  # texts looked at along a run of one shingle: bounds the work on a stock phrase
_TEXT_BITS = np.uint64(64 - HASH_BITS)
_HASH, _TEXT = np.uint64((1 << HASH_BITS) - 1), np.uint64((1 << (64 - HASH_BITS)) - 1)


@dataclass(frozen=True)
class Pairs:
    """Pairs of near-duplicate texts, first < second, sorted. Copies are paired with the first."""

    first: Ints
    second: Ints
    jaccard: np.ndarray[tuple[int], np.dtype[np.float64]]
    shared: Ints  # distinct word triples in common

    def __len__(self) -> int:
        return len(self.first)


def near_duplicates(texts: Sequence[str], jaccard: float = JACCARD, exact: int = EXACT) -> Pairs:
    """All pairs of distinct texts with at least this overlap, and each copy with its original.

    Above `exact` texts, two pairs in a thousand of those just at JACCARD = 0.5 are missed.
    """
    shingles = shingle(texts)
    original = originals(shingles)
    keep = np.flatnonzero((original == np.arange(len(texts))) & (shingles.size > 0))
    small = len(texts) <= exact
    first, second = _candidates(shingles, keep, 0 if small else SKETCH, jaccard)
    shared = _overlap(shingles, first, second)
    union = shingles.size[first] + shingles.size[second] - shared
    near = shared >= jaccard * union
    copy = np.flatnonzero((original < np.arange(len(texts))) & (shingles.size > 0))
    return _sorted(
        np.concatenate([first[near], original[copy]]),
        np.concatenate([second[near], copy]),
        np.concatenate([(shared / np.maximum(union, 1))[near], np.ones(len(copy))]),
        np.concatenate([shared[near], shingles.size[copy]]),
    )


def originals(shingles: Shingles) -> Ints:
    """Per text: the first text with exactly its shingles; itself where it is the first."""
    filled = np.flatnonzero(shingles.size)
    hashes = shingles.packed & _HASH
    total = np.zeros(len(shingles.size), np.uint64)
    if len(filled):
        total[filled] = np.add.reduceat(hashes * (hashes | np.uint64(1)), shingles.first[filled])
    key = total ^ (shingles.size.astype(np.uint64) << np.uint64(HASH_BITS))
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    return first[group]


def _candidates(shingles: Shingles, keep: Ints, lowest: int, jaccard: float) -> tuple[Ints, Ints]:
    """Pairs of the kept texts that agree in enough of their `lowest` hashes (0: in all they need).

    The texts stand behind their hashes in one sorted array, so texts that share one are neighbours.
    """
    size = shingles.size[keep]
    taken = np.minimum(size, lowest) if lowest else size
    text = np.repeat(keep, taken)
    offset = np.arange(len(text)) - np.repeat(np.cumsum(taken) - taken, taken)
    hashes = shingles.packed[shingles.first[text] + offset] & _HASH
    row = np.sort(hashes << _TEXT_BITS | text.astype(np.uint64))
    left = np.arange(len(row) - 1)
    found = [np.zeros(0, np.uint64)]
    for step in range(1, _NEIGHBOURS + 1):
        left = left[: np.searchsorted(left, len(row) - step)]
        left = left[(row[left] ^ row[left + step]) >> _TEXT_BITS == 0]
        if not len(left):
            break
        found.append(((row[left] & _TEXT) << np.uint64(32)) | (row[left + step] & _TEXT))
    pairs, times = np.unique(np.concatenate(found), return_counts=True)
    first, second = (pairs >> np.uint64(32)).astype(np.int64), (pairs & _TEXT).astype(np.int64)
    needed = np.ceil(jaccard / (1 + jaccard) * (shingles.size[first] + shingles.size[second]))
    enough = times >= (np.minimum(needed, AGREE) if lowest else needed)
    return first[enough], second[enough]


def _overlap(shingles: Shingles, first: Ints, second: Ints) -> Ints:
    """Per pair: how many distinct shingles both texts have."""
    swap: Flags = shingles.size[first] > shingles.size[second]
    short, long = np.where(swap, second, first), np.where(swap, first, second)
    size = shingles.size[short]
    pair = np.repeat(np.arange(len(short)), size)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(size) - size, size)
    hashes = shingles.packed[shingles.first[short][pair] + offset]
    wanted = (long[pair].astype(np.uint64) << np.uint64(HASH_BITS)) | (hashes & _HASH)
    at = np.minimum(np.searchsorted(shingles.packed, wanted), len(shingles.packed) - 1)
    return np.bincount(pair[shingles.packed[at] == wanted], minlength=len(first))


def _sorted(first: Ints, second: Ints, jaccard: np.ndarray, shared: Ints) -> Pairs:
    order = np.lexsort((second, first))
    return Pairs(first[order], second[order], jaccard[order], shared[order])
