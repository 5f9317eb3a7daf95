"""The characters of a batch as codes of one byte, and which of them hang together.

A text's signs are a few hundred at most: Latin ones keep their own code, the marks of typography
get one each, and all others of a kind (letters of other scripts, emoji) share one.
"""

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Ints, ranges

Codes = NDArray[np.uint8]

# What a character is; from NEWLINE on it matters, from SIGN on it is a word or a part of one.
(
    SILENT, SPACE, QUOTE, APOSTROPHE, NEWLINE, STOP, CLAUSE, POST, SIGN, LETTER, DIGIT, SPECIAL,
) = range(12)  # fmt: skip
POST_END = "\x00"  # cleaning removes control characters, so no text holds one
_LATIN_1 = 0xFF
_CONTROLS = range(0x80, 0xA0)  # these codes are free, since no text needs them
_TYPOGRAPHY = dict(zip("’“”…–—•", _CONTROLS, strict=False))
_SHARED = {
    kind: _CONTROLS[len(_TYPOGRAPHY) + at]
    for at, kind in enumerate((LETTER, DIGIT, SPACE, SIGN, SILENT))
}
_FIRST_SHARED = min(_SHARED.values())
_SEPARATES = np.zeros(_LATIN_1 + 1, bool)
_SEPARATES[[ord(sign) for sign in ".,:"]] = True
_ARROWS = 0x2190  # arrows and emoji upwards speak too

# A link, a handle, a hashtag: pieces of their own. A link does not begin inside a word.
_LINK = re.compile(r"https?://")
_SPECIAL = re.compile(r"https?://[^\s\x00]+|[@#]\w+(?:[-.']\w+)*")
_WORD_BEFORE = re.compile(r"[^\W\d_]['’]?\Z")


def _kind(sign: str) -> int:
    if sign == POST_END:
        return POST
    if sign.isspace():
        return NEWLINE if sign == "\n" else SPACE
    if sign in "'’":
        return APOSTROPHE
    if sign in ".!?…":
        return STOP
    if sign in ";:–—()[]|•·":
        return CLAUSE
    if sign in '"“”':
        return QUOTE
    if sign.isalnum():
        return DIGIT if sign.isdecimal() else LETTER
    return SIGN if ord(sign) > _ARROWS else SILENT


@cache
def _code(point: int) -> int:
    """The code of a character that does not keep its own."""
    sign = chr(point)
    return _TYPOGRAPHY[sign] if sign in _TYPOGRAPHY else _SHARED[_kind(sign)]


_KEPT = [*range(_CONTROLS.start), *range(_CONTROLS.stop, _LATIN_1 + 1)]
_KINDS = np.zeros(_LATIN_1 + 1, np.uint8)
_KINDS[_KEPT] = [_kind(chr(code)) for code in _KEPT]
_KINDS[list(_TYPOGRAPHY.values())] = [_kind(sign) for sign in _TYPOGRAPHY]
_KINDS[list(_SHARED.values())] = list(_SHARED)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text cut into pieces of one kind each, without those that say nothing."""

    codes: Codes  # per character
    kinds: Codes  # per character
    begin: Ints  # per piece
    end: Ints
    kind: Codes

    def of(self, places: Ints) -> Ints:
        """The piece in which each of these characters stands, or the last before it."""
        return np.searchsorted(self.begin, places, "right") - 1

    def blurred(self) -> Ints:
        """The pieces with a character that shares its code with others."""
        return self.of(np.flatnonzero(self.codes - np.uint8(_FIRST_SHARED) < len(_SHARED)))


def cut(text: str) -> Pieces:
    """The pieces of a text that are words or end something.

    A word keeps its apostrophes and a number its separators ("5:30", "1,200"); letters and digits
    part ("24hrs" -> "24" "hrs") so that units are known however they are typed; emoji stand alone.
    """
    codes = _coded(text)
    kinds = np.frombuffer(bytearray(codes.tobytes().translate(_KINDS.tobytes())), np.uint8)
    spans = _specials(text, codes)
    kinds[ranges(spans[:, 0], spans[:, 1])[0]] = SPECIAL
    _join(codes, kinds)
    starts = kinds - np.uint8(POST) <= SIGN - POST  # the two that stand alone
    starts[1:] |= kinds[1:] != kinds[:-1]
    starts[spans[:, 0]] = starts[:1] = True
    begin = np.flatnonzero(starts)
    end = np.append(begin[1:], len(codes))[: len(begin)]
    kind = kinds[begin]
    tells = np.flatnonzero(kind >= NEWLINE)
    return Pieces(codes, kinds, begin[tells], end[tells], kind[tells])


def _specials(text: str, codes: Codes) -> Ints:
    """Where links, handles and hashtags begin and end; few enough to be looked at one by one."""
    tags = np.flatnonzero((codes == ord("@")) | (codes == ord("#"))).tolist()
    links = {match.start() for match in _LINK.finditer(text)}
    spans, done = [], 0
    for begin in sorted([*tags, *links]):
        inside = begin in links and _WORD_BEFORE.search(text, max(begin - 2, done), begin)
        if begin >= done and not inside and (match := _SPECIAL.match(text, begin)):
            spans.append(match.span())
            done = match.end()
    return np.array(spans, np.int64).reshape(-1, 2)


def _coded(text: str) -> Codes:
    if text.isascii():
        return np.frombuffer(text.encode(), np.uint8)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    codes = points.astype(np.uint8)
    foreign = np.flatnonzero((points > _LATIN_1) | (points - _CONTROLS.start < len(_CONTROLS)))
    known, which = np.unique(points[foreign], return_inverse=True)
    codes[foreign] = np.array([_code(point) for point in known.tolist()], np.uint8)[which]
    return codes


def _join(codes: Codes, kinds: Codes) -> None:
    """Make apostrophes letters between letters, and separators digits between digits, in place."""
    marks = np.flatnonzero(kinds == APOSTROPHE)
    marks = marks[(marks > 0) & (marks < len(kinds) - 1)]
    kinds[marks[(kinds[marks - 1] == LETTER) & (kinds[marks + 1] == LETTER)]] = LETTER
    digits = np.flatnonzero(kinds == DIGIT)
    digits = digits[digits < len(kinds) - 2]
    parted = _SEPARATES[codes[digits + 1]] & (kinds[digits + 2] == DIGIT)
    kinds[digits[parted] + 1] = DIGIT
