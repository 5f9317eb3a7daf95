"""Where each word of a batch of texts stands, and how it is written.

Characters come as codes in an order in which every question about one is a comparison: white space;
punctuation, the three marks that are looked for first; the rest of ASCII; letters of other scripts;
small letters. A capital has the code of its small letter and the highest bit.

What costs time here is a branch that is taken otherwise than the last time, so the ends of words
are written down at every character, and only counted on where there is one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Flags, Ints
from analysis.compiled import compiled

Codes = NDArray[np.uint8]
Numbers = NDArray[np.int32]

MARKS = "!?'"
SPACE, EXCLAMATION, QUESTION, APOSTROPHE = range(4)
LAST_MARK = 32
FOREIGN, FOREIGN_SMALL = 67, 68  # neither capital nor small, and small
A = 69  # and so on to z
CAPITAL = 128
_N, _T = A + 13, A + 19

GAP = 3  # places left free before each text and at the end: as far as any rule looks


class Tokens(NamedTuple):
    """The words of a batch in reading order, by their places, GAP of which are free between texts.

    A word stands in the codes from bounds[2 * place] up to bounds[2 * place + 1].
    """

    bounds: Numbers
    contracted: Flags  # it has "n't" in it
    loud: Flags  # in capitals, in a text that has other words
    first: Ints  # by text: the place of its first word
    after: Ints  # by text: the place behind its last
    exclamations: Ints  # by text: how many "!"
    questions: Ints


@compiled
def tokens_of(codes: Codes, edges: Ints) -> Tokens:
    """The words of texts; text i has the codes from edges[i] up to edges[i + 1]."""
    texts = len(edges) - 1
    places = texts + GAP * (texts + 1)
    for at in range(1, len(codes)):
        places += (codes[at] != SPACE) & (codes[at - 1] == SPACE)
    bounds = np.zeros(2 * places + 1, np.int32)
    contracted, loud = np.zeros(places, np.bool_), np.zeros(places, np.bool_)
    first, after = np.zeros(texts, np.int64), np.zeros(texts, np.int64)
    exclamations, questions = np.zeros(texts, np.int64), np.zeros(texts, np.int64)
    bound = 2 * GAP
    for text in range(texts):
        first[text] = bound >> 1
        part = codes[edges[text] : edges[text + 1]]
        was_space = True
        for at in range(len(part)):
            is_space = part[at] == SPACE
            bounds[bound] = edges[text] + at
            bound += is_space != was_space
            was_space = is_space
            if (part[at] > SPACE) & (part[at] <= APOSTROPHE):
                exclamations[text] += part[at] == EXCLAMATION
                questions[text] += part[at] == QUESTION
                contracted[bound >> 1] |= _is_between(part, at, _N, _T)
        bounds[bound] = edges[text + 1]
        bound += not was_space
        after[text] = bound >> 1
        _read(codes, first[text], after[text], bounds, loud)
        bounds[bound] = 0
        bound += 2 * GAP
    return Tokens(bounds, contracted, loud, first, after, exclamations, questions)


@compiled
def _is_between(part: Codes, at: int, before: int, behind: int) -> bool:
    """Whether the apostrophe there stands between these letters, small or not."""
    if part[at] != APOSTROPHE or at == 0 or at == len(part) - 1:
        return False
    return bool(part[at - 1] & ~CAPITAL == before and part[at + 1] & ~CAPITAL == behind)


@compiled
def _read(codes: Codes, first: int, after: int, bounds: Numbers, loud: Flags) -> None:
    """Strip the words at these places, and tell which are in capitals unless all are."""
    count = 0
    for place in range(first, after):
        begin, end = _stripped(codes, bounds[2 * place], bounds[2 * place + 1])
        bounds[2 * place], bounds[2 * place + 1] = begin, end
        if (codes[end - 1] < FOREIGN_SMALL) | (codes[end - 1] >= CAPITAL):
            loud[place] = _is_upper(codes, begin, end)
            count += loud[place]
    if count == after - first:
        loud[first:after] = False


@compiled
def _stripped(codes: Codes, begin: int, end: int) -> tuple[int, int]:
    """Without the punctuation around, where more than two characters remain."""
    start = begin + (codes[begin] <= LAST_MARK)
    stop = end - (codes[end - 1] <= LAST_MARK)
    while start < stop and codes[start] <= LAST_MARK:
        start += 1
    while start < stop and codes[stop - 1] <= LAST_MARK:
        stop -= 1
    is_word = stop - start > 2
    return start if is_word else begin, stop if is_word else end


@compiled
def _is_upper(codes: Codes, begin: int, end: int) -> bool:
    """As str.isupper: some capital and nothing small."""
    capitals = 0
    at = begin
    while at < end and (codes[at] < FOREIGN_SMALL or codes[at] >= CAPITAL):
        capitals += codes[at] >= CAPITAL
        at += 1
    return (at == end) & (capitals > 0)
