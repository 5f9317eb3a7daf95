"""How VADER reads a text into words, which words it knows, and the rules they play a part in.

The lists are vaderSentiment's own, imported rather than copied, so that they cannot drift (its
module needs only the standard library). Source: Hutto & Gilbert (2014), "VADER: A Parsimonious
Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM-14.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from string import punctuation

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import (  # type: ignore[import-untyped]
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

Floats = NDArray[np.float64]

# What a place in a text can hold besides the words of a vocabulary.
NOTHING = 0  # before the first word and after the last
OTHER = 1  # a word without a meaning to VADER
CONTRACTED = 2  # a word of no list with "n't" in it: "mightn't've" negates

_IDIOMS = {tuple(idiom.split()): value for idiom, value in SPECIAL_CASES.items()}
_DAMPERS = {tuple(pair.split()): value for pair, value in BOOSTER_DICT.items() if " " in pair}
_PARTS = {word: part for part, word in enumerate(sorted({*sum((*_IDIOMS, *_DAMPERS), ())}), 1)}
_CUES = "but no or nor never so this without doubt least at very kind of".split()

FADING = {-1: 1.0, -2: 0.95, -3: 0.9}  # what is left of a booster, by its distance
INSISTED = 1.25  # what "never so" and "never this" make of a valence

_SEEN = 50_000  # tokens remembered for small calls: a few MB, most of what a stream of posts uses


class LexiconError(ValueError):
    """A word or a valence that a lexicon cannot hold; the message names it."""


@cache
def _original() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def _emoji() -> tuple[re.Pattern[str], dict[str, str]]:
    """What may be an emoji, and the description of each that is one.

    VADER looks at one character at a time, so it never sees those made of several. `re` tests a
    class of characters fast only up to U+FFFF; beyond, one range and the dictionary are faster.
    """
    described = {sign: words for sign, words in _original().emojis.items() if len(sign) == 1}
    near = "".join(sorted(sign for sign in described if sign < "\U00010000"))
    return re.compile(f"[{re.escape(near)}\U00010000-{max(described)}]"), described


def spelled(text: str) -> str:
    """The text with every emoji replaced by a space and its description.

    VADER leaves that space out where there is one already, which no later step can tell, and adds
    none behind: "😀ok" reads "grinning faceok".
    """
    if text.isascii():
        return text
    maybe, described = _emoji()

    def words(match: re.Match[str]) -> str:
        sign = match[0]
        return f" {described[sign]}" if sign in described else sign

    return maybe.sub(words, text)


def stripped(token: str) -> str:
    """The token without punctuation around it, unless that leaves two characters or fewer.

    VADER takes those for emoticons, so ":)" stays, and so do "ok!" and "(no)".
    """
    core = token.strip(punctuation)
    return core if len(core) > 2 else token


def _readable(word: str) -> bool:
    """Whether some token of a text can be this word of a lexicon, as VADER reads."""
    return [stripped(token).lower() for token in word.split()] == [word]


def _phrases(phrases: Mapping[tuple[str, ...], float], length: int, none: float) -> Floats:
    """The phrases of so many words as a table, looked up by the parts their words play."""
    table = np.full((len(_PARTS) + 1,) * length, none)
    for phrase, value in phrases.items():
        if len(phrase) == length:
            table[tuple(_PARTS[word] for word in phrase)] = value
    return table


IDIOM_PAIRS = _phrases(_IDIOMS, 2, math.nan)
IDIOM_TRIPLES = _phrases(_IDIOMS, 3, math.nan)
DAMPER_PAIRS = _phrases(_DAMPERS, 2, 0.0)


class Vocabulary:
    """Every word that matters, numbered so that what VADER asks of all words is a comparison.

    Numbers below `in_lexicon` are of words that only play a part in rules. From `in_lexicon` on a
    word is one of the lexicon to its neighbours, from `hits` on it is scored as well (a booster
    that somebody adds to the lexicon is in it and yet never scored).

    `words`, `valence`, `boost`, `negates` and `part` (the word's place in the tables of idioms, 0
    for none) are indexed by number.
    """

    def __init__(self, valences: Mapping[str, float]) -> None:
        known = {*valences, *BOOSTER_DICT, *NEGATE, *_PARTS, *_CUES}
        rank = {w: (w in valences) + (w in valences and w not in BOOSTER_DICT) for w in known}
        readable = sorted(filter(_readable, known), key=lambda word: (rank[word], word))
        self.words = ["", "", "n't", *readable]
        self.number = {word: number for number, word in enumerate(self.words) if number > CONTRACTED}
        self.in_lexicon = len(self.words) - sum(rank[word] > 0 for word in readable)
        self.hits = len(self.words) - sum(rank[word] > 1 for word in readable)
        self.valence = np.array([float(valences.get(word, 0)) for word in self.words])
        self.boost = np.array([BOOSTER_DICT.get(word, 0.0) for word in self.words])
        self.negates = np.array([word in NEGATE or "n't" in word for word in self.words])
        self.part = np.array([_PARTS.get(word, 0) for word in self.words])

    @cached_property
    def seen(self) -> "_Seen":
        """The numbers of tokens met in small calls."""
        return _Seen(self.number)


class _Seen(dict[str, int]):
    """Numbers of tokens as they stand in a text; forgets all when it has grown too long."""

    def __init__(self, number: Mapping[str, int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, token: str) -> int:
        word = stripped(token).lower()
        if len(self) >= _SEEN:
            self.clear()
        self[token] = self._number.get(word, CONTRACTED if "n't" in word else OTHER)
        return self[token]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words that carry valence: VADER's own, some of them changed, added or silenced.

    Nothing is read before it is asked for. Two lexicons are equal only if they are the same object,
    so that each keeps what was compiled for it.
    """

    changed: Mapping[str, float] = field(default_factory=dict)
    silenced: frozenset[str] = frozenset()

    @classmethod
    def extended(cls, changed: Mapping[str, float], silenced: Iterable[str] = ()) -> "Lexicon":
        """VADER's lexicon with words added or given another valence, and others left out.

        Words are single, in small letters and without punctuation around them, or no text would
        ever match them. Valences are on VADER's scale, -4 to 4. Raises LexiconError.
        """
        for word, valence in changed.items():
            if not _readable(word):
                raise LexiconError(f"no text can match the word {word!r}")
            if not math.isfinite(valence):
                raise LexiconError(f"the valence of {word!r} is {valence}")
        return cls({word: float(valence) for word, valence in changed.items()}, frozenset(silenced))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The lexicon together with the words of the rules."""
        stock = _original().lexicon
        kept = {word: valence for word, valence in stock.items() if word not in self.silenced}
        return Vocabulary({**kept, **self.changed})


STOCK = Lexicon()
