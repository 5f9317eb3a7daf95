"""Finds all patterns of the lexicon in a batch at once.

A pattern without its optional items is a chain: things that stand one behind the other. What can
stand somewhere - a word, a phrase, what a pattern of a role found - has a number; `things` are
where each stands. A chain is begun at its anchor, the item that is rarest in the batch, and all
chains grow together, an item at a time, to the right and then to the left. What stands within
reach is a range of the sorted things, so a step is a few array operations for all chains and
costs as much as there are chains that still hold.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.arrays import Flags, Ints, places, ranges
from analysis.lookup import Lookup
from analysis.patterns import Item, Pattern
from analysis.spans import Spans
from analysis.tokens import Tokens

_POLARITY = {"": -1, "+": 0, "-": 1}  # what an item wants of `negated`
_RIGHT, _LEFT = 1, -1


@dataclass(frozen=True, slots=True)
class _Grown:
    """Chains as far as they have been found."""

    chain: Ints
    begin: Ints
    head: Ints  # where the first thing ends
    after: Ints  # where the last thing ends

    def __len__(self) -> int:
        return len(self.chain)

    def where(self, keep: Flags | Ints) -> "_Grown":
        at = places(keep)
        return _Grown(self.chain[at], self.begin[at], self.head[at], self.after[at])

    def beside(self, other: "_Grown") -> "_Grown":
        return _Grown(
            np.concatenate([self.chain, other.chain]),
            np.concatenate([self.begin, other.begin]),
            np.concatenate([self.head, other.head]),
            np.concatenate([self.after, other.after]),
        )


class Chains:
    """Patterns made ready to be found; a pattern is known by its place in the list."""

    def __init__(
        self, patterns: Sequence[Pattern], numbers: Callable[[str], frozenset[int]], count: int
    ) -> None:
        """`numbers` gives the things (of `count`) that a word or {role} stands for."""
        self._numbers = numbers
        self._kinds: dict[frozenset[int], int] = {}  # what an item can be -> its row
        chains = [(at, items) for at, one in enumerate(patterns) for items in one.variants]
        rows = [[self._row(item) for item in items] for _, items in chains]
        self._width = max(map(len, rows), default=1)
        table = np.full((len(rows), self._width, 4), -1)
        for row, cells in zip(table, rows, strict=True):
            row[: len(cells)] = cells
        # By chain * width + item, since arrays of one dimension are read much faster.
        self._kind, self._gap, self._scope, self._polarity = table.reshape(-1, 4).T.copy()
        self._length = np.array([len(items) for items in rows], np.int64)
        self._pattern = np.array([at for at, _ in chains], np.int64)
        self._first = np.array([one.first for one in patterns], bool)
        self._asks = np.array([-1 if one.asks is None else one.asks for one in patterns])
        self._absent = [
            (at, *self._row(item)) for at, one in enumerate(patterns) for item in one.absent
        ]
        self._member = np.zeros((len(self._kinds), count), bool)
        for things, kind in self._kinds.items():
            self._member[kind, list(things)] = True
        self._named: Flags = np.asarray(self._member.any(axis=0))
        of, self._things = np.nonzero(self._member)
        self._listed = np.searchsorted(of, np.arange(len(self._kinds) + 1))

    def _row(self, item: Item) -> tuple[int, int, int, int]:
        things = frozenset[int]().union(*map(self._numbers, item.choices))
        kind = self._kinds.setdefault(things, len(self._kinds))
        return kind, item.gap, item.scope, _POLARITY[item.polarity]

    def find(self, things: Spans, tokens: Tokens, negated: Flags) -> Spans:
        """Every place where a pattern holds, in order; spans may overlap."""
        mine = things.where(np.flatnonzero(self._named[things.of]))
        batch = Lookup(mine, tokens, negated, self._member.shape[1])
        anchor = self._anchors(batch)
        grown = self._begun(batch, anchor)
        for way in (_RIGHT, _LEFT):
            grown = self._finished(batch, grown, anchor, way)
        found = Spans(self._pattern[grown.chain], grown.begin, grown.after).in_order()
        return found.where(self._allowed(batch, found))

    def _anchors(self, batch: Lookup) -> Ints:
        """Per chain: the item that is rarest; -1 where one of them is nowhere."""
        sums = np.concatenate([[0], np.cumsum(batch.count[self._things])])
        often = np.diff(sums[self._listed])[self._kind]
        often[self._kind < 0] = len(batch.by_begin) + 1
        often = often.reshape(-1, self._width)
        return np.where(often.min(axis=1) > 0, often.argmin(axis=1), -1)

    def _begun(self, batch: Lookup, anchor: Ints) -> _Grown:
        """Every chain at every place of its anchor."""
        chain = np.flatnonzero(anchor >= 0)
        kind = self._kind[chain * self._width + anchor[chain]]
        listed, source = ranges(self._listed[kind], self._listed[kind + 1])
        number, chain = self._things[listed], chain[source]
        place, source = ranges(batch.numbers[number], batch.numbers[number + 1])
        chain, thing = chain[source], batch.things.where(batch.by_number[place])
        begun = _Grown(chain, thing.begin, thing.after, thing.after)
        return begun.where(
            batch.agrees(begun.begin, self._polarity[chain * self._width + anchor[chain]])
        )

    def _finished(self, batch: Lookup, grown: _Grown, anchor: Ints, way: int) -> _Grown:
        """The chains that hold to their end on this side of the anchor."""
        done = grown.where(np.zeros(len(grown), bool))
        for step in range(self._width):
            item = anchor[grown.chain] + way * step
            last = item + way == (self._length[grown.chain] if way == _RIGHT else -1)
            done, on = done.beside(grown.where(last)), np.flatnonzero(~last)
            grown, item = grown.where(on), item[on]
            if not len(grown):
                break
            grow = self._to_right if way == _RIGHT else self._to_left
            grown = grow(batch, grown, item)
        return done

    def _to_right(self, batch: Lookup, grown: _Grown, item: Ints) -> _Grown:
        """With each thing that can be the item behind the last one, which is `item`."""
        rule = grown.chain * self._width + item + 1
        low = grown.after
        high = np.minimum(low + self._gap[rule], len(batch.tokens))
        place, source = ranges(batch.begins(low), batch.begins(high + 1))
        fits = self._are(self._kind[rule][source], batch.by_begin.of[place])
        thing, source = batch.by_begin.where(place[fits]), source[fits]
        rule = rule[source]
        holds = thing.after <= batch.reach(low[source] - 1, self._scope[rule])
        holds &= batch.agrees(thing.begin, self._polarity[rule])
        chain = grown.chain[source]
        return _Grown(chain, grown.begin[source], grown.head[source], thing.after).where(holds)

    def _to_left(self, batch: Lookup, grown: _Grown, item: Ints) -> _Grown:
        """With each thing that can be the item before the first one, which is `item`."""
        rule = grown.chain * self._width + item
        low = np.maximum(grown.begin - self._gap[rule], 0)
        place, source = ranges(batch.ends(low), batch.ends(grown.begin + 1))
        fits = self._are(self._kind[rule - 1][source], batch.by_end.of[place])
        thing, source = batch.by_end.where(place[fits]), source[fits]
        rule = rule[source]
        holds = grown.head[source] <= batch.reach(thing.after - 1, self._scope[rule])
        holds &= batch.agrees(thing.begin, self._polarity[rule - 1])
        return _Grown(grown.chain[source], thing.begin, thing.after, grown.after[source]).where(
            holds
        )

    def _are(self, kind: Ints, thing: Ints) -> Ints:
        """The places at which the thing is one of the kind."""
        return np.flatnonzero(self._member.reshape(-1)[kind * self._member.shape[1] + thing])

    def _allowed(self, batch: Lookup, found: Spans) -> Flags:
        """What a pattern asks of the sentence it begins in."""
        tokens = batch.tokens
        sentence = tokens.sentence[found.begin]
        allowed: Flags = ~self._first[found.of] | (tokens.sentence_first[sentence] == found.begin)
        allowed &= (self._asks[found.of] < 0) | (tokens.asked[sentence] == self._asks[found.of])
        for pattern, kind, _, _, polarity in self._absent:
            begin = batch.by_begin.begin[self._member[kind, batch.by_begin.of]]
            begin = begin[batch.agrees(begin, np.full(len(begin), polarity))]
            allowed &= (found.of != pattern) | ~np.isin(sentence, tokens.sentence[begin])
        return allowed
