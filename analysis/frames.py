"""The lexicon compiled: roles, frames and evidence against, read over a batch of posts.

`Lexicon.load()` reads the data files beside this module; `Lexicon.read(tokens)` gives a `Reading`:
where each role stands, what is negated, which frames fire.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.chains import Chains
from analysis.lexicon_files import FOLDER, Frame, LexiconError, pairs, read_frames, read_role
from analysis.patterns import Pattern
from analysis.spans import Spans
from analysis.things import Things
from analysis.tokens import Tokens, tokenise
from analysis.vocabulary import Vocabulary

__all__ = ["FOLDER", "Frame", "Lexicon", "LexiconError", "Reading"]

BREAKERS = ("but", "however", "although", "though", "yet", "whereas", "except", "while")
_NEGATION_REACH = 4  # words; longer ranges flip more praise than they save


class Lexicon:
    """Roles and frames over one vocabulary."""

    def __init__(
        self,
        roles: dict[str, tuple[Pattern, ...]],
        frames: Sequence[Frame],
        vocabulary: Vocabulary,
    ) -> None:
        self.roles = sorted(roles)
        self.frames = tuple(frames)
        self.vocabulary = vocabulary
        self.things = Things(roles, [frame.pattern for frame in frames])
        self.chains = self.things.chains([frame.pattern for frame in frames])

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Lexicon":
        """Read all data files. Raises LexiconError."""
        vocabulary = Vocabulary(dict(pairs(folder / "spelling.tsv")))
        fold = vocabulary.fold
        paths = sorted((folder / "roles").glob("*.txt"))
        roles = {path.stem: tuple(read_role(path, fold)) for path in paths}
        files = [folder / "frames.txt", folder / "against.txt"]
        return cls(
            roles, [frame for path in files for frame in read_frames(path, fold)], vocabulary
        )

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Split texts with this lexicon's vocabulary."""
        return tokenise(texts, self.vocabulary, BREAKERS)

    def read(self, tokens: Tokens) -> "Reading":
        """A reading of these words."""
        return Reading(self, tokens)

    def numbers(self, word: Ints) -> Ints:
        """The thing each word is, 0 for words no pattern names."""
        return self.vocabulary.trait(self.things.number)[word]


class Reading:
    """What the lexicon finds in one batch."""

    def __init__(self, lexicon: Lexicon, tokens: Tokens) -> None:
        self.lexicon = lexicon
        self.tokens = tokens
        self.word = lexicon.numbers(tokens.word)  # the thing each word is, 0 for none
        things = lexicon.things.plain(self.word, tokens)
        self.negated = self._negated(things)
        for chains, numbers in lexicon.things.loose:
            found = chains.find(things, tokens, self.negated)
            things = things.beside(Spans(numbers[found.of], found.begin, found.after))
        self._things = things
        self.roles = lexicon.things.roles(things)  # in order, by number in lexicon.roles

    @cached_property
    def fired(self) -> Spans:
        """Where frames fire, by number in lexicon.frames and in order."""
        return self.find(self.lexicon.chains)

    def find(self, chains: Chains) -> Spans:
        """Where patterns hold, by their place in their list and in order."""
        return chains.find(self._things, self.tokens, self.negated)

    @cached_property
    def _role_first(self) -> Ints:
        return np.searchsorted(self.roles.of, np.arange(len(self.lexicon.roles) + 1))

    def spans(self, role: str) -> Spans:
        """Where a role stands."""
        number = self.lexicon.roles.index(role)
        return self.roles.where(slice(self._role_first[number], self._role_first[number + 1]))

    def _negated(self, things: Spans) -> Flags:
        """Per word: it stands behind a negation, in its clause, with no "and" between."""
        clause = self.tokens.clause
        no, stop = (self._begins(things, role) for role in ("no", "and"))
        negated = np.zeros(len(clause), bool)
        word = np.flatnonzero(no & ~stop)
        for _ in range(_NEGATION_REACH):
            behind = word[word < len(clause) - 1] + 1
            word = behind[(clause[behind] == clause[behind - 1]) & ~stop[behind]]
            negated[word] = True
        return negated

    def _begins(self, things: Spans, role: str) -> Flags:
        """Per word: a role begins there."""
        begins = np.zeros(len(self.tokens), bool)
        begins[things.begin[np.flatnonzero(self.lexicon.things.is_role(role)[things.of])]] = True
        return begins
