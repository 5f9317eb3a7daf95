"""A lexicon and the words of the rules, numbered, and found in arrays of words all at once."""

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.vader_table import OTHER, Numbers, Table
from analysis.vader_tokens import CODE, SMALL, Floats, Tokens
from analysis.vader_words import (
    BOOSTERS,
    CONTRACTED,
    DAMPERS,
    IDIOMATIC,
    IDIOMS,
    NEGATIONS,
    RULE_WORDS,
    STIRRING,
    Lexicon,
)

NOTHING = 0  # stands before the first word of a text and behind its last

_PARTS = {word: part for part, word in enumerate(sorted(IDIOMATIC), 1)}


def _phrases(phrases: Mapping[tuple[str, ...], float], length: int, none: float) -> Floats:
    """The phrases of so many words as a table, to be looked up by the parts of their words."""
    table = np.full((len(_PARTS) + 1,) * length, none)
    for phrase, value in phrases.items():
        if len(phrase) == length:
            table[tuple(_PARTS[word] for word in phrase)] = value
    return table


IDIOM_TABLES = {length: _phrases(IDIOMS, length, math.nan) for length in (2, 3)}
DAMPER_TABLE = _phrases(DAMPERS, 2, 0.0)


class Vocabulary:
    """Every word that matters, numbered so that what VADER asks of all words is a comparison.

    In the order of numbers: words of rules; from `stirring` on those that act on words near them;
    from `in_lexicon` on boosters somebody added to the lexicon, which are words of it to their
    neighbours and yet never scored; from `scored` on words to score, of which some stir others;
    from `calm` on those that do not.

    `words`, `valence`, `boost`, `negates` and `part` (the place in the tables of idioms, 0 for
    none) are indexed by number.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        valences, scored = lexicon.valences, lexicon.scored

        def rank(word: str) -> int:
            if word in scored:
                return 3 if word in STIRRING else 4
            return 2 if word in valences else 1 if word in STIRRING else 0

        ranked = sorted({*valences, *RULE_WORDS}, key=lambda word: (rank(word), word))
        self.words = ["", "", *ranked]  # NOTHING and OTHER come first
        self.number = {word: number for number, word in enumerate(self.words) if word}
        ranks = [-1, -1, *map(rank, ranked)]
        self.stirring, self.in_lexicon, self.scored, self.calm = (
            bisect_left(ranks, least) for least in (1, 2, 3, 4)
        )
        self.valence = np.array([valences.get(word, 0.0) for word in self.words])
        self.boost = np.array([BOOSTERS.get(word, 0.0) for word in self.words])
        self.negates = np.array([word in NEGATIONS for word in self.words])
        self.part = np.array([_PARTS.get(word, 0) for word in self.words])
        self.is_ascii = all(map(str.isascii, ranked))
        self._table = Table(self.words)

    def look_up(self, tokens: Tokens) -> "Words":
        """The words of a batch; exact in texts beyond ASCII only if the vocabulary `is_ascii`."""
        codes = tokens.codes & SMALL
        numbers = self._table.find(tokens, codes)
        marks = tokens.places("'")
        marks = marks[(codes[marks - 1] == CODE["n"]) & (codes[marks + 1] == CODE["t"])]
        contracted = np.searchsorted(tokens.starts, marks, side="right") - 1
        numbers[contracted[numbers[contracted] == OTHER]] = self.number[CONTRACTED]
        return Words(tokens, numbers, self)


@dataclass(frozen=True)
class Words:
    """The words of a batch in reading order: where they stand, and the number of each."""

    tokens: Tokens
    numbers: Numbers
    vocabulary: Vocabulary


@lru_cache(maxsize=8)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """The lexicon compiled, once."""
    return Vocabulary(lexicon)
