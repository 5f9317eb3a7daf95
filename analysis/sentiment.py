"""The sentiment of texts: what vaderSentiment 3.3.2 says, to the last digit, many times faster.

    score(["Great service!", "They never even looked up."])
    score(texts, Lexicon.extended({"attentive": 1.9}, silenced={"united"}))

Exact against `SentimentIntensityAnalyzer().polarity_scores` on the same interpreter. A batch of
texts goes through these modules, each of which answers one question:

    vader_words         how is a text read, and which words carry valence?
    vader_tokens        where in the batch does each word stand?
    vader_vocabulary    which of the known words is it? (found by vader_table)
    vader_rules         what do its neighbours make of its valence?
    vader_but           what does a "but" make of it?
    vader_totals        what do all of them make of their text?

A handful of texts goes through `vader_plain` instead, which is the better one to read first.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, pairwise
from typing import TypeAlias

import numpy as np
import pandas as pd

from analysis.vader_but import first_buts, hear_but
from analysis.vader_plain import plain_vader
from analysis.vader_rules import valences
from analysis.vader_tokens import Floats, Ints, tokenise
from analysis.vader_totals import emphasis, polarity
from analysis.vader_vocabulary import vocabulary_of
from analysis.vader_words import STOCK, Lexicon, LexiconError, spelled

__all__ = ["COLUMNS", "STOCK", "Lexicon", "LexiconError", "polarities", "score"]

Texts: TypeAlias = "Sequence[str] | pd.Series[str]"

COLUMNS = pd.Index(["neg", "neu", "pos", "compound"])

_SHORT = 12_000  # characters in all: below, plain Python is faster than arrays
_FEW = 100  # texts: more of them are not added up, to see if they are that short
_WINDOW = 8_192  # texts looked at in one go, while they are in the processor's caches
_BATCH = 1_000_000  # characters scored in one go: a quarter of it takes a tenth more time in calls
_HEAP = 1 << 24  # bytes, more than a batch needs


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
    _keep_memory()
    scores = np.empty((len(texts), 4))
    for start in range(0, len(texts), _WINDOW):
        for rows, batch, sizes in _batches(texts[start : start + _WINDOW]):
            scores[start + rows] = _together(batch, sizes, lexicon)
    return scores


@cache
def _keep_memory() -> None:
    """Have glibc keep the memory of one batch for the next instead of giving it back in between.

    It keeps as much as twice the largest block it has ever seen freed, so it is shown a block that
    nobody touched (it learns from blocks of less than 32 MB only). Fresh pages for every batch are
    a fifth of the time otherwise.
    """
    np.empty(_HEAP, np.uint8)


def _strings(texts: list[str]) -> list[str]:
    if {*map(type, texts)} <= {str}:
        return texts
    return [text if isinstance(text, str) else "" for text in texts]


def _batches(texts: list[str]) -> Iterator[tuple[Ints, list[str], Ints]]:
    """Texts to be scored together, their rows and lengths; ASCII ones apart, as they are faster."""
    texts = _strings(texts)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    is_ascii = np.fromiter(map(str.isascii, texts), np.bool_, len(texts))
    for chosen in (is_ascii, ~is_ascii):
        rows, group = np.flatnonzero(chosen), [*compress(texts, chosen.tolist())]
        full = np.flatnonzero(np.diff(np.cumsum(sizes[rows]) // _BATCH)) + 1
        for start, end in pairwise([0, *full.tolist(), len(rows)]):
            if start < end:
                yield rows[start:end], group[start:end], sizes[rows[start:end]]


def _together(texts: Sequence[str], sizes: Ints, lexicon: Lexicon) -> Floats:
    vocabulary = vocabulary_of(lexicon)
    is_ascii = texts[0].isascii()
    if sizes.sum() < _SHORT or not (is_ascii or vocabulary.is_ascii):
        return _one_by_one(texts, lexicon)
    if not is_ascii:
        texts = _spelled(texts)
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    tokens = tokenise(texts, sizes)
    words = vocabulary.look_up(tokens)
    places = np.flatnonzero(words.numbers >= vocabulary.scored)
    owners = tokens.owners(places)
    valence = valences(places, words)
    hear_but(valence, places, owners, first_buts(words))
    return polarity(valence, owners, np.diff(tokens.first), emphasis(tokens))


def _spelled(texts: Sequence[str]) -> list[str]:
    """The texts with emoji spelled out, in one go where no text has the mark put between them."""
    together = spelled("\0".join(texts)).split("\0")
    return together if len(together) == len(texts) else [spelled(text) for text in texts]


def _one_by_one(texts: Sequence[str], lexicon: Lexicon) -> Floats:
    plain = plain_vader(lexicon)
    return np.array([plain.polarity(text) for text in texts] or np.empty((0, 4)))
