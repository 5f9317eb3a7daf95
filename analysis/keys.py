"""A few keys found among very many."""

import numpy as np

from analysis.arrays import Ints

MIX = np.int64(-0x61C8864680B583EB)  # 2**64 / the golden ratio, as Knuth multiplies
_ROOM = 16  # places of the table by keys: so many of the others are seen to be none of them


def hashed(keys: Ints, bits: int) -> Ints:
    """A place in a table of 2**bits for each key."""
    return ((keys * MIX).view(np.uint64) >> np.uint64(64 - bits)).view(np.int64)


class Keys:
    """A set of keys, each known by its place in the list it was made of."""

    def __init__(self, keys: Ints) -> None:
        self._keys = keys
        self._bits = max(_ROOM * len(keys), 2).bit_length()
        narrow = np.min_scalar_type(-len(keys) - 1)  # a narrow table stays in the processor's cache
        self._table = np.full(1 << self._bits, -1, narrow)
        home, places = hashed(keys, self._bits), np.arange(len(keys))
        self._table[home] = places
        crowded = np.flatnonzero(self._table[home] != places)  # another has their place
        self._crowded = crowded[np.argsort(keys[crowded])]

    def find(self, keys: Ints) -> tuple[Ints, Ints]:
        """Where among these a key of the set stands, and its place in the set."""
        place = self._table[hashed(keys, self._bits)]
        maybe = np.flatnonzero(place >= 0)
        place, found = place[maybe].astype(np.int64), keys[maybe]
        if len(self._crowded):
            other = np.flatnonzero(self._keys[place] != found)
            at = np.searchsorted(self._keys[self._crowded], found[other])
            place[other] = self._crowded[np.minimum(at, len(self._crowded) - 1)]
        same = self._keys[place] == found
        return maybe[same], place[same]
