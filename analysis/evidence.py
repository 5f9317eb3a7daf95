"""What decided a verdict, in words an analyst understands.

The short form names the strongest features with the words of the text they rest on:
`poor: rude "didn't even look up" (+1.8); "third email" (+0.9)`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from analysis.arrays import Flags, Floats, Ints, first_of_equals, places, ranks
from analysis.frames import Reading
from analysis.ngrams import spoken
from analysis.quotes import quotes

_SHOWN = 3
_WEAK_BITS, _PLACE_BITS = 33, 15  # of a share, and of a place among a post's cells
_STEPS = 1 << 27  # of a log odd
_STRONGEST = (1 << _WEAK_BITS) - 1
_LOOKED_AT = 30  # features of a post; what decided is among them


@dataclass(frozen=True, slots=True)
class Ranked:
    """Cells of a table that speak for the verdict of their row, row by row, strongest first."""

    row: Ints
    feature: Ints
    share: Floats

    @classmethod
    def of(cls, table: csr_array, share: Floats) -> "Ranked":
        """`share` is how far each cell of the table moved the verdict of its row."""
        first = table.indptr.astype(np.int64)
        speaks = np.flatnonzero(share > 0)
        row = np.repeat(np.arange(table.shape[0]), np.diff(first))[speaks]
        weak = _STRONGEST - (share[speaks] * _STEPS).astype(np.int64)
        # One number for row, weakness and place: numbers are sorted faster than they are ranked.
        order = np.sort((row << _WEAK_BITS | weak.clip(0)) << _PLACE_BITS | speaks - first[row])
        row = order >> _WEAK_BITS + _PLACE_BITS
        cell = first[row] + (order & (1 << _PLACE_BITS) - 1)
        later = np.flatnonzero((share[cell[1:]] > share[cell[:-1]]) & (row[1:] == row[:-1]))
        if len(later):  # closer together than a step: few rows
            close = np.flatnonzero(np.isin(row, row[later]))
            cell[close] = cell[close][np.lexsort((-share[cell[close]], row[close]))]
        return cls(row, table.indices[cell].astype(np.int64), share[cell])

    def where(self, keep: Ints | Flags) -> "Ranked":
        """Only these cells."""
        at = places(keep)
        return Ranked(self.row[at], self.feature[at], self.share[at])

    def top(self, count: int) -> Flags:
        """Which cells are among the first so many of their row."""
        return ranks(self.row) < count


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
        self, reading: Reading, posts: Ints, verdicts: Sequence[str], ranked: Ranked
    ) -> tuple[list[str], list[str]]:
        """The short form and the quote of each of these posts, which are the rows of `ranked`."""
        ranked = ranked.where(ranked.top(_LOOKED_AT))
        frames = ranked.where(ranked.feature < self._frames)
        begin, after = first_places(reading, posts[frames.row], frames.feature)
        new = first_of_equals((frames.row << 32 | begin) << 16 | after - begin)
        frames, begin, after = frames.where(new), begin[new], after[new]
        top = frames.top(_SHOWN)
        frames, begin, after = frames.where(top), begin[top], after[top]
        words = ranked.where(self._is_word[ranked.feature])
        words = words.where(words.top(_SHOWN))
        strongest, first = np.full((len(posts), 2), -1), first_of_equals(frames.row)
        strongest[frames.row[first]] = np.stack([begin[first], after[first]], axis=1)
        lines = _lines(
            verdicts,
            _by_row(frames, self._framed(reading, frames, begin, after), len(posts)),
            _by_row(words, self._worded(words), len(posts)),
        )
        return lines, quotes(reading.tokens, posts, strongest)

    def _framed(self, reading: Reading, frames: Ranked, begin: Ints, after: Ints) -> list[str]:
        """What each frame tells, as an analyst would say it, and its words."""
        reasons = [frame.reason for frame in reading.lexicon.frames]
        text, first, last = reading.tokens.text, reading.tokens.begin, reading.tokens.end
        cells = zip(
            [reasons[number] for number in frames.feature.tolist()],
            first[begin].tolist(), last[after - 1].tolist(), frames.share.tolist(), strict=True,
        )  # fmt: skip
        return [
            f'{"service" if reason == "other" else reason} "{_plain(text[a:b])}" ({share:+.1f})'
            for reason, a, b, share in cells
        ]

    def _worded(self, words: Ranked) -> list[str]:
        cells = zip(words.feature.tolist(), words.share.tolist(), strict=True)
        return [f"{self._word[feature]} ({share:+.1f})" for feature, share in cells]


def first_places(reading: Reading, posts: Ints, frames: Ints) -> tuple[Ints, Ints]:
    """First word and the word after the last where each of these frames first fires in its post."""
    fired, size = reading.fired, reading.tokens.posts
    key = fired.of * size + reading.tokens.post[fired.begin]
    at = np.searchsorted(key, frames * size + posts)
    return fired.begin[at], fired.after[at]


def _by_row(cells: Ranked, said: list[str], rows: int) -> list[list[str]]:
    edges = np.searchsorted(cells.row, np.arange(rows + 1)).tolist()
    return [said[low:high] for low, high in pairwise(edges)]


def _lines(verdicts: Sequence[str], frames: list[list[str]], words: list[list[str]]) -> list[str]:
    lines = []
    for verdict, parts, single in zip(verdicts, frames, words, strict=True):
        if single and len(parts) < _SHOWN:
            parts.append("words: " + ", ".join(single))
        lines.append(f"{verdict}: {'; '.join(parts) or 'the telling as a whole'}")
    return lines


def _plain(text: str) -> str:
    return " ".join(text.split())
