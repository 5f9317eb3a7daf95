"""A batch of texts as arrays: which characters they have, and where each of their words stands.

The texts are joined and coded, one byte a character, in an order in which every question about a
character is a comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase, punctuation

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_LAST_SPACE = "\u3000"
_SPACES = {c for c in map(chr, range(ord(_LAST_SPACE) + 1)) if c.isspace()}  # as str.split() has it

# The order of codes: white space; punctuation, the three marks that are looked for first; the rest
# of ASCII; all else; small letters. Capitals are small letters with the highest bit set, so that
# clearing it makes all letters small.
_MARKS = "!?'" + "".join(sorted({*punctuation} - {*"!?'"}))
_FOREIGN = "\ufffd"  # stands for all else
_OTHERS = [c for c in map(chr, range(128)) if c not in {*_SPACES, *_MARKS} and not c.isalpha()]
CODE = {c: code for code, c in enumerate([" ", *_MARKS, *_OTHERS, _FOREIGN, *ascii_lowercase])}
CAPITAL = 128
SMALL = np.uint8(CAPITAL - 1)  # what is kept of a code to make letters small
_LAST_MARK = len(_MARKS)

WIDTH = 8  # codes that are read at once; as many follow the last word
_PEELS = 3


def _code(character: str) -> int:
    small = character.lower()  # of all characters beyond ASCII only the Kelvin sign has one in it
    if character in _SPACES or small not in CODE:
        return CODE[" " if character in _SPACES else _FOREIGN]
    return CODE[small] + CAPITAL * (small != character)


# By code point; the last code stands for all points beyond.
_CODES = np.array([_code(chr(point)) for point in range(ord(_LAST_SPACE) + 2)], np.uint8)
_ASCII_CODES = _CODES[:256].tobytes()


def coded(text: str) -> Codes:
    """One code a character."""
    if text.isascii():
        return np.frombuffer(text.encode().translate(_ASCII_CODES), np.uint8)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return _CODES.take(points, mode="clip")


def _is_mark(codes: Codes, last: int = _LAST_MARK) -> Flags:
    return (codes - 1) < last  # white space, 0, wraps around to 255


def _split(codes: Codes) -> tuple[Ints, Ints]:
    """Where the words between white space start and end, counted from the second code on.

    The first and the last code must be white space.
    """
    is_word = codes != 0
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    return edges[0::2].copy(), edges[1::2].copy()


def _strip(text: str, codes: Codes, starts: Ints, ends: Ints) -> None:
    """Take the punctuation around words off, in place, where more than two characters remain.

    A few marks are peeled from either end of all words at once; longer runs are left to Python,
    lest one long line of dashes cost the whole batch a round for each.
    """
    edged = np.flatnonzero(_is_mark(codes.take(starts)) | _is_mark(codes.take(ends - 1)))
    first, last = starts[edged], ends[edged] - 1
    for _ in range(_PEELS):
        first += _is_mark(codes.take(first))
        last -= _is_mark(codes.take(last))
    longer = np.flatnonzero(_is_mark(codes.take(first)) | _is_mark(codes.take(last)))
    for i, word in zip(longer.tolist(), edged[longer].tolist(), strict=True):
        token = text[starts[word] : ends[word]]
        core = token.strip(punctuation)
        first[i] = starts[word] + token.find(core)
        last[i] = first[i] + len(core) - 1
    kept = np.flatnonzero(last - first >= 2)
    starts[edged[kept]] = first[kept]
    ends[edged[kept]] = last[kept] + 1


@dataclass
class Tokens:
    """The words of a batch of texts, in reading order.

    `text` is all of them joined, `codes` its characters, `starts` and `ends` where each word stands
    in it. `first` is the index of the first word of each text, `openings` where the text starts;
    both have one entry more, for the end of the last.
    """

    text: str
    codes: Codes
    starts: Ints
    ends: Ints
    first: Ints
    openings: Ints
    _mixed: dict[int, bool] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first) - 1

    def owners(self, places: Ints) -> Ints:
        """The text to which the word at each of these indices belongs."""
        return np.searchsorted(self.first, places, side="right") - 1

    @cached_property
    def _marks(self) -> Ints:
        return np.flatnonzero(_is_mark(self.codes, CODE["'"]))

    def places(self, mark: str) -> Ints:
        """Where in the text this mark stands: one of ! ? '."""
        marks: Ints = self._marks[self.codes[self._marks] == CODE[mark]]
        return marks

    def count(self, mark: str) -> Ints:
        """How often each text has this mark: one of ! ? '."""
        owners = np.searchsorted(self.openings, self.places(mark), side="right") - 1
        return np.bincount(owners, minlength=len(self))

    def written(self, places: Ints) -> list[str]:
        """The words at these indices, as they stand in the text."""
        starts, ends = self.starts[places].tolist(), self.ends[places].tolist()
        return [self.text[start:end] for start, end in zip(starts, ends, strict=True)]

    def loud(self, places: Ints) -> Flags:
        """Which of these words are in capitals in a text that is not all in capitals.

        Asked of few words only, so Python's own `isupper` answers, after a look at the last letter;
        and a text is looked at only when it has such a word.
        """
        last = self.codes[self.ends[places] - 1]
        loud = (last < CODE["a"]) | (last >= CAPITAL)
        loud[loud] = [*map(str.isupper, self.written(places[loud]))]
        loud[loud] = self._are_mixed(self.owners(places[loud]))
        return loud

    def _are_mixed(self, owners: Ints) -> list[bool]:
        """Whether these texts have words that are not in capitals."""
        asked = owners.tolist()
        starts, ends = self.openings[owners].tolist(), self.openings[owners + 1].tolist()
        for owner, start, end in zip(asked, starts, ends, strict=True):
            if owner not in self._mixed:
                text = self.text[start:end]
                self._mixed[owner] = not (text.isupper() and all(map(str.isupper, text.split())))
        return [self._mixed[owner] for owner in asked]


def tokenise(texts: Sequence[str], sizes: Ints) -> Tokens:
    """Read a batch of texts of these lengths, in which emoji are spelled out already."""
    text = "\n".join([*texts, "\n" * WIDTH])
    codes = coded("\n" + text)
    starts, ends = _split(codes)
    codes = codes[1:]
    _strip(text, codes, starts, ends)
    openings = np.cumsum(np.concatenate([[0], sizes + 1]))
    return Tokens(text, codes, starts, ends, np.searchsorted(starts, openings), openings)
