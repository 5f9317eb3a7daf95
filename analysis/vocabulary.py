"""Words as numbers: a spelling is folded once, not at each use."""

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.compiled import compiled

_REMEMBERED = 100_000  # spellings, some 30 MB; what is forgotten is folded again
_UPPER = 24  # the bits of a key below are mixed less
_SHOUTED, _CAPITAL = 2, 1
Trait = Callable[[str], int]


class Vocabulary:
    """Spellings by their keys: the number of the word each stands for, and its capitals.

    `words` maps a word to its number. Case, spelling variants, handles and numerals are folded
    ("DIDNT" -> "didn't") once per spelling.
    """

    def __init__(self, variants: dict[str, str]) -> None:
        self._variants = variants
        self._forget()

    def _forget(self) -> None:
        self._table = np.zeros((1, 2), np.int64)  # keys and their places in `_known`; 0 is none
        self._known = np.zeros(0, np.int64)
        self.words: dict[str, int] = {"": 0}
        self._traits: dict[Trait, Ints] = {}

    def __len__(self) -> int:
        return len(self._known)

    def fold(self, piece: str) -> str:
        """The word that a spelt piece stands for."""
        lower = piece.lower().replace("’", "'")
        if lower[0].isdigit():
            return "_num_"
        if lower[0] == "@":
            return "_handle_"
        if lower.startswith("http"):
            return "_link_"
        return self._variants.get(lower, lower)

    def number_of(self, word: str) -> int:
        """The number of a folded word, made when it is new."""
        return self.words.setdefault(word, len(self.words))

    def among(self, word: Ints, words: Sequence[str]) -> Flags:
        """Whether each numbered word is one of these."""
        wanted = [self.number_of(each) for each in words]
        flags = np.zeros(len(self.words), bool)
        flags[wanted] = True
        return flags[word]

    def begin(self) -> None:
        """To be called before a batch: forgets all words when there are too many of them."""
        if len(self) > _REMEMBERED:
            self._forget()

    def look_up(self, keys: Ints, spelt: Callable[[Ints], list[str]]) -> tuple[Ints, Flags, Flags]:
        """Number of the word, in capitals, with a first capital, of each piece.

        Pieces are known by keys that differ where the pieces differ, and are never 0; those that
        come for the first time by how they are spelt.
        """
        room = 2 * (len(self) + len(keys))
        if room > len(self._table):  # a new one: words keep their numbers, spellings are read again
            self._table = np.zeros((1 << room.bit_length(), 2), np.int64)
            self._known = np.zeros(0, np.int64)
        numbers, fresh = _numbered(keys, self._table, len(self))
        known = np.fromiter(map(self._read, spelt(fresh)), np.int64, len(fresh))
        self._known = np.concatenate([self._known, known])
        known = self._known[numbers]
        return known >> 2, known & _SHOUTED > 0, known & _CAPITAL > 0

    def _read(self, piece: str) -> int:
        letters = piece.isalpha()
        shouted = letters and len(piece) > 1 and piece.isupper()
        capital = letters and piece[0].isupper()
        return self.number_of(self.fold(piece)) << 2 | shouted * _SHOUTED | capital * _CAPITAL

    def trait(self, trait: Trait) -> Ints:
        """What a function says of each word, by number; each word is asked for once."""
        have = self._traits.get(trait, np.zeros(0, np.int64))
        if len(have) < len(self.words):
            fresh = map(trait, islice(self.words, len(have), None))
            have = np.concatenate([have, np.fromiter(fresh, np.int64)])
            self._traits[trait] = have
        return have


@compiled
def _numbered(keys: Ints, table: Ints, known: int) -> tuple[Ints, Ints]:
    """The number of each key, and the places of those that are new: they get the next numbers.

    A key stands in the row of the table (of two to some power) that its upper bits tell, or in the
    first free one behind; `known` is how many there are.
    """
    numbers, fresh = np.empty(len(keys), np.int64), np.empty(len(keys), np.int64)
    new, last = 0, len(table) - 1
    for place in range(len(keys)):
        key = keys[place]
        row = key >> _UPPER & last
        while table[row, 0] != key and table[row, 0] != 0:
            row = row + 1 & last
        if table[row, 0] == 0:
            table[row, 0], table[row, 1] = key, known + new
            fresh[new] = place
            new += 1
        numbers[place] = table[row, 1]
    return numbers, fresh[:new]
