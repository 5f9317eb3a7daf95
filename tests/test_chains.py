"""Patterns found all at once are those that one would find by looking at each place."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frames import Frame, Lexicon, LexiconError
from analysis.patterns import Item, Pattern, parse, phrase
from analysis.tokens import Tokens
from analysis.vocabulary import Vocabulary

ROLES = {
    "no": ("not", "no way"),
    "and": ("and",),
    "agent": ("waiter", "desk clerk"),
    "rude": ("rude", "very rude"),
    "time": ("{agent} rude", "hour"),
}
PATTERNS = (
    "{agent} ~2 {rude}", "{agent} ~2 {rude}+", "{rude}- ~1 {agent}", "{agent}|rude ~~3 hour $",
    "very? {rude}", "^ {agent}", "{time} ~~~4 {rude}", "hour !{agent}", "not [asks]",
    "no_way|and hour", "{rude} [tells]", "not ~~~6 {agent} ~1 {rude} ~~2 hour",
)  # fmt: skip
WORDS = ("waiter", "desk", "clerk", "rude", "very", "not", "no", "way", "and", "hour", "but",
         "sky", ".", "?", ",", ";", "\n")  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    roles = {name: tuple(map(parse, listed)) for name, listed in ROLES.items()}
    frames = [Frame(str(n), "poor", "rude", "help", 1, parse(text), (), ())
              for n, text in enumerate(PATTERNS)]  # fmt: skip
    return Lexicon(roles, frames, Vocabulary({}))


class Slow:
    """Finds patterns by trying every word, as their definition reads."""

    def __init__(self, tokens: Tokens, spelt: list[str], negated: list[bool]) -> None:
        self.tokens, self.spelt, self.negated = tokens, spelt, negated

    def choice(self, choice: str, begin: int) -> Iterator[int]:
        """Where a choice ends that begins at this word."""
        if choice == "$":
            before = begin > 0 and self.end(begin - 1, 2) == begin
            yield from [begin] if before else []
        elif choice[0] == "{":
            for entry in ROLES[choice[1:-1]]:
                yield from self.chains(parse(entry), begin)
        else:
            words = phrase(choice)
            after = begin + len(words)
            if self.spelt[begin:after] == words and after <= self.end(begin, 1):
                yield after

    def end(self, word: int, scope: int) -> int:
        """Where the clause, sentence or post of a word ends."""
        of = (self.tokens.clause, self.tokens.sentence, self.tokens.post)[scope - 1]
        return int(np.searchsorted(of, of[word], "right"))

    def item(self, item: Item, begin: int) -> Iterator[int]:
        wanted = {"": (True, False), "+": (False,), "-": (True,)}[item.polarity]
        if begin == len(self.spelt) or self.negated[begin] in wanted:
            for choice in item.choices:
                yield from self.choice(choice, begin)

    def chains(self, pattern: Pattern, begin: int) -> Iterator[int]:
        for items in pattern.variants:
            afters = set(self.item(items[0], begin))
            for item in items[1:]:
                afters = {
                    after
                    for last in afters
                    for at in range(last, min(last + item.gap, len(self.spelt)) + 1)
                    for after in self.item(item, at)
                    if after <= self.end(last - 1, item.scope)
                }
            yield from afters

    def allowed(self, pattern: Pattern, begin: int) -> bool:
        sentence = self.tokens.sentence[begin]
        same = [at for at in range(len(self.spelt)) if self.tokens.sentence[at] == sentence]
        asks = bool(self.tokens.asked[sentence])
        return (
            (not pattern.first or begin == same[0])
            and (pattern.asks is None or pattern.asks == asks)
            and not any(list(self.item(item, at)) for item in pattern.absent for at in same)
        )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=14), min_size=1, max_size=3))
def test_all_at_once_finds_what_looking_at_each_word_finds(
    lexicon: Lexicon, texts: list[list[str]]
) -> None:
    tokens = lexicon.tokens([" ".join(words) for words in texts])
    reading = lexicon.read(tokens)
    spelt = [tokens.spelt(at, at + 1) for at in range(len(tokens))]
    slow = Slow(tokens, spelt, reading.negated.tolist())
    expected = {
        (number, begin, after)
        for number, frame in enumerate(lexicon.frames)
        for begin in range(len(tokens))
        for after in slow.chains(frame.pattern, begin)
        if slow.allowed(frame.pattern, begin)
    }
    fired = reading.fired
    found = list(zip(fired.of.tolist(), fired.begin.tolist(), fired.after.tolist(), strict=True))
    assert found == sorted(expected)


def test_a_text_in_which_a_pattern_holds_everywhere_loses_none(lexicon: Lexicon) -> None:
    tokens = lexicon.tokens(["rude " * 60])
    chains = lexicon.things.chains([parse("rude ~9 rude ~9 rude")])
    found = lexicon.read(tokens).find(chains)
    assert list(zip(found.begin.tolist(), found.after.tolist(), strict=True)) == [
        (first, last + 1) for first in range(60) for last in range(first + 2, min(first + 21, 60))
    ]


def test_roles_that_name_each_other_are_refused() -> None:
    roles = {"no": (), "and": (), "a": (parse("x {b}"),), "b": (parse("y {a}"),)}
    with pytest.raises(LexiconError, match=r"name each other: .*a"):
        Lexicon(roles, [], Vocabulary({}))
