"""Where a text speaks of the brand, and where its name means something else.

All forms of the name are one regular expression; links and the exclusions are alternatives that
come first and so swallow the name within them. It is tried only where one of them can begin, and
not where the signs around a plain name already tell what it would say.
"""

import re
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Bytes, Flags, Ints, Points
from analysis.brand_words import (
    Context,
    acting,
    context_of,
    finder_of,
    first_words,
    is_ambiguous,
    small_letters,
)
from analysis.characters import POST_END, ByCharacter
from analysis.compiled import compiled
from analysis.lone_names import lone_names
from analysis.tokens import Tokens
from data.records import Brand

_LETTERS = ByCharacter(lambda sign: small_letters(sign)[0])
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
    begin, end = _spans(tokens, brand)
    return Mentions(*_marked(begin, end, tokens.post_begin, tokens.begin))


def _spans(tokens: Tokens, brand: Brand) -> tuple[Ints, Ints]:
    """First character of every mention, and the one after its last."""
    text = tokens.text
    begin, end = _hits(text, tokens.points, brand)
    if is_ambiguous(brand) and brand.context:
        context, small = context_of(brand), small_letters(text)
        spans = zip(begin.tolist(), end.tolist(), strict=True)
        business = [_is_business(context, text, small, *span) for span in spans]
        begin, end = begin[np.array(business, bool)], end[np.array(business, bool)]
    return begin, end


def _hits(text: str, points: Points, brand: Brand) -> tuple[Ints, Ints]:
    """What the expression finds, from left to right."""
    finder, words = finder_of(brand), first_words(brand)
    if not all(word and word.isascii() for word in words):
        spans = [match.span() for match in finder.finditer(text) if match["hit"]]
        found = np.array(spans, np.int64).reshape(-1, 2)
        return found[:, 0].copy(), found[:, 1].copy()
    begin, end = _begins(text, points, brand)
    tried = np.flatnonzero(end == 0)
    matches = [finder.match(text, at) for at in begin[tried].tolist()]
    end[tried] = [match.end() if match else 0 for match in matches]
    hit = np.ones(len(begin), bool)
    hit[tried] = [match is not None and match["hit"] is not None for match in matches]
    first = hit & _first(begin, end)
    return begin[first], end[first]


def _begins(text: str, points: Points, brand: Brand) -> tuple[Ints, Ints]:
    """Where an alternative of plain letters can begin, in order.

    With the end of the name where it stands alone, else with 0.
    """
    letters = _LETTERS.told(points)
    begins, ends = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for word in first_words(brand):
        begin = _standing(points, letters, np.frombuffer(word.encode(), np.uint8))
        before, second = letters[points[begin - 1]], letters[points[begin - 2]]
        tags = [begin[(before == ord("@")) | (before == ord("#"))] - 1]
        tags.append(begin[(before == ord("/")) & (second == ord("u"))] - 2)
        begins += [begin, *tags]
        alone = _alone(text, points, letters, begin, word, brand)
        ends += [(begin + len(word)) * alone, *map(np.zeros_like, tags)]
    begin, end = np.concatenate(begins), np.concatenate(ends)
    order = np.argsort(begin, kind="stable")
    return begin[order], end[order]


def _alone(
    text: str, points: Points, letters: Bytes, begin: Ints, word: str, brand: Brand
) -> Flags:
    """Whether the name that begins at each of these places stands alone there."""
    name = lone_names(brand).get(word)
    if name is None:
        return np.zeros(len(begin), bool)
    end = begin + len(word)
    after = letters[points[end]]
    behind = letters[points[np.minimum(end + 1, len(points) - 1)]]
    alone = name.opens[letters[points[begin - 1]]]
    alone &= name.closes[after] | (after == ord(" ")) & name.follows[behind]
    if is_ambiguous(brand):
        alone &= np.array([text.startswith(name.spelt, at) for at in begin.tolist()], bool)
    return alone


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


@compiled
def _standing(points: Points, letters: Bytes, word: Bytes) -> Ints:
    """Where a word stands, whatever is around it; `letters` are small ones by character."""
    begin, found = np.empty(len(points), np.int64), 0
    for at in range(len(points) - len(word) + 1):
        if letters[points[at]] == word[0]:
            same = 1
            while same < len(word) and letters[points[at + same]] == word[same]:
                same += 1
            if same == len(word):
                begin[found] = at
                found += 1
    return begin[:found].copy()


@compiled
def _first(begin: Ints, end: Ints) -> Flags:
    """Which stretches count when each takes what it covers from those that begin later.

    They are in the order in which they begin; those that end at 0 are none.
    """
    counts, done = np.zeros(len(begin), np.bool_), 0
    for place in range(len(begin)):
        if end[place] and begin[place] >= done:
            counts[place] = True
            done = end[place]
    return counts


@compiled
def _marked(begin: Ints, end: Ints, posts: Ints, words: Ints) -> tuple[Flags, Flags]:
    """The posts with a stretch and the words that begin in one; `posts` and `words` say where."""
    in_post, in_word = np.zeros(len(posts), np.bool_), np.zeros(len(words), np.bool_)
    post = word = 0
    for place in range(len(begin)):
        while post + 1 < len(posts) and posts[post + 1] <= begin[place]:
            post += 1
        in_post[post] = True
        while word < len(words) and words[word] < begin[place]:
            word += 1
        while word < len(words) and words[word] < end[place]:
            in_word[word] = True
            word += 1
    return in_post, in_word
