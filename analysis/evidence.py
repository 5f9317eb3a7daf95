"""What decided a verdict, in words an analyst understands.

The short form names the strongest features with the words of the text they rest on:
`poor: rude "didn't even look up" (+1.8); "third email" (+0.9)`.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from analysis.arrays import Cells, Flags, Floats, Ints
from analysis.compiled import compiled
from analysis.frames import Reading
from analysis.ngrams import spoken
from analysis.quotes import quotes

_SHOWN = 3
_LOOKED_AT = 30  # features of a post; what decided is among them


class Shown(NamedTuple):
    """What is shown of each post, strongest first; _SHOWN places each, -1 where there is less."""

    frame: Ints
    begin: Ints  # the words it fires on, [begin, after)
    after: Ints
    frame_share: Floats
    word: Ints  # feature of an n-gram
    word_share: Floats


class Fired(NamedTuple):
    """Where frames fire in a batch, by frame and in order."""

    key: Ints  # frame * posts + post
    begin: Ints
    after: Ints
    posts: int


@compiled
def shown(
    first: Cells, feature: Cells, share: Floats, post: Ints,
    fired: Fired, frames: int, is_word: Flags,
) -> Shown:  # fmt: skip
    """The strongest frames, each stretch of words once, and n-grams that speak for the verdict.

    `first` is the first cell of each row of a table and one more, `post` the post of each row;
    features below `frames` are frames.
    """
    rows = len(post)
    told = Shown(
        np.full((rows, _SHOWN), -1), np.full((rows, _SHOWN), -1), np.full((rows, _SHOWN), -1),
        np.zeros((rows, _SHOWN)), np.full((rows, _SHOWN), -1), np.zeros((rows, _SHOWN)),
    )  # fmt: skip
    best = np.empty(_LOOKED_AT + 1, np.int64)
    for row in range(rows):
        many = _strongest(first[row], first[row + 1], share, best)
        framed = worded = 0
        for cell in best[:many]:
            this = feature[cell]
            if this < frames and framed < _SHOWN:
                at = np.searchsorted(fired.key, this * fired.posts + post[row])
                begin, after = fired.begin[at], fired.after[at]
                again = False
                for other in range(framed):
                    again |= told.begin[row, other] == begin and told.after[row, other] == after
                if not again:
                    told.frame[row, framed], told.frame_share[row, framed] = this, share[cell]
                    told.begin[row, framed], told.after[row, framed] = begin, after
                    framed += 1
            elif is_word[this] and worded < _SHOWN:
                told.word[row, worded], told.word_share[row, worded] = this, share[cell]
                worded += 1
    return told


@compiled
def _strongest(begin: int, end: int, share: Floats, best: Ints) -> int:
    """The cells of the largest shares above 0 into `best`, the first of equals first; how many."""
    many = 0
    for cell in range(begin, end):
        if share[cell] <= 0 or (many == _LOOKED_AT and share[cell] <= share[best[many - 1]]):
            continue
        at = many
        while at and share[best[at - 1]] < share[cell]:
            best[at] = best[at - 1]
            at -= 1
        best[at] = cell
        many = min(many + 1, _LOOKED_AT)
    return many


class Evidence:
    """Names the evidence; made for features of these names, those of frames first."""

    def __init__(self, names: Sequence[str]) -> None:
        self._frames = sum(name.startswith("frame:") for name in names)
        words = [
            name.removeprefix("word:") if name.startswith("word:") and "{" not in name else ""
            for name in names
        ]
        self._word = spoken(words)
        self._is_word = np.array([word != "" for word in self._word])

    def tell(
        self,
        reading: Reading,
        posts: Ints,
        verdicts: Sequence[str],
        table: csr_array,
        share: Floats,
    ) -> tuple[list[str], list[str]]:
        """The short form and the quote of each of these posts, which are the rows of the table.

        `share` is how far each cell of the table moved the verdict of its row.
        """
        fired, size = reading.fired, reading.tokens.posts
        key = fired.of * size + reading.tokens.post[fired.begin]
        told = shown(
            table.indptr, table.indices, share, posts,
            Fired(key, fired.begin, fired.after, size), self._frames, self._is_word,
        )  # fmt: skip
        framed, worded = self._framed(reading, told), self._worded(told)
        lines = list(map(_line, verdicts, framed, worded))
        strongest = np.stack([told.begin[:, 0], told.after[:, 0]], axis=1)
        return lines, quotes(reading.tokens, posts, strongest)

    def _framed(self, reading: Reading, told: Shown) -> list[list[str]]:
        """What each frame tells, as an analyst would say it, and its words."""
        frames = reading.lexicon.frames
        reasons = ["service" if frame.reason == "other" else frame.reason for frame in frames]
        text, is_there = reading.tokens.text, told.frame >= 0
        cells = zip(
            told.frame[is_there].tolist(),
            reading.tokens.begin[told.begin[is_there]].tolist(),
            reading.tokens.end[told.after[is_there] - 1].tolist(),
            told.frame_share[is_there].tolist(),
            strict=True,
        )
        said = [
            f'{reasons[frame]} "{_plain(text[begin:end])}" ({share:+.1f})'
            for frame, begin, end, share in cells
        ]
        return _by_row(said, is_there)

    def _worded(self, told: Shown) -> list[list[str]]:
        is_there = told.word >= 0
        cells = zip(told.word[is_there].tolist(), told.word_share[is_there].tolist(), strict=True)
        return _by_row([f"{self._word[word]} ({share:+.1f})" for word, share in cells], is_there)


def _by_row(said: list[str], is_there: Flags) -> list[list[str]]:
    edges = [0, *np.cumsum(is_there.sum(axis=1)).tolist()]
    return [said[low:high] for low, high in pairwise(edges)]


def first_places(reading: Reading, posts: Ints, frames: Ints) -> tuple[Ints, Ints]:
    """First word and the word after the last where each of these frames first fires in its post."""
    fired, size = reading.fired, reading.tokens.posts
    key = fired.of * size + reading.tokens.post[fired.begin]
    at = np.searchsorted(key, frames * size + posts)
    return fired.begin[at], fired.after[at]


def _line(verdict: str, frames: list[str], words: list[str]) -> str:
    parts = frames
    if words and len(frames) < _SHOWN:
        parts = [*frames, "words: " + ", ".join(words)]
    return f"{verdict}: {'; '.join(parts) or 'the telling as a whole'}"


def _plain(text: str) -> str:
    return " ".join(text.split())
