"""A column of texts put together from stretches of other texts, without a string on the way.

Evidence and quotes are stretches of posts and a few fixed phrases between them. White space within
a text is one blank each, and none at its ends.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from analysis.arrays import Bytes, Flags, Ints, Points
from analysis.characters import characters
from analysis.compiled import compiled

_BLANK, _DOTS = ord(" "), ord("…")
# No white space comes after the ideographic one.
_IS_SPACE = np.array([chr(point).isspace() for point in range(ord("\u3000") + 1)])
_MOST_BYTES = 4  # of a character
_NO_END = 1 << 62


class Phrases(NamedTuple):
    """Fixed phrases, by number."""

    points: Points  # their characters on end
    edges: Ints  # where each begins, and the end of the last

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Phrases":
        """The phrases with these texts."""
        texts = list(texts)
        return cls(characters("".join(texts)), np.cumsum([0, *map(len, texts)]))


NO_PHRASES = characters("")


class Stretches(NamedTuple):
    """Which stretches a column is made of.

    Their characters are those of a text; after its last, those of phrases have the next numbers.
    """

    begin: Ints
    end: Ints
    after: Ints  # per row: the stretches up to its last


def column(stretches: Stretches, points: Points, phrases: Points, length: int = 0) -> pa.Array:
    """A text for each row; one of more characters than `length` is cut at a word and ends with …"""
    edges, signs = _written(*stretches, points, phrases, _IS_SPACE, length or _NO_END)
    return pa.LargeStringArray.from_buffers(
        len(stretches.after), pa.py_buffer(edges), pa.py_buffer(signs)
    )


@compiled
def _written(
    begin: Ints, end: Ints, after: Ints,
    points: Points, phrases: Points, is_space: Flags, length: int,
) -> tuple[Ints, Bytes]:  # fmt: skip
    """Where each row begins and the last ends, and the bytes of all in UTF-8."""
    room = 0
    for stretch in range(len(begin)):
        room += end[stretch] - begin[stretch]
    signs = np.empty(_MOST_BYTES * (room + len(after)), np.uint8)
    edges = np.zeros(len(after) + 1, np.int64)
    size = stretch = 0
    last = length - 1  # the dots take the place of the character with this number
    for row in range(len(after)):
        start = cut = size  # a row that is too long is cut at its last blank that fits
        told, is_apart = 0, False
        while stretch < after[row]:
            for at in range(begin[stretch], end[stretch]):
                point = points[at] if at < len(points) else phrases[at - len(points)]
                if point < len(is_space) and is_space[point]:
                    is_apart = told > 0
                    continue
                if is_apart:
                    is_apart = False
                    cut = size if told < last or cut == start else cut
                    size = _put(signs, size, _BLANK)
                    told += 1
                if told == last and cut == start:  # one long word
                    cut = size
                size = _put(signs, size, point)
                told += 1
            stretch += 1
        if told > length:
            size = _put(signs, cut, _DOTS)
        edges[row + 1] = size
    return edges, signs[:size].copy()


@compiled
def _put(signs: Bytes, at: int, point: int) -> int:
    """Write a character as UTF-8; the place behind it."""
    if point < 0x80:
        signs[at] = point
        return at + 1
    if point < 0x800:
        signs[at] = 0xC0 | point >> 6
        signs[at + 1] = 0x80 | point & 0x3F
        return at + 2
    if point < 0x10000:
        signs[at] = 0xE0 | point >> 12
        signs[at + 1] = 0x80 | point >> 6 & 0x3F
        signs[at + 2] = 0x80 | point & 0x3F
        return at + 3
    signs[at] = 0xF0 | point >> 18
    signs[at + 1] = 0x80 | point >> 12 & 0x3F
    signs[at + 2] = 0x80 | point >> 6 & 0x3F
    signs[at + 3] = 0x80 | point & 0x3F
    return at + 4
