"""A text cut into words and the marks between them, in one look from left to right.

A word keeps its apostrophes and a number its separators ("5:30", "1,200"); letters and digits part
("24hrs" -> "24" "hrs") so that units are known however they are typed; emoji stand alone. Links,
handles and hashtags are words of their own; a link does not begin inside a word.
"""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Bytes, Ints, Points
from analysis.compiled import compiled

# The kinds of characters. Up to LETTER those that most of a text is made of; from QUOTE on they end
# or mark something, from TAG on they are words.
(
    SILENT, SPACE, DIGIT, LETTER, COMMA, APOSTROPHE,
    QUOTE, POST, NEWLINE, STOP, CLAUSE, TAG, SIGN,
) = range(1, 14)  # fmt: skip
_MIX = np.int64(-0x61C8864680B583EB)  # 2**64 / the golden ratio, as Knuth multiplies
_H, _T, _P, _S, _COLON, _SLASH, _COMMA, _DOT, _DASH, _TICK, _LINE = map(ord, "htps:/,.-'_")
_AT = ord("@")
# The keys of all numbers, handles and links: as words they are one each, however they are spelt.
_NUMBER, _HANDLE, _LINK = 1, 3, 5


class Pieces(NamedTuple):
    """The words of a text, and its marks: stops, clause marks, line ends, quotes, ends of posts."""

    begin: Ints  # per word: characters of the text
    end: Ints
    key: Ints  # per word: made of its characters; two words share one once in an eternity, but
    # all numbers do, all handles, and all links
    kind: Bytes  # per mark
    mark_begin: Ints  # per mark
    mark_end: Ints
    words: Ints  # per mark: how many words stand before it


@compiled
def cut(points: Points, kinds: Bytes) -> Pieces:
    """The pieces of the characters of a text that ends with a post; `kinds` are by character."""
    size = len(points)
    begin, end, key = np.empty(size, np.int64), np.empty(size, np.int64), np.empty(size, np.int64)
    first, after = np.empty(size, np.int64), np.empty(size, np.int64)
    what, before = np.empty(size, np.uint8), np.empty(size, np.int64)
    words = marks = at = start = 0
    number = np.int64(0)
    last = np.uint8(SILENT)
    while at < size:
        sign = points[at]
        kind = kinds[sign]
        if kind > LETTER and _joins(points, kinds, at, last):
            kind = last
        if kind <= LETTER:  # written down as it grows, and counted once something else follows
            new = kind != last
            words += int(new & (last >= DIGIT))
            start = at if new else start
            number = ((0 if new else number) ^ sign) * _MIX
            begin[words], end[words] = start, at + 1
            key[words] = _NUMBER if kind == DIGIT else number | 1
            last = kind
            at += 1
            continue
        stop = at + 1
        link = sign == _COLON and last == LETTER and _opens_link(points, kinds, start, at)
        words += int(last >= DIGIT and not link)
        if link or kind >= TAG:
            if link:
                at, stop = start, _link_end(points, kinds, at)
            elif kind == TAG:
                stop = _tag_end(points, kinds, at)
            if stop > at:  # a bare "@" is no word
                begin[words], end[words] = at, stop
                key[words] = _LINK if link else _HANDLE if sign == _AT else _key(points, at, stop)
                words += 1
        elif kind >= QUOTE:
            while kind >= NEWLINE and kinds[points[stop]] == kind:
                stop += 1
            what[marks], before[marks], first[marks], after[marks] = kind, words, at, stop
            marks += 1
        last = np.uint8(SILENT)
        at = max(stop, at + 1)
    return Pieces(  # what is kept is copied, so that it does not keep all the room it had
        begin[:words].copy(),
        end[:words].copy(),
        key[:words],
        what[:marks],
        first[:marks],
        after[:marks],
        before[:marks],
    )


@compiled
def _joins(points: Points, kinds: Bytes, at: int, last: np.uint8) -> bool:
    """An apostrophe between letters or a separator between digits."""
    sign = points[at]
    if kinds[sign] == APOSTROPHE:
        return bool(last == LETTER and kinds[points[at + 1]] == LETTER)
    parts = sign in (_DOT, _COMMA, _COLON)
    return bool(parts and last == DIGIT and kinds[points[at + 1]] == DIGIT)


@compiled
def _key(points: Points, at: int, end: int) -> int:
    """A number for these characters, never 0."""
    key = 0
    for place in range(at, end):
        key = (key ^ points[place]) * _MIX
    return key | 1


@compiled
def _tag_end(points: Points, kinds: Bytes, tag: int) -> int:
    """Where a handle or hashtag ends, `tag` if it has no name; a dash, dot or tick may part it."""
    at = tag + 1
    if not _names(points, kinds, at):
        return tag
    while True:
        while _names(points, kinds, at):
            at += 1
        sign = points[at]
        parts = sign in (_DASH, _DOT, _TICK)
        if not parts or not _names(points, kinds, at + 1):
            return at
        at += 1


@compiled
def _names(points: Points, kinds: Bytes, at: int) -> bool:
    """A letter, a digit or a line."""
    kind = kinds[points[at]]
    return points[at] == _LINE or kind in (DIGIT, LETTER)


@compiled
def _opens_link(points: Points, kinds: Bytes, start: int, colon: int) -> bool:
    """The word that began is "http" or "https", and what follows the colon makes it a link."""
    size = colon - start
    if size != 4 and not (size == 5 and points[start + 4] == _S):
        return False
    if points[start] != _H or points[start + 1] != _T or points[start + 2] != _T:
        return False
    if points[start + 3] != _P or points[colon + 1] != _SLASH or points[colon + 2] != _SLASH:
        return False
    return _link_end(points, kinds, colon) > colon + 3


@compiled
def _link_end(points: Points, kinds: Bytes, colon: int) -> int:
    at = colon + 3
    while True:
        kind = kinds[points[at]]
        if kind in (SPACE, NEWLINE, POST):
            return at
        at += 1
