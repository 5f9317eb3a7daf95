"""Where a text speaks of the brand, and where its name means something else.

All forms of the name are one regular expression; links and the exclusions are alternatives that
come first and so swallow the name within them. It is tried only where one of them can begin, and
not where the signs around a plain name already tell what it would say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from analysis.arrays import Flags, Ints, ranges
from analysis.brand_words import (
    Context,
    acting,
    context_of,
    finder_of,
    first_words,
    is_ambiguous,
    small_letters,
)
from analysis.characters import POST_END
from analysis.lone_names import lone_names
from analysis.tokens import Tokens
from data.records import Brand

Signs = NDArray[np.uint8]

# "at Foxglove" and "Foxglove's" are said of a business or a person, not of a plant; the same in
# languages that are not judged, since the context words are English.
_PLACED = re.compile(
    r"\b(?:at|by|from|in|inside|into|to|via|with|against|thanks?|thank you|bei|chez|en|hos|da|na)"
    r"\s+\Z",
    re.IGNORECASE,
)
_OWNING = re.compile(r"['’]s\b")


@dataclass(frozen=True)
class Mentions:
    """Where the brand is spoken of."""

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
    small = small_letters(text)
    found = list(_hits(text, small, brand))
    if is_ambiguous(brand) and brand.context:
        context = context_of(brand)
        found = [span for span in found if _is_business(context, text, small, *span)]
    return np.fromiter(chain.from_iterable(found), np.int64).reshape(-1, 2)


def _hits(text: str, small: bytes, brand: Brand) -> Iterator[tuple[int, int]]:
    """What the expression finds, from left to right."""
    finder, done = finder_of(brand), 0
    for begin, end in _begins(text, small, brand):
        if begin < done:
            continue
        if end:
            done = end
            yield begin, end
        elif match := finder.match(text, begin):
            done = match.end()
            if match["hit"]:
                yield match.span("hit")


def _begins(text: str, small: bytes, brand: Brand) -> Iterator[tuple[int, int]]:
    """Where an alternative can begin: anywhere unless all begin with plain letters.

    With the end of the name where it stands alone, else with 0.
    """
    words = first_words(brand)
    if not all(word and word.isascii() for word in words):
        return ((begin, 0) for begin in range(len(small)))
    signs = np.frombuffer(small + b"\0\0", np.uint8)
    begins, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for word in words:
        found = re.finditer(_anywhere(word), small)
        begin = np.array([match.start() for match in found], np.int64)
        before, slash = signs[begin - 1], begin[signs[begin - 1] == ord("/")]
        tags = [begin[(before == ord("@")) | (before == ord("#"))] - 1]
        tags.append(slash[signs[slash - 2] == ord("u")] - 2)
        begins += [begin, *tags]
        ends += [_lone_ends(text, signs, begin, word, brand), *map(np.zeros_like, tags)]
    begin, end = np.concatenate(begins), np.concatenate(ends)
    order = np.argsort(begin, kind="stable")
    return zip(begin[order].tolist(), end[order].tolist(), strict=True)


def _lone_ends(text: str, signs: Signs, begin: Ints, word: str, brand: Brand) -> Ints:
    """Where the name ends that begins at each of these places, 0 where it may not stand alone."""
    name = lone_names(brand).get(word)
    if name is None:
        return np.zeros_like(begin)
    end = begin + len(word)
    alone = name.opens[signs[begin - 1]]
    alone &= name.closes[signs[end]] | (signs[end] == ord(" ")) & name.follows[signs[end + 1]]
    if is_ambiguous(brand):
        alone &= np.array([text.startswith(name.spelt, at) for at in begin.tolist()], bool)
    return end * alone


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
