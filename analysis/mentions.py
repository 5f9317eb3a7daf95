"""Where a text speaks of the brand, and where its name means something else.

All forms of the name are one regular expression; links and the exclusions are alternatives that
come first and so swallow the name within them. It is tried only where one of them can begin.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Flags, Ints, ranges
from analysis.brand_words import (
    Context,
    acting,
    context_of,
    finder_of,
    first_words,
    is_ambiguous,
)
from analysis.characters import POST_END
from analysis.tokens import Tokens
from data.records import Brand

# "at Foxglove" and "Foxglove's" are said of a business or a person, not of a plant; the same in
# languages that are not judged, since the context words are English.
_PLACED = re.compile(
    r"\b(?:at|by|from|in|inside|into|to|via|with|against|thanks?|thank you|bei|chez|en|hos|da|na)"
    r"\s+\Z",
    re.IGNORECASE,
)
_OWNING = re.compile(r"['’]s\b")
# To an expression that ignores case these are plain letters as well.
_PLAIN = {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"}


@dataclass(frozen=True)
class Mentions:
    """Where the brand is spoken of. Empty `spans` with `everywhere` when no brand is asked for."""

    posts: Flags  # per post: it speaks of the brand
    words: Flags  # per word: part of a name or handle of the brand


def everywhere(tokens: Tokens) -> Mentions:
    """Mentions for when the texts are taken to be about the business."""
    return Mentions(np.ones(tokens.posts, bool), np.zeros(len(tokens), bool))


def find(tokens: Tokens, brand: Brand) -> Mentions:
    """Where these texts speak of the brand."""
    posts = np.zeros(tokens.posts, bool)
    words = np.zeros(len(tokens), bool)
    spans = _spans(tokens.text, brand)
    posts[np.searchsorted(tokens.post_begin, spans[:, 0], "right") - 1] = True
    words[ranges(*np.searchsorted(tokens.begin, spans.T))[0]] = True
    return Mentions(posts, words)


def _spans(text: str, brand: Brand) -> Ints:
    """Characters of every mention, one row each."""
    small = _small(text)
    found = list(_hits(text, small, brand))
    if is_ambiguous(brand) and brand.context:
        context = context_of(brand)
        found = [span for span in found if _is_business(context, text, small, *span)]
    return np.array(found, np.int64).reshape(-1, 2)


def _small(text: str) -> bytes:
    """The text in small letters, a byte a character: fast to search for plain letters."""
    for sign, letter in _PLAIN.items():
        text = text.replace(sign, letter)
    return text.encode("latin-1", "replace").lower()


def _hits(text: str, small: bytes, brand: Brand) -> Iterator[tuple[int, int]]:
    """What the expression finds, from left to right."""
    finder, done = finder_of(brand), 0
    for begin in _begins(small, brand):
        if begin >= done and (match := finder.match(text, begin)):
            done = match.end()
            if match["hit"]:
                yield match.span("hit")


def _begins(small: bytes, brand: Brand) -> Iterable[int]:
    """Where an alternative can begin: anywhere unless all begin with plain letters."""
    words = first_words(brand)
    if not all(word and word.isascii() for word in words):
        return range(len(small))
    searches = (re.finditer(_anywhere(word), small) for word in words)
    found = [match.start() for search in searches for match in search]
    for at in [*found]:
        before = small[at - 1]  # of the first sign it is the last one, which ends a post
        if before in b"@#":
            found.append(at - 1)
        elif before == ord("/") and small[at - 2] == ord("u"):
            found.append(at - 2)
    return sorted(found)


def _anywhere(word: str) -> bytes:
    """Finds a word wherever it stands, inside itself only where that may be another word."""
    plain = re.escape(word.encode())
    return plain if word.isalnum() else b"(?=%b)" % plain


def _is_business(context: Context, text: str, small: bytes, begin: int, end: int) -> bool:
    """An ambiguous name means the business: by how it is said, or by a word of the same post."""
    spoken = _OWNING.match(text, end) or acting().match(text, end)
    if text[begin] in "@#" or " " in text[begin:end] or spoken:
        return True
    low = text.rfind(POST_END, 0, begin) + 1
    if _PLACED.search(text, max(low, begin - 12), begin):
        return True
    high = text.find(POST_END, end)
    return context.is_in(text, small, low, high if high >= 0 else len(text))
