"""The pattern language of the lexicon; `analysis.chains` finds patterns in a batch.

A pattern is a line of items:

    word  {role}  a|b_c|{role}    one of these; "b_c" are two words on end, a role may hold phrases
    item?                         may be missing
    item+  item-                  not under a negation; under one
    ~4   ~~4   ~~~4               at most four words between, in the same clause, sentence, post
                                  (items with nothing between them stand next to each other)
    ^ item    item $              the first, the last of a sentence
    !item                         nowhere in the sentence
    [asks] [tells]                the sentence is, is not, a question
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a pattern: what may stand there, and how far from what stands before."""

    choices: tuple[str, ...]  # "word" or "{role}"
    gap: int = 0
    scope: int = 1  # how far the gap may reach: 1 clause, 2 sentence, 3 post
    polarity: str = ""  # "+", "-" or either
    optional: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern as read. `variants` are its items with and without the optional ones."""

    text: str
    variants: tuple[tuple[Item, ...], ...]
    absent: tuple[Item, ...] = ()
    first: bool = False
    asks: bool | None = None

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """Its words, where it is no more than a word or words on end; else none."""
        plain = len(self.variants) == 1 and not (self.absent or self.first or self.asks is not None)
        items = self.variants[0] if plain else ()
        bare = all(len(i.choices) == 1 and not i.gap and not i.polarity for i in items)
        words = tuple(item.choices[0] for item in items)
        literal = all(word[0] not in "{$" and len(phrase(word)) == 1 for word in words)
        return words if bare and literal else ()

    def phrases(self) -> set[tuple[str, ...]]:
        """The words of every literal choice it names."""
        return {tuple(phrase(choice)) for choice in self._choices() if choice[0] not in "{$"}

    def roles(self) -> set[str]:
        """Every role it names."""
        return {choice[1:-1] for choice in self._choices() if choice[0] == "{"}

    def _choices(self) -> set[str]:
        items = [item for variant in self.variants for item in variant] + list(self.absent)
        return {choice for item in items for choice in item.choices}


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
    if part.isalpha():  # as most are
        return Item((fold(part),), gap, scope), False
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
