"""VADER's rules over a batch: the valence of every scored word, as its neighbours leave it.

A rule is applied to all the words it hits at once, and the rules in the order in which the original
applies them to one word, because floats depend on it. `analysis.vader_plain` says the same for one
text.
"""

import numpy as np

from analysis.vader_table import Numbers
from analysis.vader_tokens import Flags, Floats, Ints
from analysis.vader_vocabulary import DAMPER_TABLE, IDIOM_TABLES, NOTHING, Words
from analysis.vader_words import (
    CAPITALS,
    DAMPER_WINDOWS,
    FADING,
    IDIOM_WINDOWS,
    INSISTED,
    INSISTING,
    NEGATED,
)


class Hits:
    """Some scored words of a batch with their neighbours, three before and two behind."""

    def __init__(self, places: Ints, words: Words) -> None:
        self.places, self._tokens, self.vocabulary = places, words.tokens, words.vocabulary
        owners = self._tokens.owners(places)
        start, end = self._tokens.first[owners], self._tokens.first[owners + 1]
        self._words = {0: words.numbers[places]}
        for offset in (-3, -2, -1, 1, 2):
            place = places + offset
            inside = place >= start if offset < 0 else place < end
            neighbour = words.numbers.take(place, mode="clip")
            self._words[offset] = np.where(inside, neighbour, NOTHING)

    def word(self, offset: int) -> Numbers:
        """The number of the word that many places on."""
        return self._words[offset]

    def near(self, offset: int, *words: str) -> Flags:
        """Whether one of these words stands that many places on."""
        found = np.zeros(len(self.places), np.bool_)
        for word in words:
            found |= self._words[offset] == self.vocabulary.number[word]
        return found

    def heard(self, offset: int) -> Flags:
        """Whether the word there may change the scored one: words of the lexicon do not."""
        word = self._words[offset]
        heard: Flags = (word != NOTHING) & (word < self.vocabulary.in_lexicon)
        return heard

    def loud(self, of: Ints, offset: int) -> Flags:
        """Whether the word there is in capitals in a text that is not, for these of the hits."""
        return self._tokens.loud(self.places[of] + offset)


def valences(places: Ints, words: Words) -> Floats:
    """The valences of the scored words at these places, before "but" is heard.

    Most have no word near that stirs them, so that all rules but that of capitals pass them over.
    """
    vocabulary, numbers = words.vocabulary, words.numbers
    valence = vocabulary.valence[numbers[places]]
    is_stirring = (numbers >= vocabulary.stirring) & (numbers < vocabulary.calm)
    stirred = np.flatnonzero(_within_reach(is_stirring)[places])
    hits = Hits(places[stirred], words)
    valence[stirred] = _hear_no(valence[stirred], hits)
    loud = np.flatnonzero(words.tokens.loud(places))
    valence[loud] += _away_from_zero(valence[loud])
    valence[stirred] = _stir(valence[stirred], hits)
    return valence


def _within_reach(flags: Flags) -> Flags:
    """Whether one of the flags from three places before to two behind each place is up."""
    wide = np.concatenate([np.zeros(3, np.bool_), flags, np.zeros(2, np.bool_)])
    reached = flags.copy()
    for shift in (0, 1, 2, 4, 5):
        reached |= wide[shift : shift + len(flags)]
    return reached


def _hear_no(valence: Floats, hits: Hits) -> Floats:
    """ "No" has no valence before a word of the lexicon: it turns that one and the next."""
    silent = hits.near(0, "no") & (hits.word(1) >= hits.vocabulary.in_lexicon)
    listed = hits.near(-3, "no") & hits.near(-1, "or", "nor")  # "no friends or family"
    turned = hits.near(-1, "no") | hits.near(-2, "no") | listed
    return np.where(turned, valence * NEGATED, np.where(silent, 0.0, valence))


def _away_from_zero(valence: Floats) -> Floats:
    """What capitals add; a valence of zero counts as negative."""
    return np.where(valence > 0, CAPITALS, -CAPITALS)


def _stir(valence: Floats, hits: Hits) -> Floats:
    """The valences after the words before have boosted, dampened, negated or replaced them."""
    for distance in FADING:
        valence = _hear_booster(valence, hits, distance)
        valence = _hear_negation(valence, hits, distance)
    valence = _hear_idioms(valence, hits)
    least = hits.heard(-1) & hits.near(-1, "least") & ~hits.near(-2, "at", "very")
    valence = np.where(least, valence * NEGATED, valence)
    return np.where(hits.near(0, "kind") & hits.near(1, "of"), 0.0, valence)


def _hear_booster(valence: Floats, hits: Hits, distance: int) -> Floats:
    boost = hits.vocabulary.boost[hits.word(-distance)]
    boosted = np.flatnonzero(hits.heard(-distance) & (boost != 0))
    boost, before = boost[boosted], valence[boosted]
    change = np.where(before < 0, -boost, boost)
    change += np.where(hits.loud(boosted, -distance), _away_from_zero(before), 0.0)
    valence[boosted] += change * FADING[distance]
    return valence


def _hear_negation(valence: Floats, hits: Hits, distance: int) -> Floats:
    heard = hits.heard(-distance)
    insisted = _is_insisted(hits, distance)
    negated = hits.vocabulary.negates[hits.word(-distance)] & ~_is_beyond_doubt(hits, distance)
    factor = np.where(insisted, INSISTED, np.where(negated, NEGATED, 1.0))
    return np.where(heard, valence * factor, valence)


def _is_insisted(hits: Hits, distance: int) -> Flags:
    """ "Never so good" insists and does not negate.

    Three words away an `or` of the original lets go of the "never": a mere "so" or "this" right
    before the scored word insists there, whatever the third word is.
    """
    if distance == 1:
        return np.zeros(len(hits.places), np.bool_)
    never = hits.near(-distance, "never") & hits.near(1 - distance, *INSISTING)
    return never | hits.near(-1, *INSISTING) if distance == 3 else never


def _is_beyond_doubt(hits: Hits, distance: int) -> Flags:
    """ "Without (a) doubt" leaves the valence alone, although "without" negates."""
    doubt = np.zeros(len(hits.places), np.bool_)
    for between in range(1, distance):
        doubt |= hits.near(-between, "doubt")
    return doubt & hits.near(-distance, "without")


def _hear_idioms(valence: Floats, hits: Hits) -> Floats:
    """The idiom's valence in or behind an idiom, and a dampened one behind "kind of".

    The original looks for both only where a third word before may change the scored one.
    """
    part = {offset: hits.vocabulary.part[hits.word(offset)] for offset in range(-3, 3)}
    value = valence
    for start, end in IDIOM_WINDOWS:
        idiom = IDIOM_TABLES[end - start][tuple(part[at] for at in range(start, end))]
        value = np.where(np.isnan(idiom), value, idiom)
    for start, end in DAMPER_WINDOWS:
        value = value + DAMPER_TABLE[tuple(part[at] for at in range(start, end))]
    return np.where(hits.heard(-3), value, valence)
