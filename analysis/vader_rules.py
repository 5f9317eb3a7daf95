"""VADER's rules over a batch: the valence of every scored word, as its neighbours leave it.

A rule is applied to all the words it hits at once, and the rules in the order in which the original
applies them to one word, because floats depend on it. `analysis.vader_plain` says the same for one
text.
"""

import numpy as np
from vaderSentiment.vaderSentiment import C_INCR, N_SCALAR  # type: ignore[import-untyped]

from analysis.vader_tokens import Flags, Ints, Numbers, Tokens
from analysis.vader_words import (
    DAMPER_PAIRS,
    FADING,
    IDIOM_PAIRS,
    IDIOM_TRIPLES,
    INSISTED,
    NOTHING,
    Floats,
    Vocabulary,
)

# Where idioms may stand, the scored word being at 0; where there are two the later line counts.
_IDIOMS_AT = ((-3, -2), (-3, -2, -1), (-2, -1), (-2, -1, 0), (-1, 0), (0, 1), (0, 1, 2))
_DAMPERS_AT = ((-3, -2), (-2, -1))


class Hits:
    """The scored words of a batch with their neighbours, three before and two behind.

    `places` are their indices among the words of the batch, `owners` the texts they stand in.
    """

    def __init__(self, tokens: Tokens, vocabulary: Vocabulary) -> None:
        self._tokens = tokens
        self._vocabulary = vocabulary
        self.places = _scored(tokens, vocabulary)
        self.owners = tokens.owners(self.places)
        self._words = {k: tokens.words(self.places + k, self.owners) for k in range(-3, 3)}

    def word(self, offset: int) -> Numbers:
        """The number of the word that many places on."""
        return self._words[offset]

    def near(self, offset: int, *words: str) -> Flags:
        """Whether one of these words stands that many places on."""
        found = np.zeros(len(self.places), np.bool_)
        for word in words:
            found |= self._words[offset] == self._vocabulary.number[word]
        return found

    def heard(self, offset: int) -> Flags:
        """Whether the word there may change the scored one: words of the lexicon do not."""
        word = self._words[offset]
        return (word != NOTHING) & (word < self._vocabulary.in_lexicon)

    def shouted(self, of: Ints, offset: int = 0) -> Flags:
        """Whether the word there is in capitals in a text that is not, for these of the hits."""
        return self._tokens.shouted(self.places[of] + offset)


def _scored(tokens: Tokens, vocabulary: Vocabulary) -> Ints:
    """The words of the lexicon, but for the "kind" of "kind of"."""
    places = np.flatnonzero(tokens.numbers >= vocabulary.hits)
    kind = np.flatnonzero(tokens.numbers[places] == vocabulary.number["kind"])
    following = tokens.words(places[kind] + 1, tokens.owners(places[kind]))
    return np.delete(places, kind[following == vocabulary.number["of"]])


def valences(hits: Hits, vocabulary: Vocabulary) -> Floats:
    """The valence of each of the hits, before "but" and the punctuation of the whole text."""
    valence = vocabulary.valence[hits.word(0)]
    _hear_no(valence, hits, vocabulary)
    _hear_capitals(valence, hits)
    for offset in (-1, -2, -3):
        _hear_booster(valence, hits, vocabulary, offset)
        _hear_negation(valence, hits, vocabulary, offset)
    _hear_idioms(valence, hits, vocabulary)
    _hear_least(valence, hits)
    return valence


def _hear_no(valence: Floats, hits: Hits, vocabulary: Vocabulary) -> None:
    """ "No" before a word of the lexicon has no valence of its own; behind one, that word turns."""
    valence[hits.near(0, "no") & (hits.word(1) >= vocabulary.in_lexicon)] = 0.0
    listed = hits.near(-3, "no") & hits.near(-1, "or", "nor")  # "no friends or family"
    turned = np.flatnonzero(hits.near(-1, "no") | hits.near(-2, "no") | listed)
    valence[turned] = vocabulary.valence[hits.word(0)[turned]] * N_SCALAR


def _away_from_zero(valence: Floats) -> Floats:
    """What a capital word adds; a valence of zero counts as negative."""
    return np.where(valence > 0, C_INCR, -C_INCR)


def _hear_capitals(valence: Floats, hits: Hits) -> None:
    loud = np.flatnonzero(hits.shouted(np.arange(len(valence))))
    valence[loud] += _away_from_zero(valence[loud])


def _hear_booster(valence: Floats, hits: Hits, vocabulary: Vocabulary, offset: int) -> None:
    boost = vocabulary.boost[hits.word(offset)]
    boosted = np.flatnonzero(hits.heard(offset) & (boost != 0))
    before = valence[boosted]
    change = np.where(before < 0, -boost[boosted], boost[boosted])
    change += np.where(hits.shouted(boosted, offset), _away_from_zero(before), 0.0)
    valence[boosted] += change * FADING[offset]


def _hear_negation(valence: Floats, hits: Hits, vocabulary: Vocabulary, offset: int) -> None:
    heard = hits.heard(offset)
    insisted = heard & _is_insisted(hits, offset)
    negated = heard & ~insisted & vocabulary.negates[hits.word(offset)]
    valence[insisted] *= INSISTED
    valence[negated & ~_is_without_doubt(hits, offset)] *= N_SCALAR


def _is_insisted(hits: Hits, offset: int) -> Flags:
    """ "Never so good" insists and does not negate.

    Three words away an `or` of the original lets go of the "never": there a mere "so" or "this"
    right before the scored word insists too, whatever stands at the third place.
    """
    if offset == -1:
        return np.zeros(len(hits.places), np.bool_)
    never = hits.near(offset, "never") & hits.near(offset + 1, "so", "this")
    return never | hits.near(-1, "so", "this") if offset == -3 else never


def _is_without_doubt(hits: Hits, offset: int) -> Flags:
    """ "Without (a) doubt" does not negate, although "without" does."""
    doubt = np.zeros(len(hits.places), np.bool_)
    for behind in range(offset + 1, 0):
        doubt |= hits.near(behind, "doubt")
    return doubt & hits.near(offset, "without")


def _hear_idioms(valence: Floats, hits: Hits, vocabulary: Vocabulary) -> None:
    """Give words in or behind an idiom the idiom's valence, and dampen those behind "kind of".

    The original looks for both only where a third word before may change the scored one.
    """
    asked = np.flatnonzero(hits.heard(-3))
    part = {k: vocabulary.part[hits.word(k)[asked]] for k in range(-3, 3)}
    value = valence[asked]
    for window in _IDIOMS_AT:
        idioms = IDIOM_PAIRS if len(window) == 2 else IDIOM_TRIPLES
        idiom = idioms[tuple(part[k] for k in window)]
        value = np.where(np.isnan(idiom), value, idiom)
    for window in _DAMPERS_AT:
        value += DAMPER_PAIRS[tuple(part[k] for k in window)]
    valence[asked] = value


def _hear_least(valence: Floats, hits: Hits) -> None:
    """ "Least" negates, unlike "at least" and "very least"."""
    least = hits.heard(-1) & hits.near(-1, "least") & ~hits.near(-2, "at", "very")
    valence[least] *= N_SCALAR
