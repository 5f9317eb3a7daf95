"""What can stand somewhere in a text, as far as the lexicon knows it, numbered in one row.

0 is nothing; then come the words that patterns name, their phrases, what the loose patterns of
roles find ("{number} and a half hours"), and the end of a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.chains import Chains
from analysis.compiled import compiled
from analysis.lexicon_files import LexiconError
from analysis.patterns import Pattern, phrase
from analysis.phrases import Phrases
from analysis.placed import Placed
from analysis.spans import Spans
from analysis.tokens import Tokens

_END = "$"  # how patterns write the end of a sentence
Roles = Mapping[str, Sequence[Pattern]]


class Things:
    """The things that roles and patterns name, and which of them each role is."""

    def __init__(self, roles: Roles, patterns: Sequence[Pattern]) -> None:
        known = [*(each for listed in roles.values() for each in listed), *patterns]
        unknown = sorted(set().union(*(each.roles() for each in known)) - roles.keys())
        if unknown:
            raise LexiconError(f"lexicon: no role file for {', '.join(unknown)}")
        named = set().union(*(each.phrases() | {each.fixed} for each in known)) - {()}
        words = sorted({word for sequence in named for word in sequence})
        phrases = sorted(sequence for sequence in named if len(sequence) > 1)
        listed = (each for role in roles.values() for each in role)
        loose = dict.fromkeys(each for each in listed if not each.fixed)  # each once, in order
        self._words = {word: number for number, word in enumerate(words, 1)}
        sequences: list[tuple[str, ...]] = [*((word,) for word in words), *phrases]
        self._sequences = {sequence: number for number, sequence in enumerate(sequences, 1)}
        self._phrases = Phrases(sequences)
        self._loose = {each: number for number, each in enumerate(loose, len(self._sequences) + 1)}
        self._end = len(self._sequences) + len(loose) + 1
        self._roles = {name: frozenset(map(self._number, listed)) for name, listed in roles.items()}
        is_role = np.stack([self.is_role(name) for name in sorted(roles)], axis=1)
        thing, self._role = np.nonzero(is_role)
        self._first_role = np.searchsorted(thing, np.arange(self._end + 2))
        self._most_roles = int(is_role.sum(axis=1).max())
        self.loose = list(self._layers(roles))

    def _number(self, pattern: Pattern) -> int:
        words = pattern.fixed
        return self._sequences[words] if words else self._loose[pattern]

    def number(self, word: str) -> int:
        """The number of a word, 0 where no pattern names it."""
        return self._words.get(word, 0)

    def of(self, choice: str) -> frozenset[int]:
        """The numbers of what a choice of a pattern stands for."""
        if choice == _END:
            return frozenset([self._end])
        if choice[0] == "{":
            return self._roles[choice[1:-1]]
        return frozenset([self._sequences[tuple(phrase(choice))]])

    def chains(self, patterns: Sequence[Pattern]) -> Chains:
        """These patterns, ready to be found among the things."""
        return Chains(patterns, self.of, self._end + 1)

    def _layers(self, roles: Roles) -> Iterator[tuple[Chains, Ints]]:
        """The loose patterns of roles and their numbers, those first that others rest on."""
        names = {name: set().union(*(each.roles() for each in roles[name])) for name in roles}
        order = TopologicalSorter(names)
        try:
            order.prepare()
        except CycleError as error:
            raise LexiconError(f"lexicon: roles name each other: {error.args[1]}") from error
        while order.is_active():
            ready = order.get_ready()
            loose = [each for name in ready for each in roles[name] if not each.fixed]
            if loose:
                yield self.chains(loose), np.array([self._loose[each] for each in loose])
            order.done(*ready)

    def plain(self, word: Ints, tokens: Tokens) -> Placed:
        """Where words, phrases and ends of sentences stand, given which thing each word is."""
        return self._phrases.find(word, tokens.clause, tokens.sentence, self._end)

    def is_role(self, role: str) -> Flags:
        """Per thing: it is this role."""
        flags = np.zeros(self._end + 1, bool)
        flags[list(self._roles[role])] = True
        return flags

    def roles(self, things: Spans) -> Spans:
        """Where roles stand, by their place in the alphabet."""
        spans = things.of, things.begin, things.after
        found = np.empty((3, len(things) * self._most_roles), np.int64)
        count = _roles(spans, self._first_role, self._role, found)
        return Spans(*found[:, :count]).in_order()


@compiled
def _roles(spans: tuple[Ints, Ints, Ints], first: Ints, role: Ints, found: Ints) -> int:
    """Fill in role, begin and after of each role that each thing is; how many they are."""
    of, begin, after = spans
    count = 0
    for at in range(len(of)):
        for place in range(first[of[at]], first[of[at] + 1]):
            found[0, count], found[1, count], found[2, count] = role[place], begin[at], after[at]
            count += 1
    return count
