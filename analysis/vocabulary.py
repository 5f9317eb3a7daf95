"""Words as numbers: a spelling is folded once, not at each use."""

from collections.abc import Callable, Sequence

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.keys import hashed

_SLOTS = 18  # bits; ten thousand words are five sixths of all that posts use
_REMEMBERED = 100_000  # spellings, some 30 MB; what is forgotten is folded again
_SHOUTED, _CAPITAL = 2, 1
Trait = Callable[[str], int]


class Vocabulary(dict[str, int]):
    """Pieces of text as they are spelt: the number of the word each stands for, and its capitals.

    `words` maps a word to its number. Case, spelling variants, handles and numerals are folded
    ("DIDNT" -> "didn't") once per distinct piece.
    """

    def __init__(self, variants: dict[str, str]) -> None:
        super().__init__()
        self._variants = variants
        self._keys = np.zeros(1 << _SLOTS, np.int64)
        self._known = np.zeros(1 << _SLOTS, np.int64)
        self._forget()

    def _forget(self) -> None:
        self.clear()
        self._keys[:] = 0
        self.words: dict[str, int] = {"": 0}
        self._traits: dict[Trait, Ints] = {}

    def __missing__(self, piece: str) -> int:
        letters = piece.isalpha()
        shouted = letters and len(piece) > 1 and piece.isupper()
        capital = letters and piece[0].isupper()
        number = self.number_of(self.fold(piece))
        self[piece] = known = number << 2 | shouted * _SHOUTED | capital * _CAPITAL
        return known

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

        Pieces are known by keys that differ where the pieces differ; those with key 0, and those
        that are not found in the table of keys, by how they are spelt. The table has one place for
        all keys with the same bits, which the latest gets.
        """
        slots = hashed(keys, _SLOTS)
        known = self._known[slots]
        missed = np.flatnonzero((self._keys[slots] != keys) | (keys == 0))
        if len(missed):
            known[missed] = [*map(self.__getitem__, spelt(missed))]
            self._keys[slots[missed]] = keys[missed]
            self._known[slots[missed]] = known[missed]
        return known >> 2, known & _SHOUTED > 0, known & _CAPITAL > 0

    def trait(self, trait: Trait) -> Ints:
        """What a function says of each word, by number; each word is asked for once."""
        have = self._traits.get(trait, np.zeros(0, np.int64))
        if len(have) < len(self.words):
            fresh = map(trait, [*self.words][len(have) :])
            have = np.concatenate([have, np.fromiter(fresh, np.int64)])
            self._traits[trait] = have
        return have
