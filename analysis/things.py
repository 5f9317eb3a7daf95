"""What can stand somewhere in a text, as far as the lexicon knows it, numbered in one row.

0 is nothing; then come the words that patterns name, their phrases, what the loose patterns of
roles find ("{number} and a half hours"), and the end of a sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import numpy as np

from analysis.chains import Chains
from analysis.lexicon_files import LexiconError
from analysis.patterns import Pattern, phrase
from analysis.phrases import Phrases
from analysis.spans import Spans, distinct, joined, ranges
from analysis.tokens import Flags, Ints, Tokens

_END = "$"  # how patterns write the end of a sentence
Roles = Mapping[str, Sequence[Pattern]]


class Things:
    """The things that roles and patterns name, and which of them each role is."""

    def __init__(self, roles: Roles, patterns: Sequence[Pattern]) -> None:
        known = [*(each for listed in roles.values() for each in listed), *patterns]
        unknown = sorted(set().union(*(each.roles() for each in known)) - roles.keys())
        if unknown:
            raise LexiconError(f"lexicon: no role file for {', '.join(unknown)}")
        named = set().union(*(each.phrases() | {each.fixed()} for each in known)) - {()}
        words = sorted({word for words in named for word in words})
        phrases = sorted(words for words in named if len(words) > 1)
        self.words = {word: number for number, word in enumerate(words, 1)}
        self._of_words = {(word,): number for word, number in self.words.items()}
        self._of_words |= {one: number for number, one in enumerate(phrases, len(words) + 1)}
        self._phrases = Phrases([[self.words[word] for word in one] for one in phrases])
        loose = [each for listed in roles.values() for each in listed if not each.fixed()]
        self._of_loose = {id(each): at for at, each in enumerate(loose, len(self._of_words) + 1)}
        self._end = len(self._of_words) + len(loose) + 1
        self._roles = {name: frozenset(map(self._number, listed)) for name, listed in roles.items()}
        self._is_role = np.zeros((len(roles), self._end + 1), bool)
        for row, name in enumerate(sorted(roles)):
            self._is_role[row, list(self._roles[name])] = True
        thing, self._role = np.nonzero(self._is_role.T)
        self._first_role = np.searchsorted(thing, np.arange(self._end + 2))
        self.loose = list(self._layers(roles))

    def _number(self, pattern: Pattern) -> int:
        words = pattern.fixed()
        return self._of_words[words] if words else self._of_loose[id(pattern)]

    def of(self, choice: str) -> frozenset[int]:
        """The numbers of what a choice of a pattern stands for."""
        if choice == _END:
            return frozenset([self._end])
        if choice[0] == "{":
            return self._roles[choice[1:-1]]
        return frozenset([self._of_words[tuple(phrase(choice))]])

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
            loose = [each for name in ready for each in roles[name] if not each.fixed()]
            if loose:
                yield self.chains(loose), np.array([self._of_loose[id(each)] for each in loose])
            order.done(*ready)

    def plain(self, word: Ints, tokens: Tokens) -> Spans:
        """Where words, phrases and ends of sentences stand, given which thing each word is."""
        heard = np.flatnonzero(word)
        which, begin, after = self._phrases.find(word, tokens.clause)
        ends = distinct(tokens.sentence_first[tokens.sentence + 1])
        return joined(
            Spans(word[heard], heard, heard + 1),
            Spans(which + len(self.words) + 1, begin, after),
            Spans(np.full(len(ends), self._end), ends, ends),
        )

    def is_role(self, role: str) -> Flags:
        """Per thing: it is this role."""
        flags = np.zeros(self._end + 1, bool)
        flags[list(self._roles[role])] = True
        return flags

    def roles(self, things: Spans) -> Spans:
        """Where roles stand, by their place in the alphabet."""
        role, source = ranges(self._first_role[things.of], self._first_role[things.of + 1])
        return Spans(self._role[role], things.begin[source], things.after[source]).in_order()
