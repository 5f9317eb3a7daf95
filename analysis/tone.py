"""VADER per sentence, and on the sentences that speak of service alone.

Handles and the brand's name are masked before: "@united" would score as a word of harmony.
"""

from functools import cache

import numpy as np

from analysis.arrays import Flags, Floats, Ints, Points
from analysis.characters import POST_END
from analysis.compiled import compiled
from analysis.frames import FOLDER, Reading
from analysis.sentiment import Lexicon, polarities_within

NAMES = ("tone:best", "tone:worst", "tone:mean", "tone:service_best", "tone:service_worst")
_AT, _MASK, _SPACE, _POST = ord("@"), ord("x"), ord(" "), ord(POST_END)
_SERVICE = ("agent", "service", "place", "channel")


@cache
def tone_lexicon() -> Lexicon:
    """VADER's lexicon with the changes of `vader.tsv`."""
    lines = (FOLDER / "vader.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    silenced = {row[0] for row in rows if row[1] == "silent"}
    return Lexicon.extended(
        {row[0]: float(row[1]) for row in rows if row[1] != "silent"}, silenced=silenced
    )


def tones(reading: Reading) -> Floats:
    """Posts by NAMES."""
    tokens = reading.tokens
    spoken = np.flatnonzero(np.diff(tokens.sentence_first) > 0)
    first = tokens.sentence_first[spoken]
    edges = np.append(tokens.begin[first], len(tokens.text))  # up to where the next begins
    masked = _masked(tokens.points, tokens.begin, tokens.end, tokens.named)
    compound = polarities_within(masked, edges, tone_lexicon())[:, 3]
    post = tokens.post[first]
    serves = _serves(reading)[spoken]
    count = np.maximum(np.bincount(post, minlength=tokens.posts), 1)
    mean = np.bincount(post, compound / count[post], minlength=tokens.posts)
    return np.stack(
        [
            _most(np.maximum, compound, post, tokens.posts),
            _most(np.minimum, compound, post, tokens.posts),
            mean,
            _most(np.maximum, compound[serves], post[serves], tokens.posts),
            _most(np.minimum, compound[serves], post[serves], tokens.posts),
        ],
        axis=1,
    )


def _most(extreme: np.ufunc, values: Floats, post: Ints, posts: int) -> Floats:
    """Per post: the largest or the smallest of its values and 0; values are in order of posts."""
    most = np.zeros(posts)
    first = np.flatnonzero(np.diff(post, prepend=-1))
    if len(first):
        most[post[first]] = extreme.reduceat(values, first)
    return np.asarray(extreme(most, 0.0))


def _serves(reading: Reading) -> Flags:
    """Per sentence: it speaks of service."""
    serves = np.zeros(len(reading.tokens.asked), bool)
    for role in _SERVICE:
        serves[reading.tokens.sentence[reading.spans(role).begin]] = True
    return serves


@compiled
def _masked(points: Points, begin: Ints, end: Ints, named: Flags) -> Points:
    """The characters without signs of handles and names of the brand, each letter in its place.

    `begin`, `end` and `named` are of words.
    """
    masked = points.copy()
    for at in range(len(points)):
        if points[at] == _AT:
            masked[at] = _MASK
        elif points[at] == _POST:  # which would hide the last word
            masked[at] = _SPACE
    for word in range(len(begin)):
        if named[word]:
            masked[begin[word] : end[word]] = _MASK
    return masked
