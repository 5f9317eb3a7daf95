"""VADER for a single text, in plain Python: what `analysis.vader_rules` does to whole batches.

For a handful of texts this is faster than loading and calling loops. It is also the better of the
two to read first.
"""

from functools import lru_cache

from analysis.vader_plain_totals import polarity_of, weigh_around_but
from analysis.vader_totals import Polarity, emphasis_of
from analysis.vader_words import (
    BOOSTERS,
    CAPITALS,
    CONTRACTED,
    CONTRACTION,
    DAMPER_WINDOWS,
    DAMPERS,
    FADING,
    IDIOM_WINDOWS,
    IDIOMS,
    INSISTED,
    INSISTING,
    NEGATED,
    NEGATIONS,
    RULE_WORDS,
    STIRRING,
    Lexicon,
    spelled,
    stripped,
)

SILENCE: Polarity = (0.0, 0.0, 0.0, 0.0)
NEUTRAL: Polarity = (0.0, 1.0, 0.0, 0.0)
OTHER = " "  # stands for all words without a meaning to VADER; no text can hold it itself

_REMEMBERED = 50_000  # tokens, a few MB; ten thousand are already five sixths of what posts use


class _Words(dict[str, str]):
    """Tokens as VADER reads them, remembered until there are too many.

    Words of no list are all the same to it: OTHER, or CONTRACTED if they have "n't" in them.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._listed = lexicon.valences.keys() | RULE_WORDS

    def __missing__(self, token: str) -> str:
        word = stripped(token).lower()
        if word not in self._listed:
            word = CONTRACTED if CONTRACTION in word else OTHER
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
        return polarity_of(values, len(tokens), emphasis_of(text.count("!"), text.count("?")))

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
            return value * NEGATED
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
            value *= NEGATED
        return value


@lru_cache(maxsize=8)
def plain_vader(lexicon: Lexicon) -> PlainVader:
    """The scorer of a lexicon, made once."""
    return PlainVader(lexicon)


def _away_from_zero(value: float) -> float:
    """What capitals add; a valence of zero counts as negative."""
    return CAPITALS if value > 0 else -CAPITALS


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
        return INSISTED
    if word == "without" and "doubt" in between:
        return 1.0
    return NEGATED if word in NEGATIONS else 1.0


def _idiom(value: float, words: list[str], at: int) -> float:
    """The valence in or behind an idiom, which replaces the word's own, or behind "kind of"."""
    for start, end in IDIOM_WINDOWS:
        value = IDIOMS.get(tuple(words[at + start : at + end]), value)
    for start, end in DAMPER_WINDOWS:
        value += DAMPERS.get(tuple(words[at + start : at + end]), 0.0)
    return value
