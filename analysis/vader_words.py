"""How VADER reads a text into words, and the words it knows.

The lists are vaderSentiment's own, imported rather than copied so that they cannot drift (its
module needs only the standard library). Source: Hutto & Gilbert (2014), "VADER: A Parsimonious
Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM-14.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from string import punctuation

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    C_INCR,
    N_SCALAR,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

BOOSTERS: dict[str, float] = {word: by for word, by in BOOSTER_DICT.items() if " " not in word}
FADING = {1: 1.0, 2: 0.95, 3: 0.9}  # what is left of a booster so many words away
CAPITALS: float = C_INCR  # what they add to a valence
CONTRACTION = "n't"  # negates wherever a word has it
CONTRACTED = " n't"  # stands for all words of no list that have it; no text can hold it itself
NEGATIONS = frozenset[str]({*NEGATE, CONTRACTED})
NEGATED: float = N_SCALAR  # what a negation multiplies a valence by
INSISTING = ("so", "this")  # behind "never"
INSISTED = 1.25  # what they multiply it by

# Idioms set the valence of a scored word, dampers of two words are added to it. Both may stand in
# several places around the word, which is at 0: [from, to). Of two idioms the later window counts.
IDIOMS = {tuple[str, ...](idiom.split()): value for idiom, value in SPECIAL_CASES.items()}
DAMPERS = {tuple[str, ...](pair.split()): by for pair, by in BOOSTER_DICT.items() if " " in pair}
IDIOM_WINDOWS = ((-3, -1), (-3, 0), (-2, 0), (-2, 1), (-1, 1), (0, 2), (0, 3))
DAMPER_WINDOWS = ((-3, -1), (-2, 0))

# Around most scored words, from three before to two behind, there is none of these: then no rule
# but that of capitals has anything to say. Of a phrase, one word is enough to tell.
TELLING = frozenset[str](max(phrase, key=len) for phrase in (*IDIOMS, *DAMPERS))
STIRRING = frozenset[str]({*BOOSTERS, *NEGATIONS, *INSISTING, *TELLING, "no", "least"})

IDIOMATIC = frozenset[str](chain(*IDIOMS, *DAMPERS))
_CUES = {"but", "or", "nor", "without", "doubt", "at", "very", "kind", "of"}
RULE_WORDS = STIRRING | IDIOMATIC | _CUES  # all that some rule asks for


class LexiconError(ValueError):
    """A word or a valence that a lexicon cannot hold; the message names it."""


@cache
def _original() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def described_emoji() -> dict[str, str]:
    """The description of each emoji that the original can see: it looks at single characters."""
    return {sign: words for sign, words in _original().emojis.items() if len(sign) == 1}


@cache
def _emoji() -> tuple[re.Pattern[str], dict[str, str]]:
    """What may be an emoji, and the description of each that is one.

    `re` tests a class of characters fast up to U+FFFF only; beyond, a range and the dictionary are
    faster.
    """
    described = described_emoji()
    near = "".join(sign for sign in described if sign < "\U00010000")
    return re.compile(f"[{re.escape(near)}\U00010000-{max(described)}]"), described


def spelled(text: str) -> str:
    """The text with every emoji replaced by a space and its description.

    The original leaves the space out behind another one, which no later step can tell, and adds
    none after the description: "😀ok" reads "grinning faceok".
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

    The original takes those for emoticons, so ":)" stays as it is, and so do "ok!" and "(no)".
    """
    core = token.strip(punctuation)
    return core if len(core) > 2 else token


def readable(word: str) -> bool:
    """Whether a text can hold this word of a lexicon, as VADER reads texts.

    Of its own it cannot read, for example, ":D" (it looks for small letters) and "fed up".
    """
    return [stripped(token).lower() for token in word.split()] == [word]


@dataclass(frozen=True)
class Lexicon:
    """The words that carry valence: VADER's own, some of them changed, added or silenced.

    Nothing is read before it is asked for; what is compiled for a lexicon serves its equals too.
    """

    changed: frozenset[tuple[str, float]] = frozenset()
    silenced: frozenset[str] = frozenset()

    @classmethod
    def extended(cls, changed: Mapping[str, float], silenced: Iterable[str] = ()) -> "Lexicon":
        """VADER's lexicon without the silenced words, and with others added or changed.

        Words are single, in small letters and without punctuation around them, or no text would
        ever match them; valences are on VADER's scale, -4 to 4. Raises LexiconError.
        """
        for word, valence in changed.items():
            if not readable(word):
                raise LexiconError(f"no text can match the word {word!r}")
            if not math.isfinite(valence):
                raise LexiconError(f"the valence of {word!r} is {valence}")
        floats = ((word, float(valence)) for word, valence in changed.items())
        return cls(frozenset(floats), frozenset(silenced))

    @cached_property
    def valences(self) -> dict[str, float]:
        """The valence of each word a text can hold."""
        stock: dict[str, float] = _original().lexicon
        kept = {word: stock[word] for word in filter(readable, stock.keys() - self.silenced)}
        return {**kept, **dict(self.changed)}

    @cached_property
    def scored(self) -> dict[str, float]:
        """The valences without boosters: these only ever change their neighbours."""
        return {word: value for word, value in self.valences.items() if word not in BOOSTERS}


STOCK = Lexicon()
