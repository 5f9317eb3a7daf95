"""Types of arrays, and the arithmetic on whole numbers that reading a batch takes."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Cells = NDArray[np.int32]  # numbers as sparse matrices hold them
Points = NDArray[np.uint32]  # characters by number
Bytes = NDArray[np.uint8]


def places(keep: Flags | Ints) -> Ints:
    """Flags as the places they are up: several arrays are read by places much faster."""
    return np.flatnonzero(keep) if keep.dtype == bool else keep.astype(np.int64, copy=False)


def distinct(keys: Ints) -> Ints:
    """The keys in order, each once: for whole numbers faster than np.unique, which hashes."""
    keys = np.sort(keys)
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def ranges(first: Ints, after: Ints) -> tuple[Ints, Ints]:
    """All numbers of the ranges [first, after), and from which range each is."""
    count = after - first
    source = np.repeat(np.arange(len(first)), count)
    shift = first - (np.cumsum(count) - count)
    return np.arange(len(source)) + shift[source], source
