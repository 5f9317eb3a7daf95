"""VADER for a single text, in plain Python: what `analysis.vader_rules` does to whole batches.

For a handful of texts this is faster than arrays. It is also the better of the two to read first.
"""

import math
from collections import defaultdict
from functools import lru_cache
from heapq import heappop, heappush

from vaderSentiment.vaderSentiment import C_INCR, N_SCALAR  # type: ignore[import-untyped]

from analysis.vader_words import (
    BOOSTERS,
    CONTRACTED,
    CONTRACTION,
    DAMPER_WINDOWS,
    DAMPERS,
    FADING,
    IDIOM_WINDOWS,
    IDIOMS,
    INSISTENCE,
    INSISTING,
    NEGATIONS,
    STIRRING,
    Lexicon,
    spelled,
    stripped,
)

Polarity = tuple[float, float, float, float]  # neg, neu, pos, compound
SILENCE: Polarity = (0.0, 0.0, 0.0, 0.0)
NEUTRAL: Polarity = (0.0, 1.0, 0.0, 0.0)
SOFTENING = 15  # keeps the compound of a few words well within -1 and 1

_REMEMBERED = 50_000  # tokens, a few MB; ten thousand are already five sixths of what posts use


class _Words(dict[str, str]):
    """Tokens as VADER reads them, remembered until there are too many."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._listed = lexicon.valences.keys() | NEGATIONS

    def __missing__(self, token: str) -> str:
        word = stripped(token).lower()
        if CONTRACTION in word and word not in self._listed:
            word = CONTRACTED
        if len(self) >= _REMEMBERED:
            self.clear()
        self[token] = word
        return word


class PlainVader:
    """Scores one text at a time by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._valences = lexicon.valences
        self._scored = lexicon.scored
        self._words = _Words(lexicon)

    def polarity(self, text: str) -> Polarity:
        """neg, neu, pos and compound of the text; all zero where it has no words."""
        text = spelled(text)
        tokens = text.split()
        if not tokens:
            return SILENCE
        # Blanks stand for the words missing before the first and behind the last.
        words = ["", "", "", *map(self._words.__getitem__, tokens), "", ""]
        written = ["", "", "", *tokens]
        if text.isupper() and all(map(str.isupper, tokens)):
            written = words  # where all shout nobody does, so take them for small letters
        scored = self._scored
        places = [
            at
            for at, word in enumerate(words)
            if word in scored and (word != "kind" or words[at + 1] != "of")
        ]
        if not places:
            return NEUTRAL
        values = [self._valence(at, words, written) for at in places]
        if "but" in words:
            weigh_around_but(values, places, words.index("but"))
        return _summed(values, len(tokens), _emphasis(text.count("!"), text.count("?")))

    def _valence(self, at: int, words: list[str], written: list[str]) -> float:
        """The valence of the scored word there, as the three before and the two behind leave it."""
        value = self._valences[words[at]]
        stirred = not STIRRING.isdisjoint(words[at - 3 : at + 3])
        if stirred:
            value = self._hear_no(value, at, words)
        if written[at].isupper():
            value += _away_from_zero(value)
        if stirred:
            value = self._stir(value, at, words, written)
        return value

    def _hear_no(self, value: float, at: int, words: list[str]) -> float:
        """ "No" has no valence before a word of the lexicon: it turns that one and the next."""
        three, two, one, word, following = words[at - 3 : at + 2]
        if one == "no" or two == "no" or (three == "no" and one in ("or", "nor")):
            return value * float(N_SCALAR)
        return 0.0 if word == "no" and following in self._valences else value

    def _stir(self, value: float, at: int, words: list[str], written: list[str]) -> float:
        """The valence after the words before have boosted, dampened, negated or replaced it."""
        for distance, rest in FADING.items():
            neighbour = words[at - distance]
            if neighbour and neighbour not in self._valences:
                if neighbour in BOOSTERS:
                    value += _boost(value, neighbour, written[at - distance]) * rest
                value *= _turn(neighbour, words[at - distance + 1 : at])
                if distance == 3:
                    value = _idiom(value, words, at)
        two, one = words[at - 2 : at]
        if one == "least" and one not in self._valences and two not in ("at", "very"):
            value *= N_SCALAR
        return value


@lru_cache(maxsize=8)
def plain_vader(lexicon: Lexicon) -> PlainVader:
    """The scorer of a lexicon, made once."""
    return PlainVader(lexicon)


def _away_from_zero(value: float) -> float:
    """What capitals add; a valence of zero counts as negative."""
    return float(C_INCR if value > 0 else -C_INCR)


def _boost(value: float, booster: str, written: str) -> float:
    boost = -BOOSTERS[booster] if value < 0 else BOOSTERS[booster]
    return boost + _away_from_zero(value) if written.isupper() else boost


def _turn(word: str, between: list[str]) -> float:
    """What a word before the scored one, and those between the two, multiply its valence by.

    "Never so good" insists and does not negate. Three words away an `or` of the original lets go
    of the "never": a mere "so" or "this" right before the scored word insists there, whatever the
    third word is. "Without a doubt" leaves the valence alone.
    """
    never = word == "never" and between and between[0] in INSISTING
    if never or (len(between) == 2 and between[1] in INSISTING):
        return INSISTENCE
    if word == "without" and "doubt" in between:
        return 1.0
    return N_SCALAR if word in NEGATIONS else 1.0


def _idiom(value: float, words: list[str], at: int) -> float:
    """The valence in or behind an idiom, which replaces the word's own, or behind "kind of"."""
    for start, end in IDIOM_WINDOWS:
        value = IDIOMS.get(tuple(words[at + start : at + end]), value)
    for start, end in DAMPER_WINDOWS:
        value += DAMPERS.get(tuple(words[at + start : at + end]), 0.0)
    return value


def weigh_around_but(values: list[float], places: list[int], but: int) -> None:
    """Halve the values before "but" and raise those behind by half, in place, as the original does.

    The original looks each value up in its list by `list.index`, so it changes the first place that
    holds an equal value by then, and perhaps the same place again: in "2.0 1.0 but" the 1.0 finds
    the halved 2.0. The heaps hold the places of each value, so that long texts stay cheap.
    """
    holders: dict[float, list[int]] = defaultdict(list)
    for turn, value in enumerate(values):  # no value is changed before its turn
        holding = holders[value]
        heappush(holding, turn)
        first = holding[0]
        if places[first] != but:
            heappop(holding)
            values[first] = value * (0.5 if places[first] < but else 1.5)
            heappush(holders[values[first]], first)


def _emphasis(exclamations: int, questions: int) -> float:
    """What punctuation adds: up to four "!", and two "?" or more."""
    asked = 0.96 if questions > 3 else questions * 0.18 if questions > 1 else 0.0
    return min(exclamations, 4) * 0.292 + asked


def _summed(values: list[float], count: int, loudness: float) -> Polarity:
    """The polarity of a text of so many words, of which some have these valences."""
    total = float(sum(values))
    positive = negative = 0.0
    neutral = count
    for value in values:  # not by sum(), which from Python 3.12 on is more exact than the original
        if value > 0:
            positive += value + 1  # as a neutral word counts 1
            neutral -= 1
        elif value < 0:
            negative += 1 - value
            neutral -= 1
    if total:
        total += math.copysign(loudness, total)
    if positive > negative:
        positive += loudness
    elif positive < negative:
        negative += loudness
    mass = positive + negative + neutral
    compound = total / math.sqrt(total * total + SOFTENING)
    return (
        round(negative / mass, 3),
        round(neutral / mass, 3),
        round(positive / mass, 3),
        round(compound, 4),
    )
