"""A batch of texts as arrays: where each word stands and which word of a vocabulary it is.

The texts are joined and coded, one byte a character, in an order that makes every question about a
character a comparison. Words are then looked up as numbers of eight bytes, all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase, punctuation

import numpy as np
from numpy.typing import NDArray

from analysis.vader_words import CONTRACTED, NOTHING, OTHER, Vocabulary

Codes = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

# The order of codes: white space | punctuation | the rest of ASCII | all else | small letters.
# A capital is its small letter plus CAPITAL.
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B)))
_SPACES += "\u2028\u2029\u202f\u205f\u3000"  # all that str.split() splits at
_ORDER = [c for c in map(chr, range(128)) if not (c.isalpha() or c in _SPACES + punctuation)]
_ORDER = [" ", *punctuation, *_ORDER, "\N{REPLACEMENT CHARACTER}", *ascii_lowercase]
_CODE = {character: code for code, character in enumerate(_ORDER)}
_LAST_MARK = len(punctuation)
_FIRST_LETTER = _CODE["a"]
_FOREIGN = _CODE["\N{REPLACEMENT CHARACTER}"]
CAPITAL = 128
#"\u212a"  # the one character beyond ASCII whose small letter is ASCII: k


def _code_of(character: str) -> int:
    small = character.lower()
    code = 0 if character in _SPACES else _CODE.get(small, _FOREIGN)
    return code + CAPITAL * (small != character and code != _FOREIGN)


# Indexed by code point; the last entry stands for all beyond.
_CODES = np.array([_code_of(chr(point)) for point in range(ord("\u3000") + 2)], np.uint8)
_ASCII_CODES = _CODES[:256].tobytes()

_WIDTH = 8  # bytes looked up at once
_MARGIN = "\n" * _WIDTH  # so that the last word can be read in full width
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WIDTH)] + [-1])
_LONG = np.int64(-(1 << 63))  # marks keys of words longer than that; no code has its highest bit
_PEELS = 3
_MIX = np.int64(-0x61C8864680B583EB)  # 2**64 / golden ratio, made signed (Knuth's multiplier)


def coded(text: str) -> Codes:
    """One code a character."""
    if text.isascii():
        return np.frombuffer(text.encode().translate(_ASCII_CODES), np.uint8)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return _CODES.take(points, mode="clip")


def _keys(codes: Codes, starts: Ints, ends: Ints) -> Ints:
    """A number for each word: its very bytes up to eight, a mixture of first and last beyond."""
    eights = np.ndarray(len(codes) - _WIDTH + 1, "<i8", codes, strides=(1,))
    sizes = ends - starts
    keys = eights.take(starts)
    keys &= _MASKS.take(sizes, mode="clip")
    long = np.flatnonzero(sizes > _WIDTH)
    keys[long] ^= eights.take(ends[long] - _WIDTH) * _MIX
    keys[long] |= _LONG
    return keys


class WordTable:
    """Finds the numbers of words by hashing: open addressing, one slot in sixteen taken."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary.words
        known = [(n, word) for word, n in vocabulary.number.items() if word.isascii()]
        numbers = np.array([number for number, _ in known])
        sizes = np.array([len(word) for _, word in known])
        ends = np.cumsum(sizes)
        joined = "".join(word for _, word in known) + _MARGIN
        self._key = np.full(len(self._words), -1)
        self._key[numbers] = _keys(coded(joined), ends - sizes, ends)
        self._slots = np.full(1 << (16 * len(numbers)).bit_length(), OTHER, np.int32)
        for number, slot in zip(numbers, self._home(self._key[numbers]), strict=True):
            while self._slots[slot] != OTHER:
                slot = (slot + 1) % len(self._slots)
            self._slots[slot] = number

    def _home(self, keys: Ints) -> Ints:
        return ((keys * _MIX) >> 40) & (len(self._slots) - 1)

    def find(self, text: str, codes: Codes, starts: Ints, ends: Ints) -> Numbers:
        """The number of each word, OTHER where it has none."""
        keys = _keys(codes, starts, ends)
        slots = self._home(keys)
        numbers = self._slots.take(slots)
        astray = np.flatnonzero((numbers != OTHER) & (self._key.take(numbers) != keys))
        while astray.size:
            slots[astray] = (slots[astray] + 1) & (len(self._slots) - 1)
            numbers[astray] = self._slots.take(slots[astray])
            found = numbers[astray]
            astray = astray[(found != OTHER) & (self._key.take(found) != keys[astray])]
        doubtful = np.flatnonzero((keys < 0) & (numbers != OTHER))  # only short keys are proof
        places = zip(starts[doubtful].tolist(), ends[doubtful].tolist(), strict=True)
        for i, (start, end) in zip(doubtful.tolist(), places, strict=True):
            if text[start:end].lower() != self._words[numbers[i]]:
                numbers[i] = OTHER
        return numbers


def _is_mark(codes: Codes) -> Flags:
    return (codes - 1) < _LAST_MARK  # white space, 0, wraps around to 255


def _runs(flags: Flags) -> tuple[Ints, Ints]:
    """Where stretches of true flags start and end; the first and last flag must be false."""
    edges = np.flatnonzero(flags[1:] != flags[:-1])
    edges += 1
    return edges[0::2].copy(), edges[1::2].copy()


def _strip(text: str, codes: Codes, starts: Ints, ends: Ints) -> None:
    """Take the punctuation around words off, in place, where more than two characters remain.

    Three marks are peeled from either end of all such words at once; longer runs are left to Python,
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


def _mark_contracted(small: Codes, starts: Ints, numbers: Numbers) -> None:
    """Number the words of no list that have "n't" in them, in place."""
    at = np.flatnonzero(small == _CODE["'"])
    at = at[(small[at - 1] == _CODE["n"]) & (small[at + 1] == _CODE["t"])]
    words = np.searchsorted(starts, at, side="right") - 1
    numbers[words[numbers[words] == OTHER]] = CONTRACTED


@dataclass
class Tokens:
    """The words of a batch of texts, in reading order.

    `starts`, `ends` and `numbers` have one entry a word, places in `text` and the words' numbers in
    the vocabulary; `first` has one a text and one more: the index of its first word.
    """

    text: str
    codes: Codes
    starts: Ints
    ends: Ints
    numbers: Numbers
    first: Ints
    text_starts: Ints
    _mixed: dict[int, bool] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first) - 1

    @property
    def counts(self) -> Ints:
        """How many words each text has."""
        return np.diff(self.first)

    def owners(self, words: Ints) -> Ints:
        """The text each of these words stands in."""
        return np.searchsorted(self.first, words, side="right") - 1

    def words(self, places: Ints, owners: Ints) -> Numbers:
        """The numbers of the words at these places, NOTHING for those outside their text."""
        inside = (places >= self.first[owners]) & (places < self.first[owners + 1])
        return np.where(inside, self.numbers.take(places, mode="clip"), NOTHING)

    def shouted(self, words: Ints) -> Flags:
        """Which of these words are in capitals in a text that is not all in capitals.

        Asked for few words only, so Python's own `isupper` answers, after a look at the last
        letter; and a text is looked at only when it has such a word.
        """
        last = self.codes[self.ends[words] - 1]
        loud = np.zeros(len(words), np.bool_)
        for i in np.flatnonzero((last < _FIRST_LETTER) | (last >= CAPITAL)).tolist():
            word = words[i]
            if self.text[self.starts[word] : self.ends[word]].isupper():
                loud[i] = self._is_mixed(word)
        return loud

    def _is_mixed(self, word: int) -> bool:
        owner = int(self.owners(word))
        if owner not in self._mixed:
            text = self.text[self.text_starts[owner] : self.text_starts[owner + 1]]
            self._mixed[owner] = not (text.isupper() and all(map(str.isupper, text.split())))
        return self._mixed[owner]


def tokens(texts: Sequence[str], table: WordTable) -> Tokens:
    """Read a batch of texts; emoji must be spelled out already."""
    text = "\n" + "\n".join(texts) + _MARGIN
    codes = coded(text)
    small = codes & (CAPITAL - 1)
    starts, ends = _runs(codes != 0)
    _strip(text, codes, starts, ends)
    numbers = table.find(text, small, starts, ends)
    _mark_contracted(small, starts, numbers)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    text_starts = np.concatenate([[1], np.cumsum(sizes + 1) + 1])
    first = np.searchsorted(starts, text_starts)
    return Tokens(text, codes, starts, ends, numbers, first, text_starts)
