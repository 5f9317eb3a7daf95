"""A lexicon and the words of the rules, numbered, and found in arrays of words all at once."""

import math
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.vader_tokens import CAPITAL, CODE, MARGIN, Codes, Floats, Ints, Tokens, coded
from analysis.vader_words import (
    BOOSTERS,
    CONTRACTED,
    DAMPERS,
    IDIOMS,
    NEGATIONS,
    STIRRING,
    Lexicon,
)

Numbers = NDArray[np.unsignedinteger]

# What a place in a text can hold besides the words of a vocabulary.
NOTHING = 0  # before the first word and behind the last
OTHER = 1  # a word without a meaning to VADER

_CUES = "but or nor without doubt at very kind of".split()  # what rules ask for besides
_PARTS = {word: part for part, word in enumerate(sorted({*sum((*IDIOMS, *DAMPERS), ())}), 1)}

_WIDTH = MARGIN  # bytes of a word that are read at once
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WIDTH)] + [-1])
_LONG = np.int64(-(1 << 63))  # marks the keys of longer words: codes never have the highest bit
MIX = np.int64(-0x61C8864680B583EB)  # 2**64 / the golden ratio, as Knuth multiplies


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

        NOTHING, OTHER, words of rules | stirring ones | in the lexicon too | scored, stirring | scored
                                       ^ stirring      ^ in_lexicon         ^ scored           ^ calm

    A booster that somebody adds to the lexicon is in it for its neighbours and yet never scored.
    `words`, `valence`, `boost`, `negates` and `part` (the place in the tables of idioms, 0 for
    none) are indexed by number.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        valences, scored = lexicon.valences, lexicon.scored

        def rank(word: str) -> int:
            if word in scored:
                return 3 if word in STIRRING else 4
            return 2 if word in valences else 1 if word in STIRRING else 0

        known = {*valences, *STIRRING, *_PARTS, *_CUES}
        ranked = sorted(known, key=lambda word: (rank(word), word))
        self.words = ["", "", *ranked]
        self.number = {word: number for number, word in enumerate(ranked, OTHER + 1)}
        ranks = [rank(word) for word in ranked]
        self.stirring, self.in_lexicon, self.scored, self.calm = (
            bisect_left(ranks, at_least) + OTHER + 1 for at_least in (1, 2, 3, 4)
        )
        self.valence = np.array([valences.get(word, 0.0) for word in self.words])
        self.boost = np.array([BOOSTERS.get(word, 0.0) for word in self.words])
        self.negates = np.array([word in NEGATIONS for word in self.words])
        self.part = np.array([_PARTS.get(word, 0) for word in self.words])
        self.is_ascii = all(map(str.isascii, ranked))
        self._table = _Table(self.words)

    def numbers(self, tokens: Tokens) -> Numbers:
        """The number of each word; exact in texts beyond ASCII only if the vocabulary `is_ascii`."""
        codes = tokens.codes & (CAPITAL - 1)
        numbers = self._table.find(tokens, codes)
        marks = tokens.places("'")
        marks = marks[(codes[marks - 1] == CODE["n"]) & (codes[marks + 1] == CODE["t"])]
        contracted = np.searchsorted(tokens.starts, marks, side="right") - 1
        numbers[contracted[numbers[contracted] == OTHER]] = self.number[CONTRACTED]
        return numbers


@lru_cache(maxsize=8)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """The lexicon compiled, once."""
    return Vocabulary(lexicon)


def _eights(codes: Codes) -> Ints:
    """The eight codes from each place on, as one number."""
    return np.ndarray(len(codes) - _WIDTH + 1, "<i8", codes, strides=(1,))


def _keys(codes: Codes, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """A number for each word: its very codes up to eight, a mixture of first and last beyond.

    And the indices of those beyond.
    """
    eights, sizes = _eights(codes), ends - starts
    keys = eights[starts]
    keys &= _MASKS.take(sizes, mode="clip")
    long = np.flatnonzero(sizes > _WIDTH)
    keys[long] = (keys[long] ^ (eights[ends[long] - _WIDTH] * MIX)) | _LONG
    return keys, long


class _Table:
    """Words by their keys: a hash table with open addressing, one slot in sixteen or so taken."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        numbers = [n for n, word in enumerate(words) if n > OTHER and word.isascii()]
        sizes = np.array([len(words[number]) for number in numbers])
        ends = np.cumsum(sizes)
        codes = coded("".join(words[number] for number in numbers) + "\n" * MARGIN)
        self._keys = np.full(len(words), -1)
        self._keys[numbers], _ = _keys(codes, ends - sizes, ends)
        self._heads = np.zeros(len(words), np.int64)
        self._heads[numbers] = _eights(codes)[ends - sizes]
        self._sizes = np.array([len(word) for word in words])
        bits = (16 * len(words)).bit_length() - 1
        self._shift, self._last = 64 - bits, (1 << bits) - 1
        self._slots = np.full(1 << bits, OTHER, np.min_scalar_type(len(words)))
        for number, slot in zip(numbers, self._homes(self._keys[numbers]).tolist(), strict=True):
            while self._slots[slot] != OTHER:
                slot = (slot + 1) & self._last
            self._slots[slot] = number

    def _homes(self, keys: Ints) -> Ints:
        return ((keys * MIX).view(np.uint64) >> self._shift).view(np.int64)

    def find(self, tokens: Tokens, codes: Codes) -> Numbers:
        """The number of each word, OTHER where it has none; `codes` are those of small letters."""
        keys, long = _keys(codes, tokens.starts, tokens.ends)
        slots = self._homes(keys)
        numbers = self._slots.take(slots)
        astray = np.flatnonzero((self._keys.take(numbers) != keys) & (numbers != OTHER))
        while astray.size:
            slots[astray] = (slots[astray] + 1) & self._last
            numbers[astray] = found = self._slots.take(slots[astray])
            astray = astray[(self._keys.take(found) != keys[astray]) & (found != OTHER)]
        self._verify(tokens, codes, long[numbers[long] != OTHER], numbers)
        return numbers

    def _verify(self, tokens: Tokens, codes: Codes, long: Ints, numbers: Numbers) -> None:
        """Compare long words, of which the keys are no proof, with those they were found to be.

        To one that begins alike and has the same key the last eight letters are the same as well;
        what is longer than these two together is compared letter by letter.
        """
        found, starts = numbers[long], tokens.starts[long]
        sizes = tokens.ends[long] - starts
        alike = (self._heads[found] == _eights(codes)[starts]) & (self._sizes[found] == sizes)
        rest = long[~alike | (sizes > 2 * _WIDTH)]
        words = [self._words[number] for number in numbers[rest].tolist()]
        written = [word.lower() for word in tokens.written(rest)]
        wrong = [a != b for a, b in zip(words, written, strict=True)]
        numbers[rest[wrong]] = OTHER
