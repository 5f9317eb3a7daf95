"""VADER's rules over a batch: the valence of every scored word, as its neighbours leave it.

The loop looks at three words before each and two behind, and takes the rules in the original's
order, because floats depend on it. `analysis.vader_plain` says the same for one text.
"""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Flags, Floats, Ints
from analysis.compiled import compiled
from analysis.vader_tokens import Numbers

# What a word is to the rules; it may be several.
(
    LISTED, HEARD, NO, JOINS, NEGATES, NEVER, INSISTS, WITHOUT, DOUBT, LEAST, EXCUSES, KIND, OF,
    TELLING,
) = (1 << bit for bit in range(14))  # fmt: skip


class Rules(NamedTuple):
    """A lexicon and the rules; of words, by their numbers."""

    scored: int  # this word and all behind it have a valence that counts
    traits: Ints
    valence: Floats
    boost: Floats
    fading: Floats  # what is left of a boost one, two and three words away
    capitals: float  # what they add to a valence
    negated: float  # what a negation multiplies it by
    insisted: float
    phrases: Ints  # idioms and dampers: a row of words each
    starts: Ints  # by phrase: where it begins, from the scored word on
    sizes: Ints  # by phrase: of how many words it is
    replaces: Flags  # by phrase: its value replaces the valence instead of being added
    value: Floats  # by phrase


@compiled
def valences(numbers: Numbers, loud: Flags, rules: Rules) -> tuple[Ints, Floats]:
    """The places of the scored words, and their valences before "but" is heard."""
    scored, traits, valence, boost = rules.scored, rules.traits, rules.valence, rules.boost
    capitals, negated, insisted = rules.capitals, rules.negated, rules.insisted
    fading = rules.fading
    count = 0
    for number in numbers:
        count += number >= scored
    places, values = np.empty(count, np.int64), np.empty(count)
    count = 0
    for at in range(len(numbers)):
        if numbers[at] < scored:
            continue
        word, behind = traits[numbers[at]], traits[numbers[at + 1]]
        one, two = traits[numbers[at - 1]], traits[numbers[at - 2]]
        three = traits[numbers[at - 3]]
        value = _hear_no(valence[numbers[at]], word, behind, one, two, three, negated)
        if loud[at]:
            value += _away_from_zero(value, capitals)
        if one & HEARD:
            value += _boost(value, boost[numbers[at - 1]], loud[at - 1], capitals) * fading[0]
            value *= _turn(one, 0, 0, 0, negated, insisted)
        if two & HEARD:
            value += _boost(value, boost[numbers[at - 2]], loud[at - 2], capitals) * fading[1]
            value *= _turn(two, one, one, 0, negated, insisted)
        if three & HEARD:
            value += _boost(value, boost[numbers[at - 3]], loud[at - 3], capitals) * fading[2]
            value *= _turn(three, two, two | one, one, negated, insisted)
            if (three | two | one | word | behind | traits[numbers[at + 2]]) & TELLING:
                value = _phrased(value, at, numbers, rules)
        if (one & LEAST) and (one & HEARD) and not two & EXCUSES:
            value *= negated
        places[count] = at
        values[count] = 0.0 if (word & KIND) and (behind & OF) else value
        count += 1
    return places, values


@compiled
def _hear_no(
    value: float, word: int, behind: int, one: int, two: int, three: int, negated: float
) -> float:
    """ "No" has no valence before a word of the lexicon: it turns that one and the next."""
    if (one | two) & NO or (three & NO and one & JOINS):  # "no friends or family"
        return value * negated
    return 0.0 if word & NO and behind & LISTED else value


@compiled
def _away_from_zero(value: float, by: float) -> float:
    """What capitals add; a valence of zero counts as negative."""
    return by if value > 0 else -by


@compiled
def _boost(value: float, boost: float, is_loud: bool, capitals: float) -> float:
    """What a booster or dampener before the word adds to its valence."""
    if boost == 0:
        return 0.0
    loudness = _away_from_zero(value, capitals) if is_loud else 0.0
    return (-boost if value < 0 else boost) + loudness


@compiled
def _turn(
    before: int, following: int, between: int, last: int, negated: float, insisted: float
) -> float:
    """What a word before the scored one multiplies its valence by.

    `following` is the word behind it, `between` all up to the scored one. Three words away an `or`
    of the original lets go of the "never", so that the `last` one between insists alone.
    """
    if (before & NEVER and following & INSISTS) or last & INSISTS:
        return insisted
    return negated if before & NEGATES and not (before & WITHOUT and between & DOUBT) else 1.0


@compiled
def _phrased(value: float, at: int, numbers: Numbers, rules: Rules) -> float:
    """The valence in or behind an idiom, which replaces the word's own, or behind "kind of"."""
    for phrase in range(len(rules.phrases)):
        start, size = at + rules.starts[phrase], rules.sizes[phrase]
        same = 0
        while same < size and numbers[start + same] == rules.phrases[phrase, same]:
            same += 1
        if same == size:
            value = rules.value[phrase] + (0.0 if rules.replaces[phrase] else value)
    return value
