"""Text as arrays of characters: their code points, and the codes by which words are read.

Emoji are spelled out on the way as the original does: a space and the description.
"""

from functools import cache
from string import ascii_lowercase, punctuation
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Ints
from analysis.compiled import compiled
from analysis.vader_table import WIDTH
from analysis.vader_tokens import CAPITAL, FOREIGN, FOREIGN_SMALL, LAST_MARK, MARKS, A, Codes
from analysis.vader_words import described_emoji

Points = NDArray[np.uint8] | NDArray[np.uint32]  # code points; bytes where all are ASCII
Signs = NDArray[np.uint16]

_END = 0x20000  # no character from here on is an emoji, white space, a capital or a small letter
_EMOJI = 256  # a sign from here on is the number of an emoji and so much, one below it a code


def points_of(text: str) -> Points:
    """The code points of a text; the array may be changed."""
    if text.isascii():
        return np.frombuffer(bytearray(text.encode()), np.uint8)
    return np.frombuffer(bytearray(text.encode("utf-32-le", "surrogatepass")), np.uint32)


def coded(points: Points, edges: Ints) -> tuple[Codes, Ints]:
    """The codes of texts with emoji spelled out, and where each text begins now.

    Text i has the points from edges[i] up to edges[i + 1].
    """
    if points.dtype == np.uint8:
        codes = bytearray(points.tobytes().translate(_ascii_codes()))
        codes += bytes(WIDTH)
        return np.frombuffer(codes, np.uint8), edges
    return _spelled(points, edges, *_signs(), WIDTH)


@cache
def _ascii_codes() -> bytes:
    marks = MARKS + "".join(sorted({*punctuation} - {*MARKS}))
    codes = {mark: code for code, mark in enumerate(marks, 1)}
    others = [c for c in map(chr, range(128)) if not (c in codes or c.isspace() or c.isalpha())]
    codes |= {other: code for code, other in enumerate(others, LAST_MARK + 1)}
    codes |= {letter: code for code, letter in enumerate(ascii_lowercase, A)}
    codes |= {letter.upper(): codes[letter] + CAPITAL for letter in ascii_lowercase}
    return bytes(codes.get(chr(point), 0) for point in range(256))


class _Signs(NamedTuple):
    sign: Signs  # by code point
    begin: Ints  # by number of an emoji, and the end of the last: where its description stands
    letters: Codes  # the descriptions, each behind a space


@cache
def _signs() -> _Signs:
    """What characters are beyond ASCII; no question is asked about those from _END on."""
    signs = np.full(_END, FOREIGN, np.uint16)
    letter = np.arange(_END, dtype=np.uint32).view("U1")
    capital = np.char.isupper(letter)
    signs[capital] = FOREIGN_SMALL + CAPITAL
    signs[np.char.islower(letter) | (np.char.istitle(letter) & ~capital)] = FOREIGN_SMALL
    signs[np.char.isspace(letter)] = 0
    signs[:128] = [*_ascii_codes()[:128]]
    signs[ord("\u212a")] = signs[ord("K")]  # the Kelvin sign: its small letter is "k"
    emoji = described_emoji()
    letters = [points_of(f" {words}") for words in emoji.values()]
    begin = np.concatenate([[0], np.cumsum([*map(len, letters)])])
    codes = signs[np.concatenate(letters)].astype(np.uint8)
    signs[[*map(ord, emoji)]] = np.arange(len(emoji)) + _EMOJI
    return _Signs(signs, begin, codes)


@compiled
def _spelled(
    points: Points, edges: Ints, signs: Signs, begin: Ints, letters: Codes, padding: int
) -> tuple[Codes, Ints]:
    last = len(signs) - 1
    size = len(points)
    for point in points:
        sign = signs[min(point, last)]
        if sign >= _EMOJI:
            size += begin[sign - _EMOJI + 1] - begin[sign - _EMOJI] - 1
    codes = np.zeros(size + padding, np.uint8)
    moved = np.empty_like(edges)
    size = 0
    for text in range(len(edges) - 1):
        moved[text] = size
        for at in range(edges[text], edges[text + 1]):
            sign = signs[min(points[at], last)]
            if sign < _EMOJI:
                codes[size] = sign
                size += 1
            else:
                for letter in range(begin[sign - _EMOJI], begin[sign - _EMOJI + 1]):
                    codes[size] = letters[letter]
                    size += 1
    moved[-1] = size
    return codes[: size + padding], moved
