"""The pattern language of the lexicon, and how patterns are matched over a whole batch.

A pattern is a line of items:

    word  {role}  a|b_c|{role}    one of these; "b_c" are two words on end, a role may hold phrases
    item?                         may be missing
    item+  item-                  not under a negation; under one
    ~4   ~~4   ~~~4               at most four words between, in the same clause, sentence, post
                                  (items with nothing between them stand next to each other)
    ^ item    item $              the first, the last of a sentence
    !item                         nowhere in the sentence
    [asks] [tells]                the sentence is, is not, a question

Matching joins sorted arrays of spans, so its cost goes with the number of hits, not of words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from analysis.tokens import Flags, Ints, Tokens


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Stretches of words, sorted by their first: [begin, after)."""

    begin: Ints
    after: Ints

    def __len__(self) -> int:
        return len(self.begin)

    def where(self, keep: Flags) -> "Spans":
        """Only those that are kept."""
        return Spans(self.begin[keep], self.after[keep])


_HALF = np.int64(32)  # bits of a word's number in a key of two
_LOW = np.int64((1 << 32) - 1)
NOTHING = Spans(np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a pattern: what may stand there, and how far from what stands before."""

    choices: tuple[str, ...]  # "word" or "{role}"
    gap: int = 0
    scope: int = 1  # how far the gap may reach: 1 clause, 2 sentence, 3 post
    polarity: str = ""  # "+", "-" or either
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as read. `variants` are its items with and without the optional ones."""

    text: str
    variants: tuple[tuple[Item, ...], ...]
    absent: tuple[Item, ...] = ()
    first: bool = False
    asks: bool | None = None

    def fixed(self) -> tuple[str, ...]:
        """Its words, where it is no more than words on end; else none."""
        plain = len(self.variants) == 1 and not (self.absent or self.first or self.asks is not None)
        items = self.variants[0] if plain else ()
        bare = all(len(i.choices) == 1 and not i.gap and not i.polarity for i in items)
        words = tuple(item.choices[0] for item in items)
        literal = all(word[0] not in "{$" and len(phrase(word)) == 1 for word in words)
        return words if bare and literal and len(words) > 1 else ()

    def words(self) -> set[str]:
        """Every literal word it names."""
        items = [item for variant in self.variants for item in variant] + list(self.absent)
        choices = {choice for item in items for choice in item.choices if choice[0] not in "{$"}
        return {word for choice in choices for word in phrase(choice)}

    def roles(self) -> set[str]:
        """Every role it names."""
        items = [item for variant in self.variants for item in variant] + list(self.absent)
        return {choice[1:-1] for item in items for choice in item.choices if choice[0] == "{"}


def phrase(choice: str) -> list[str]:
    """The words of a choice: "no_avail" -> "no", "avail"; "_num_" is one word."""
    return [choice] if choice[0] in "_{$" else choice.split("_")


_CHOICE = r"(?:\{\w+\}|\$|[^\s|{}+?~!$^-]+)"
_ITEM = re.compile(rf"(!?)({_CHOICE}(?:\|{_CHOICE})*)([+?-]*)")


def parse(text: str, fold: Callable[[str], str] = str.lower) -> Pattern:
    """Read one pattern, its words folded as the texts' are. Raises PatternError."""
    items: list[Item] = []
    absent: list[Item] = []
    gap, scope, first, asks = 0, 1, False, None
    for part in text.split():
        if part[0] == "~":
            gap, scope = int(part.lstrip("~")), len(part) - len(part.lstrip("~"))
        elif part == "^":
            first = True
        elif part in ("[asks]", "[tells]"):
            asks = part == "[asks]"
        else:
            item, forbidden = _item(part, gap, scope, fold)
            (absent if forbidden else items).append(item)
            gap, scope = (gap, scope) if forbidden else (0, 1)
    if not items:
        raise PatternError(f"pattern {text!r} has no item")
    if gap:
        raise PatternError(f"pattern {text!r} ends in a gap")
    return Pattern(text, _variants(items), tuple(absent), first, asks)


def _item(part: str, gap: int, scope: int, fold: Callable[[str], str]) -> tuple[Item, bool]:
    found = _ITEM.fullmatch(part)
    if found is None:
        raise PatternError(f"cannot read {part!r}")
    bang, choices, marks = found.groups()
    folded = tuple(
        each if each[0] in "{$_" else "_".join(map(fold, each.split("_")))
        for each in choices.split("|")
    )
    polarity = "".join(mark for mark in marks if mark in "+-")
    return Item(folded, gap, scope, polarity, "?" in marks), bool(bang)


def _variants(items: list[Item]) -> tuple[tuple[Item, ...], ...]:
    options = [(True, False) if item.optional else (True,) for item in items]
    kept = [
        tuple(item for item, stays in zip(items, stay, strict=True) if stays)
        for stay in product(*options)
    ]
    return tuple(variant for variant in kept if variant)


@dataclass(frozen=True)
class Reader:
    """Matches patterns over one batch. `spans_of` gives the places of a word or role."""

    tokens: Tokens
    spans_of: Callable[[str], Spans]
    negated: Flags  # per word: it stands under a negation

    def match(self, pattern: Pattern) -> Spans:
        """Every place where the pattern holds; spans may overlap."""
        spans = union([self.chain(variant) for variant in pattern.variants])
        return self._filtered(spans, pattern) if len(spans) else spans

    def _places(self, item: Item) -> Spans:
        spans = union([self.spans_of(choice) for choice in item.choices])
        if item.polarity:
            under = self.negated[spans.begin]
            spans = spans.where(under if item.polarity == "-" else ~under)
        return spans

    def chain(self, items: tuple[Item, ...]) -> Spans:
        """Places where the items follow each other."""
        spans = self._places(items[0])
        for item in items[1:]:
            if not len(spans):
                return NOTHING
            spans = self._join(spans, self._places(item), item)
        return spans

    def _join(self, left: Spans, right: Spans, item: Item) -> Spans:
        """Every left span followed by a right one within the gap and the scope."""
        low = np.searchsorted(right.begin, left.after)
        high = np.searchsorted(right.begin, left.after + item.gap, "right")
        count = np.maximum(high - low, 0)
        source = np.repeat(np.arange(len(left)), count)
        offset = np.arange(len(source)) - np.repeat(np.cumsum(count) - count, count)
        after = right.after[low[source] + offset]
        within = after <= self._reach(left.after[source] - 1, item.scope)
        return Spans(left.begin[source][within], after[within])

    def _reach(self, last: Ints, scope: int) -> Ints:
        """Per word: where its clause, sentence or post ends."""
        tokens = self.tokens
        if scope == 1:
            return tokens.clause_first[tokens.clause[last] + 1]
        if scope == 2:
            return tokens.sentence_first[tokens.sentence[last] + 1]
        return tokens.post_first[tokens.post[last] + 1]

    def _filtered(self, spans: Spans, pattern: Pattern) -> Spans:
        sentence = self.tokens.sentence[spans.begin]
        keep = np.ones(len(spans), bool)
        if pattern.first:
            keep &= self.tokens.sentence_first[sentence] == spans.begin
        if pattern.asks is not None:
            keep &= self.tokens.asked[sentence] == pattern.asks
        for item in pattern.absent:
            keep &= ~np.isin(sentence, self.tokens.sentence[self._places(item).begin])
        return spans.where(keep)


def union(parts: list[Spans]) -> Spans:
    """All spans of the parts in order, each once."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return NOTHING
    key = np.concatenate([part.begin << _HALF | part.after for part in parts])
    if not bool((key[1:] > key[:-1]).all()):
        key = distinct(key)
    return Spans(key >> _HALF, key & _LOW)


def distinct(keys: Ints) -> Ints:
    """The keys in order, each once: for whole numbers faster than np.unique, which hashes."""
    keys = np.sort(keys)
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
