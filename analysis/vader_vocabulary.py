"""A lexicon and the words of the rules, numbered, and found in arrays of words all at once."""

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analysis.vader_tokens import CAPITAL, CODE, MARGIN, Codes, Floats, Ints, Tokens, coded
from analysis.vader_words import (
    BOOSTERS,
    CONTRACTION,
    DAMPERS,
    IDIOMATIC,
    IDIOMS,
    NEGATIONS,
    Lexicon,
    readable,
)

Numbers = NDArray[np.unsignedinteger]

# What a place in a text can hold besides the words of a vocabulary.
NOTHING = 0  # before the first word and behind the last
OTHER = 1  # a word without a meaning to VADER
CONTRACTED = 2  # a word of no list that has "n't" in it

_CUES = "but no or nor never so this without doubt least at very kind of".split()
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

    Numbers below `in_lexicon` are of words that only play a part in rules. From `in_lexicon` on a
    word is one of the lexicon to its neighbours, from `scored` on it is scored as well.

    `words`, `valence`, `boost`, `negates` and `part` (its index in the tables of idioms, 0 for
    none) are indexed by number.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        known = {*lexicon.valences, *BOOSTERS, *NEGATIONS, *_PARTS, *_CUES}
        rank = {word: (word in lexicon.valences) + (word in lexicon.scored) for word in known}
        ranked = sorted(filter(readable, known), key=lambda word: (rank[word], word))
        self.words = ["", "", CONTRACTION, *ranked]
        self.number = {word: number for number, word in enumerate(ranked, CONTRACTED + 1)}
        self.scored = len(self.words) - len(lexicon.scored)
        self.in_lexicon = len(self.words) - len(lexicon.valences)
        self.valence = np.array([lexicon.valences.get(word, 0.0) for word in self.words])
        self.boost = np.array([BOOSTERS.get(word, 0.0) for word in self.words])
        self.negates = np.array([w in NEGATIONS or CONTRACTION in w for w in self.words])
        self.is_idiomatic = np.array([word in IDIOMATIC for word in self.words])
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
        numbers[contracted[numbers[contracted] == OTHER]] = CONTRACTED
        return numbers


@lru_cache(maxsize=8)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """The lexicon compiled, once."""
    return Vocabulary(lexicon)


def _eights(codes: Codes) -> Ints:
    """The eight codes from each place on, as one number."""
    return np.ndarray(len(codes) - _WIDTH + 1, "<i8", codes, strides=(1,))


def _keys(codes: Codes, starts: Ints, ends: Ints) -> Ints:
    """A number for each word: its very codes up to eight, a mixture of first and last beyond."""
    eights, sizes = _eights(codes), ends - starts
    keys = eights[starts]
    keys &= _MASKS.take(sizes, mode="clip")
    long = np.flatnonzero(sizes > _WIDTH)
    keys[long] ^= eights[ends[long] - _WIDTH] * MIX
    keys[long] |= _LONG
    return keys


class _Table:
    """Words by their keys: a hash table with open addressing, one slot in sixteen or so taken."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        numbers = [n for n, word in enumerate(words) if n > CONTRACTED and word.isascii()]
        sizes = np.array([len(words[number]) for number in numbers])
        ends = np.cumsum(sizes)
        codes = coded("".join(words[number] for number in numbers) + "\n" * MARGIN)
        self._keys = np.full(len(words), -1)
        self._keys[numbers] = _keys(codes, ends - sizes, ends)
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
        keys = _keys(codes, tokens.starts, tokens.ends)
        slots = self._homes(keys)
        numbers = self._slots.take(slots)
        astray = np.flatnonzero((self._keys.take(numbers) != keys) & (numbers != OTHER))
        while astray.size:
            slots[astray] = (slots[astray] + 1) & self._last
            numbers[astray] = found = self._slots.take(slots[astray])
            astray = astray[(self._keys.take(found) != keys[astray]) & (found != OTHER)]
        self._verify(tokens, codes, np.flatnonzero((keys < 0) & (numbers != OTHER)), numbers)
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
