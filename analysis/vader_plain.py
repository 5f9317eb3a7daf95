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
    CONTRACTION,
    DAMPER_WINDOWS,
    DAMPERS,
    FADING,
    IDIOM_WINDOWS,
    IDIOMS,
    INSISTENCE,
    INSISTING,
    NEGATIONS,
    Lexicon,
    spelled,
    stripped,
)

Polarity = tuple[float, float, float, float]  # neg, neu, pos, compound
SILENCE: Polarity = (0.0, 0.0, 0.0, 0.0)
SOFTENING = 15  # keeps the compound of a few words well within -1 and 1

# Most scored words have none of these near: one look at a set passes over all the rules.
_STIRRING = frozenset({*BOOSTERS, *NEGATIONS, CONTRACTION, "no", "least", *INSISTING})
_IDIOMATIC = frozenset(max(phrase, key=len) for phrase in (*IDIOMS, *DAMPERS))  # one word of each

_REMEMBERED = 50_000  # tokens, a few MB; ten thousand are already five sixths of what posts use


class _Words(dict[str, str]):
    """Tokens as VADER reads them, remembered until there are too many.

    "n't" stands for all words that negate only by having it in them.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._known = lexicon.valences.keys() | NEGATIONS

    def __missing__(self, token: str) -> str:
        word = stripped(token).lower()
        if CONTRACTION in word and word not in self._known:
            word = CONTRACTION
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
        scored = self._scored
        places = [at for at, word in enumerate(words) if word in scored]
        if "kind" in words:
            places = [at for at in places if words[at] != "kind" or words[at + 1] != "of"]
        if text.isupper() and all(map(str.isupper, tokens)):
            tokens = words[3:-2]  # where all shout nobody does: as good as small letters
        values = [self._valence(at, words, tokens) for at in places]
        if values and "but" in words:
            weigh_around_but(values, places, words.index("but"))
        return _summed(values, len(tokens), _emphasis(text.count("!"), text.count("?")))

    def _valence(self, at: int, words: list[str], tokens: list[str]) -> float:
        """The valence of the scored word there, as the three before and the two behind leave it."""
        word = words[at]
        value = self._valences[word]
        before = words[at - 3 : at]
        stirred = not _STIRRING.isdisjoint(before)
        if word == "no" and words[at + 1] in self._valences:
            value = 0.0  # it does not count for itself but turns the next word
        if stirred and _follows_no(*before):
            value = self._valences[word] * N_SCALAR
        if tokens[at - 3].isupper():
            value += _away_from_zero(value)
        if stirred:
            value = self._hear(value, before, tokens[max(at - 6, 0) : at - 3])
        ...
