"""Documents that exercise every rule of VADER, and every way of writing that reaches one.

The same seed gives the same documents. They are made of few words, so that rules meet, and words
are written in many ways: in capitals, in punctuation, glued to emoji, between odd spaces.
"""

import random
from collections.abc import Iterator

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
)

_ORIGINAL = SentimentIntensityAnalyzer()

SPACES = [chr(point) for point in range(0x3001) if chr(point).isspace()]
_EMOJI = sorted(_ORIGINAL.emojis)
_LISTED = sorted(_ORIGINAL.lexicon)
_COMMON = [
    "good", "bad", "great", "kind", "no", "like", "love", "hate", "well", "fine", "united", "help",
    "rude", "doubt", "stop",
]  # fmt: skip
_CUES = [
    "but", "but", "no", "or", "nor", "never", "so", "this", "without", "doubt", "least", "at",
    "very", "kind", "of", "sort", "just", "enough", "the", "a", "to", "for", "in", "and", "is", "I",
]  # fmt: skip
_PHRASES = [
    *SPECIAL_CASES, *(phrase for phrase in BOOSTER_DICT if " " in phrase),
    "never so", "never this", "without doubt", "without a doubt", "at least", "very least",
    "no kind or", "no good nor", "kind of", "the least", "BUT", "yeah right but",
]  # fmt: skip
_CONTRACTIONS = [
    "n't", "N'T", "mightn't've", "ain't", "don’t", "won't", "y'all'dn't", "n't-n't", "n''t", "'nt",
    "wasn't!", "\"isn't\"", "shouldn'T",
]  # fmt: skip
_FOREIGN = [
    "café", "Ærø", "ΣΊΣΥΦΟΣ", "straße", "İstanbul", "ıI", "ǅ", "Привет", "ЗАКАЗ", "東京",
    "ｇｏｏｄ", "\u212aind", "na\u0308ive", "“good”", "‘bad’", "great…", "©ok", "ok™", "é", "É",
    "boo\u212a", "ß", "\u200bgood", "good\u200d", "\ufeffbad", "\u00adnice",
]  # fmt: skip
_NOISE = [
    "\0", "\x01", "\x7f", "\x1b[31m", "\ud83d", "\ude00bad", "good\ud800", "\ufffd", "\U0010ffff",
    "@United", "#fail", "https://t.co/a?b!c=1", "10/10", "3.5", "I'm", "a", "I", "U.S.", "--",
    "'", '"', "...", ":)", ":(", ":-D", "XD", "xD", "<3", "</3", ":P", "=D", "(-:O", "o.O", ":'(",
]  # fmt: skip
_MARKS = "!?.,;:'\"()-*_#@~/&%$[]{}<>=+|\\^`"


def _altered(chance: random.Random, word: str) -> str:
    """The word with one letter changed: long words must not be known by their ends alone."""
    at = chance.randrange(len(word))
    return word[:at] + chance.choice("aeqxz") + word[at + 1 :]


def _word(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.26:
        return chance.choice(_COMMON)
    if kind < 0.44:
        return chance.choice(_CUES)
    if kind < 0.56:
        return str(chance.choice(_LISTED))
    if kind < 0.60:
        return _altered(chance, chance.choice(_LISTED))
    if kind < 0.72:
        return str(chance.choice([*BOOSTER_DICT]))
    if kind < 0.80:
        return str(chance.choice(NEGATE))
    if kind < 0.84:
        return chance.choice(_CONTRACTIONS)
    if kind < 0.92:
        return str(chance.choice(_PHRASES))
    return chance.choice(chance.choice([_FOREIGN, _NOISE, _EMOJI]))


def _written(chance: random.Random, word: str) -> str:
    """The word in one of the ways people write."""
    kind = chance.random()
    if kind < 0.12:
        word = word.upper()
    elif kind < 0.18:
        word = word.title()
    elif kind < 0.20:
        word = "".join(chance.choice([c.upper(), c.lower()]) for c in word)
    if chance.random() < 0.12:
        word = chance.choice(_MARKS) * _length(chance) + word
    if chance.random() < 0.22:
        word += chance.choice("!!!???..," + _MARKS) * _length(chance)
    if chance.random() < 0.05:
        word = chance.choice([f"{chance.choice(_EMOJI)}{word}", f"{word}{chance.choice(_EMOJI)}"])
    return word


def _length(chance: random.Random) -> int:
    return chance.choice([1, 1, 1, 1, 2, 2, 3, 4, 5, 9, 40])


def _space(chance: random.Random) -> str:
    return " " if chance.random() < 0.93 else chance.choice(SPACES) * chance.choice([1, 1, 2])


def document(chance: random.Random) -> str:
    """One document, mostly short, of words from a pool that is often small."""
    count = chance.choice([0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 10, 12, 16, 24, 60])
    pool = [_word(chance) for _ in range(chance.choice([2, 4, 8, 60]))]
    text = "".join(_written(chance, chance.choice(pool)) + _space(chance) for _ in range(count))
    kind = chance.random()
    if kind < 0.05:
        return text.upper()
    return text.rstrip() if kind < 0.5 else text


def documents(seed: int, count: int) -> Iterator[str]:
    """As many documents, the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        yield document(chance)
