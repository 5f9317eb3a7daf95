"""VADER's rules over a batch: the valence of every scored word, as its neighbours leave it.

A rule is applied to all the words it hits at once, and the rules in the order in which the original
applies them to one word, because floats depend on it. `analysis.vader_plain` says the same for one
text.
"""

import numpy as np
from vaderSentiment.vaderSentiment import C_INCR, N_SCALAR  # type: ignore[import-untyped]

from analysis.vader_plain import weigh_around_but
from analysis.vader_tokens import Flags, Floats, Ints, Tokens
from analysis.vader_vocabulary import DAMPER_TABLE, IDIOM_TABLES, MIX, NOTHING, Numbers, Vocabulary
from analysis.vader_words import DAMPER_WINDOWS, FADING, IDIOM_WINDOWS, INSISTENCE, INSISTING

_BUT = np.array([1.0, 1.5, 0.5])  # the weight at "but", behind it, and (index -1) before it


class Hits:
    """The scored words of a batch with their neighbours, three before and two behind.

    `places` are their indices among the words of the batch, `owners` the texts they stand in.
    """

    def __init__(self, tokens: Tokens, numbers: Numbers, vocabulary: Vocabulary) -> None:
        self.tokens, self._vocabulary = tokens, vocabulary
        self.places = np.flatnonzero(numbers >= vocabulary.scored)
        self.owners = tokens.owners(self.places)
        before, behind = tokens.first[self.owners], tokens.first[self.owners + 1]
        self._words = {0: numbers[self.places]}
        for offset in (-3, -2, -1, 1, 2):
            place = self.places + offset
            inside = place >= before if offset < 0 else place < behind
            self._words[offset] = np.where(inside, numbers.take(place, mode="clip"), NOTHING)

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

    def loud(self, of: Ints, offset: int) -> Flags:
        """Whether the word there is in capitals in a text that is not, for these of the hits."""
        return self.tokens.loud(self.places[of] + offset)


def valences(hits: Hits, vocabulary: Vocabulary) -> Floats:
    """The valence of each of the hits, before "but" and the punctuation of its text are heard."""
    valence = vocabulary.valence[hits.word(0)]
    _hear_no(valence, hits, vocabulary)
    loud = np.flatnonzero(hits.loud(np.arange(len(valence)), 0))
    valence[loud] += _away_from_zero(valence[loud])
    for distance in FADING:
        _hear_booster(valence, hits, vocabulary, distance)
        _hear_negation(valence, hits, vocabulary, distance)
    _hear_idioms(valence, hits, vocabulary)
    _hear_least(valence, hits)
    valence[hits.near(0, "kind") & hits.near(1, "of")] = 0.0
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


def _hear_booster(valence: Floats, hits: Hits, vocabulary: Vocabulary, distance: int) -> None:
    boost = vocabulary.boost[hits.word(-distance)]
    boosted = np.flatnonzero(hits.heard(-distance) & (boost != 0))
    boost, before = boost[boosted], valence[boosted]
    change = np.where(before < 0, -boost, boost)
    change += np.where(hits.loud(boosted, -distance), _away_from_zero(before), 0.0)
    valence[boosted] += change * FADING[distance]


def _hear_negation(valence: Floats, hits: Hits, vocabulary: Vocabulary, distance: int) -> None:
    heard = hits.heard(-distance)
    insisted = heard & _is_insisted(hits, distance)
    negated = heard & ~insisted & vocabulary.negates[hits.word(-distance)]
    valence[insisted] *= INSISTENCE
    valence[negated & ~_is_beyond_doubt(hits, distance)] *= N_SCALAR


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


def _hear_idioms(valence: Floats, hits: Hits, vocabulary: Vocabulary) -> None:
    """Give words in or behind an idiom the idiom's valence, and dampen those behind "kind of".

    The original looks for both only where a third word before may change the scored one.
    """
    idiomatic = np.zeros(len(valence), np.bool_)
    for offset in range(-3, 3):
        idiomatic |= vocabulary.is_idiomatic[hits.word(offset)]
    asked = np.flatnonzero(idiomatic & hits.heard(-3))
    part = {offset: vocabulary.part[hits.word(offset)[asked]] for offset in range(-3, 3)}
    value = valence[asked]
    for start, end in IDIOM_WINDOWS:
        idiom = IDIOM_TABLES[end - start][tuple(part[at] for at in range(start, end))]
        value = np.where(np.isnan(idiom), value, idiom)
    for start, end in DAMPER_WINDOWS:
        value += DAMPER_TABLE[tuple(part[at] for at in range(start, end))]
    valence[asked] = value


def _hear_least(valence: Floats, hits: Hits) -> None:
    """ "Least" negates, unlike "at least" and "very least"."""
    least = hits.heard(-1) & hits.near(-1, "least") & ~hits.near(-2, "at", "very")
    valence[least] *= N_SCALAR


def hear_but(valence: Floats, hits: Hits, numbers: Numbers, vocabulary: Vocabulary) -> None:
    """Weigh the valences before and behind the first "but" of each text, in place.

    Only where a weighed valence equals another one of its text does the original's way of looking
    them up show (see `weigh_around_but`): there it is followed step by step.
    """
    buts = np.flatnonzero(numbers == vocabulary.number["but"])
    first = np.full(len(hits.tokens.first), -1)
    first[hits.tokens.owners(buts[::-1])] = buts[::-1]  # of several the last to be set, the first
    concerned = np.flatnonzero((first[hits.owners] >= 0) & (valence != 0))
    places, owners, before = hits.places[concerned], hits.owners[concerned], valence[concerned]
    weighed = before * _BUT[np.sign(places - first[owners])]
    for owner in _tangled(owners, before, weighed).tolist():
        start, end = np.searchsorted(owners, [owner, owner + 1])
        values = before[start:end].tolist()
        weigh_around_but(values, places[start:end].tolist(), first[owner])
        weighed[start:end] = values
    valence[concerned] = weighed


def _tangled(owners: Ints, before: Floats, weighed: Floats) -> Ints:
    """The texts in which some valence, once weighed, equals one that was there before.

    Text and bits of the valence are mixed to one number: others may be among them, none is missed.
    """
    both = np.concatenate([owners, owners])
    keys = np.concatenate([weighed, before]).view(np.int64) ^ (both * MIX)
    order = np.argsort(keys)
    keys, is_weighed = keys[order], order < len(owners)
    met = (keys[1:] == keys[:-1]) & (is_weighed[1:] != is_weighed[:-1])
    return np.unique(both[order[1:][met]])
