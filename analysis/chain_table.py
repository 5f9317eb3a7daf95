"""Patterns as tables: what their items can be, and which of them any two things begin.

A pattern without its optional items is a chain of items, that stand one behind the other.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.patterns import Item, Pattern

_POLARITY = {"": -1, "+": 0, "-": 1}  # what an item wants of `negated`


class Items(NamedTuple):
    """The items of all chains, one behind the other."""

    kind: Ints  # which things it can be
    gap: Ints  # words that may stand before it
    scope: Ints  # what it shares with the item before: 1 clause, 2 sentence, 3 post
    polarity: Ints  # -1 either, 0 not negated, 1 negated
    last: Flags  # it ends its chain


class Begins(NamedTuple):
    """Which chains a thing begins, alone or with another; things alike in that are one group."""

    first: Ints  # per thing: its group as a first item
    alone: Ints  # per group: its first place in `singles`; one more at the end
    singles: Ints  # items that are a chain by themselves
    reach: Ints  # per group: how many words may stand behind it, -1 where nothing comes behind
    second: Ints  # per thing: its group as a second item
    groups: int  # of second items
    both: Flags  # per first and second group: they begin a chain
    pairs: Ints  # per first and second group: the first place in `seconds`; one more at the end
    seconds: Ints  # second items


class ChainTable:
    """The chains of some patterns; what can stand somewhere in a text has a number."""

    def __init__(
        self, patterns: Sequence[Pattern], numbers: Callable[[str], frozenset[int]], count: int
    ) -> None:
        """`numbers` gives the things (of `count`) that a word or {role} stands for."""
        self._numbers = numbers
        self._kinds: dict[frozenset[int], int] = {}  # what an item can be -> its number
        chains = [(at, items) for at, one in enumerate(patterns) for items in one.variants]
        rows = [self._row(item) for _, items in chains for item in items]
        absent = [(at, self._row(item)) for at, one in enumerate(patterns) for item in one.absent]
        length = np.array([len(items) for _, items in chains], np.int64)
        last = np.zeros(len(rows), bool)
        last[np.cumsum(length) - 1] = True
        kind, gap, scope, polarity = np.array(rows, np.int64).reshape(-1, 4).T.copy()
        self.items = Items(kind, gap, scope, polarity, last)
        self.pattern = np.repeat(np.array([at for at, _ in chains], np.int64), length)  # per item
        self.member = np.zeros((count, len(self._kinds)), bool)  # whether a thing is of a kind
        for things, number in self._kinds.items():
            self.member[list(things), number] = True
        # Pattern, things and polarity of what stands nowhere in the sentence.
        self.absent = [(at, self.member[:, row[0]].copy(), row[3]) for at, row in absent]
        self.begins = self._begun(np.cumsum(length) - length)

    def _row(self, item: Item) -> tuple[int, int, int, int]:
        things = frozenset[int]().union(*map(self._numbers, item.choices))
        kind = self._kinds.setdefault(things, len(self._kinds))
        return kind, item.gap, item.scope, _POLARITY[item.polarity]

    def _begun(self, heads: Ints) -> Begins:
        """What the chains with these first items begin with."""
        items = self.items
        single, two = heads[items.last[heads]], heads[~items.last[heads]] + 1
        firsts, first = _groups(self.member[:, items.kind[np.append(single, two - 1)]])
        seconds, second = _groups(self.member[:, items.kind[two]])
        alone, listed = np.nonzero(firsts[:, : len(single)])
        firsts = firsts[:, len(single) :]
        pairs = [
            (np.flatnonzero(first)[:, None] * len(seconds) + np.flatnonzero(second)).ravel()
            for first, second in zip(firsts.T, seconds.T, strict=True)
        ]
        pair = np.concatenate([np.zeros(0, np.int64), *pairs])
        often = np.bincount(pair, minlength=len(firsts) * len(seconds))
        return Begins(
            first=first,
            alone=np.searchsorted(alone, np.arange(len(firsts) + 1)),
            singles=single[listed],
            reach=np.where(firsts, items.gap[two], -1).max(axis=1, initial=-1),
            second=second,
            groups=len(seconds),
            both=often > 0,
            pairs=np.concatenate([[0], np.cumsum(often)]),
            seconds=np.repeat(two, [len(each) for each in pairs] or 1)[np.argsort(pair)],
        )


def _groups(rows: Flags) -> tuple[Flags, Ints]:
    """The distinct rows, and which of them each row is; that of nothing, thing 0, is the first."""
    some = np.flatnonzero(rows.any(axis=1))
    known = {b"": 0}
    group = np.zeros(len(rows), np.int64)
    group[some] = [
        known.setdefault(row.tobytes(), len(known)) for row in np.packbits(rows[some], axis=1)
    ]
    return rows[np.unique(group, return_index=True)[1]], group
