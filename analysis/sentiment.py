"""The sentiment of texts: what vaderSentiment 3.3.2 says, to the last digit, many times faster.

    score(["Great service!", "They never even looked up."])
    score(texts, Lexicon.extended({"attentive": 1.9}, silenced={"united"}))

Exact against `SentimentIntensityAnalyzer().polarity_scores` on the same interpreter. A batch of
texts goes through these modules, most of them compiled loops, each of which answers one question:

    vader_words         how is a text read, and which words carry valence?
    vader_codes         which characters has the batch?
    vader_tokens        where does each word stand, and how is it written?
    vader_vocabulary    which of the known words is it? (found by vader_table)
    vader_rules         what do its neighbours make of its valence?
    vader_totals        what do all of them make of their text?

A handful of texts goes through `vader_plain` instead, which is the better one to read first.
"""

from collections.abc import Sequence
from itertools import compress, pairwise
from operator import not_
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.arrays import Floats, Ints
from analysis.vader_codes import Points, coded, points_of
from analysis.vader_plain import plain_vader
from analysis.vader_rules import valences
from analysis.vader_table import eights, numbers_of
from analysis.vader_tokens import tokens_of
from analysis.vader_totals import IS_COMPENSATED, polarity
from analysis.vader_vocabulary import Vocabulary, vocabulary_of
from analysis.vader_words import STOCK, Lexicon, LexiconError

__all__ = [
    "COLUMNS",
    "STOCK",
    "Lexicon",
    "LexiconError",
    "Points",
    "points_of",
    "polarities",
    "polarities_within",
    "score",
]

Texts: TypeAlias = "Sequence[str] | pd.Series[str]"

COLUMNS = pd.Index(["neg", "neu", "pos", "compound"])

_SHORT = 2_000  # characters in all: below, plain Python is as fast as loops are called
_FEW = 100  # texts: more of them are not added up, to see if they are that short
_WINDOW = 160_000  # characters scored in one go, while they are in the processor's caches


def score(texts: Texts, lexicon: Lexicon = STOCK) -> pd.DataFrame:
    """The columns neg, neu, pos (shares of words, 0 to 1) and compound (-1 to 1), float64.

    One row a text, in the same order, whatever index the texts have. What is not a string scores
    as "" does, all zero.
    """
    columns = COLUMNS.view()  # a frame may rename its own, not everybody's
    return pd.DataFrame(polarities(texts, lexicon), columns=columns, copy=False)


def polarities(texts: Texts, lexicon: Lexicon = STOCK) -> Floats:
    """The same as an array of shape (texts, 4), for callers that do without a frame."""
    texts = texts if isinstance(texts, list) else list(texts)
    if len(texts) < _FEW:
        texts = _strings(texts)
        if sum(map(len, texts)) < _SHORT:
            return _one_by_one(texts, lexicon)
    texts = _strings(texts)
    scores = np.empty((len(texts), 4))
    sizes = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    full = np.flatnonzero(np.diff(sizes // _WINDOW)) + 1
    for start, end in pairwise([0, *full.tolist(), len(texts)]):
        window = texts[start:end]
        is_ascii = [*map(str.isascii, window)]
        for chosen in (is_ascii, [*map(not_, is_ascii)]):  # ASCII apart, as it is faster
            group = [*compress(window, chosen)]
            if group:
                rows = start + np.flatnonzero(chosen)
                scores[rows] = _together(group, lexicon)
    return scores


def polarities_within(points: Points, edges: Ints, lexicon: Lexicon) -> Floats:
    """The same for stretches of one text: stretch i has its points from edges[i] to edges[i + 1].

    `points` are those of `points_of`. Raises LexiconError if a word of the lexicon is not ASCII.
    """
    vocabulary = vocabulary_of(lexicon)
    if not vocabulary.is_ascii:
        raise LexiconError("words beyond ASCII are known in whole texts only")
    return _scores(points, edges, vocabulary)


def _strings(texts: list[str]) -> list[str]:
    if {*map(type, texts)} <= {str}:
        return texts
    return [text if isinstance(text, str) else "" for text in texts]


def _together(texts: Sequence[str], lexicon: Lexicon) -> Floats:
    vocabulary = vocabulary_of(lexicon)
    if not (vocabulary.is_ascii or texts[0].isascii()):
        return _one_by_one(texts, lexicon)
    edges = np.cumsum([0, *map(len, texts)])
    return _scores(points_of("".join(texts)), edges, vocabulary)


def _scores(points: Points, edges: Ints, vocabulary: Vocabulary) -> Floats:
    codes, edges = coded(points, edges)
    tokens = tokens_of(codes, edges)
    numbers = numbers_of(codes, eights(codes), tokens, vocabulary.table)
    places, values = valences(numbers, tokens.loud, vocabulary.rules)
    return polarity(places, values, numbers, tokens, vocabulary.but, IS_COMPENSATED)


def _one_by_one(texts: Sequence[str], lexicon: Lexicon) -> Floats:
    plain = plain_vader(lexicon)
    return np.array([plain.polarity(text) for text in texts] or np.empty((0, 4)))
