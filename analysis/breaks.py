"""Posts, sentences and clauses: which each word stands in, told from the marks between words."""

from typing import NamedTuple

import numpy as np

from analysis import pieces as cutting
from analysis.arrays import Bytes, Flags, Ints, Points
from analysis.compiled import compiled
from analysis.pieces import Pieces

_ASKS, _EXCLAIMS = ord("?"), ord("!")
_MARKS = _QUOTE, _POST, _LINE, _STOP, _CLAUSE = range(5)
_OF_KIND = np.zeros(256, np.uint8)  # the mark that a kind of characters is
_OF_KIND[[cutting.QUOTE, cutting.POST, cutting.NEWLINE, cutting.STOP, cutting.CLAUSE]] = _MARKS


class Breaks(NamedTuple):
    """Where the words of a batch stand; sentences and clauses count on over the whole batch."""

    post: Ints  # per word
    sentence: Ints  # per word
    clause: Ints  # per word
    post_begin: Ints  # per post: its first character
    quotes: Ints  # per post: how many quotation marks
    asked: Flags  # per sentence: it ends in a question mark
    exclaimed: Flags  # per sentence


def breaks(points: Points, pieces: Pieces, turns: Flags, short: Flags, posts: int) -> Breaks:
    """What the marks between words make of them.

    Per word: `turns` begin a clause of their own, `short` are abbreviations, whose stop ends
    nothing ("Dr."); nor does one inside a word ("a.m") or "...", which only pauses.
    """
    begin, end, _, kind, first, after, before = pieces
    marks = _OF_KIND[kind]
    return Breaks(*_breaks(points, begin, end, marks, first, after, before, turns, short, posts))


@compiled
def _breaks(
    points: Points,
    word_begin: Ints,
    word_end: Ints,
    marks: Bytes,
    mark_begin: Ints,
    mark_end: Ints,
    before: Ints,
    turns: Flags,
    short: Flags,
    posts: int,
) -> tuple[Ints, Ints, Ints, Ints, Ints, Flags, Flags]:
    """The arrays of Breaks; `before` is how many words stand before each mark."""
    words = len(word_begin)
    in_post, in_sentence = np.empty(words, np.int64), np.empty(words, np.int64)
    in_clause = np.empty(words, np.int64)
    begins, quotes = np.zeros(posts + 1, np.int64), np.zeros(posts, np.int64)
    asked = np.zeros(len(marks), np.bool_)
    exclaimed = np.zeros(len(marks), np.bool_)
    post = sentence = clause = word = 0
    for mark in range(len(marks)):
        while word < before[mark]:
            clause += turns[word]
            in_post[word], in_sentence[word], in_clause[word] = post, sentence, clause
            word += 1
        kind, end = marks[mark], mark_end[mark]
        ends = kind in (_POST, _LINE)
        parts = kind == _CLAUSE
        if kind == _STOP:
            begin = mark_begin[mark]
            asks = _holds(points, begin, end, _ASKS)
            exclaims = _holds(points, begin, end, _EXCLAIMS)
            asked[sentence] |= asks
            exclaimed[sentence] |= exclaims
            parts = end > begin + 1 and not (asks or exclaims)
            after = word > 0 and short[word - 1] and word_end[word - 1] == begin
            inside = word < words and word_begin[word] == end
            ends = not (parts or after or inside)
        if kind == _QUOTE:
            quotes[post] += 1
        if kind == _POST:
            post += 1
            begins[post] = end
        sentence += ends
        clause += ends or parts
    asked, exclaimed = asked[:sentence].copy(), exclaimed[:sentence].copy()
    return in_post, in_sentence, in_clause, begins[:posts], quotes, asked, exclaimed


@compiled
def _holds(points: Points, begin: int, end: int, sign: int) -> bool:
    """The sign is one of these characters."""
    found = False
    for at in range(begin, end):
        found |= points[at] == sign
    return found


@compiled
def firsts(number: Ints, count: int) -> Ints:
    """The first word of each of so many posts, sentences or clauses, and the word after the last.

    `number` is, per word, in which it stands.
    """
    first, at = np.empty(count + 1, np.int64), 0
    for word in range(len(number)):
        while at <= number[word]:
            first[at] = word
            at += 1
    first[at:] = len(number)
    return first
