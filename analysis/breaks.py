"""Posts, sentences and clauses: which each word stands in, told from the marks between words."""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.characters import CLAUSE, NEWLINE, POST, QUOTE, STOP, Points
from analysis.compiled import compiled
from analysis.pieces import Pieces

_ASKS, _EXCLAIMS = ord("?"), ord("!")


class Breaks(NamedTuple):
    """Where the words of a batch stand; sentences and clauses count on over the whole batch."""

    post: Ints  # per word
    sentence: Ints  # per word
    clause: Ints  # per word
    post_begin: Ints  # per post: its first character
    quotes: Ints  # per post: how many quotation marks
    asked: Flags  # per sentence: it ends in a question mark
    exclaimed: Flags  # per sentence


@compiled
def breaks(points: Points, pieces: Pieces, turns: Flags, short: Flags, posts: int) -> Breaks:
    """What the marks between words make of them.

    Per word: `turns` begin a clause of their own, `short` are abbreviations, whose stop ends
    nothing ("Dr."); nor does one inside a word ("a.m") or "...", which only pauses.
    """
    words = len(pieces.begin)
    in_post, in_sentence = np.empty(words, np.int64), np.empty(words, np.int64)
    in_clause = np.empty(words, np.int64)
    begins, quotes = np.zeros(posts + 1, np.int64), np.zeros(posts, np.int64)
    asked = np.zeros(len(pieces.kind), np.bool_)
    exclaimed = np.zeros(len(pieces.kind), np.bool_)
    post = sentence = clause = word = 0
    for mark in range(len(pieces.kind)):
        while word < pieces.words[mark]:
            clause += turns[word]
            in_post[word], in_sentence[word], in_clause[word] = post, sentence, clause
            word += 1
        kind, end = pieces.kind[mark], pieces.mark_end[mark]
        ends = kind in (POST, NEWLINE)
        parts = kind == CLAUSE
        if kind == STOP:
            begin = pieces.mark_begin[mark]
            asks = _holds(points, begin, end, _ASKS)
            exclaims = _holds(points, begin, end, _EXCLAIMS)
            asked[sentence] |= asks
            exclaimed[sentence] |= exclaims
            parts = end > begin + 1 and not (asks or exclaims)
            after = word > 0 and short[word - 1] and pieces.end[word - 1] == begin
            inside = word < words and pieces.begin[word] == end
            ends = not (parts or after or inside)
        if kind == QUOTE:
            quotes[post] += 1
        if kind == POST:
            post += 1
            begins[post] = end
        sentence += ends
        clause += ends or parts
    asked, exclaimed = asked[:sentence].copy(), exclaimed[:sentence].copy()
    return Breaks(in_post, in_sentence, in_clause, begins[:posts], quotes, asked, exclaimed)


@compiled
def _holds(points: Points, begin: int, end: int, sign: int) -> bool:
    """The sign is one of these characters."""
    found = False
    for at in range(begin, end):
        found |= points[at] == sign
    return found
