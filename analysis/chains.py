"""Finds all patterns of the lexicon in a batch at once.

A pattern without its optional items is a chain: things that stand one behind the other. What can
stand somewhere - a word, a phrase, what a pattern of a role found - has a number; `things` are
where each stands. The words are walked once: each thing is tried with those behind it that its
chains can reach, and a table tells at once which chains any two begin, mostly none. The few that
are begun grow by an item at a time.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.compiled import compiled
from analysis.patterns import Item, Pattern
from analysis.placed import Placed
from analysis.spans import Spans
from analysis.tokens import Tokens

_POLARITY = {"": -1, "+": 0, "-": 1}  # what an item wants of `negated`
_ROOM = 1 << 10  # chains that there is room for at least


class _Items(NamedTuple):
    """The items of all chains, one behind the other."""

    kind: Ints  # which things it can be
    gap: Ints  # words that may stand before it
    scope: Ints  # what it shares with the item before: 1 clause, 2 sentence, 3 post
    polarity: Ints  # -1 either, 0 not negated, 1 negated
    last: Flags  # it ends its chain


class _Begins(NamedTuple):
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


class Chains:
    """Patterns made ready to be found; a pattern is known by its place in the list."""

    def __init__(
        self, patterns: Sequence[Pattern], numbers: Callable[[str], frozenset[int]], count: int
    ) -> None:
        """`numbers` gives the things (of `count`) that a word or {role} stands for."""
        self._numbers = numbers
        self._kinds: dict[frozenset[int], int] = {}  # what an item can be -> its number
        chains = [(at, items) for at, one in enumerate(patterns) for items in one.variants]
        rows = [self._row(item) for _, items in chains for item in items]
        length = np.array([len(items) for _, items in chains], np.int64)
        self._pattern = np.repeat(np.array([at for at, _ in chains], np.int64), length)
        self._opens = np.array([one.first for one in patterns], bool)
        self._asks = np.array([-1 if one.asks is None else one.asks for one in patterns])
        absent = [(at, *self._row(item)) for at, one in enumerate(patterns) for item in one.absent]
        self._member = np.zeros((count, len(self._kinds)), bool)
        for things, number in self._kinds.items():
            self._member[list(things), number] = True
        self._absent = [(at, self._member[:, of].copy(), wanted) for at, of, _, _, wanted in absent]
        last = np.zeros(len(rows), bool)
        last[np.cumsum(length) - 1] = True
        kind, gap, scope, polarity = np.array(rows, np.int64).reshape(-1, 4).T.copy()
        self._items = _Items(kind, gap, scope, polarity, last)
        self._begins = self._begun(np.cumsum(length) - length)

    def _row(self, item: Item) -> tuple[int, int, int, int]:
        things = frozenset[int]().union(*map(self._numbers, item.choices))
        kind = self._kinds.setdefault(things, len(self._kinds))
        return kind, item.gap, item.scope, _POLARITY[item.polarity]

    def _begun(self, heads: Ints) -> _Begins:
        """What the chains with these first items begin with."""
        items = self._items
        single, two = heads[items.last[heads]], heads[~items.last[heads]] + 1
        firsts, first = _groups(self._member[:, items.kind[np.append(single, two - 1)]])
        seconds, second = _groups(self._member[:, items.kind[two]])
        alone, listed = np.nonzero(firsts[:, : len(single)])
        firsts = firsts[:, len(single) :]
        pairs = [
            (np.flatnonzero(first)[:, None] * len(seconds) + np.flatnonzero(second)).ravel()
            for first, second in zip(firsts.T, seconds.T, strict=True)
        ]
        pair = np.concatenate([np.zeros(0, np.int64), *pairs])
        often = np.bincount(pair, minlength=len(firsts) * len(seconds))
        return _Begins(
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

    def find(self, things: Placed, tokens: Tokens, negated: Flags) -> Spans:
        """Every place where a pattern holds, in order; spans may overlap."""
        placed = things.of, things.begin, things.after, things.first
        units = tokens.clause, tokens.sentence, tokens.post
        under = np.append(negated, False)  # the end of the last sentence is no word
        count, room = _ROOM, 0
        while count > room:
            room = max(2 * room, len(things), count)
            grown, count = _grow(
                placed, units, under, self._member, self._items, self._begins, room
            )
        item, begin, after = grown[:count][self._items.last[grown[:count, 0]]].T
        found = Spans(self._pattern[item], begin, after).in_order()
        return found.where(self._allowed(found, things, tokens, under))

    def _allowed(self, found: Spans, things: Spans, tokens: Tokens, negated: Flags) -> Flags:
        """What a pattern asks of the sentence it begins in."""
        sentence = tokens.sentence[found.begin]
        allowed: Flags = ~self._opens[found.of] | (tokens.sentence_first[sentence] == found.begin)
        allowed &= (self._asks[found.of] < 0) | (tokens.asked[sentence] == self._asks[found.of])
        for pattern, member, polarity in self._absent:
            begin = things.begin[np.flatnonzero(member[things.of])]
            begin = begin[(polarity < 0) | (negated[begin] == polarity)]
            allowed &= (found.of != pattern) | ~np.isin(sentence, tokens.sentence[begin])
        return allowed


def _groups(rows: Flags) -> tuple[Flags, Ints]:
    """The distinct rows, and which of them each row is; that of nothing, thing 0, is the first."""
    known: dict[bytes, int] = {}
    which = [known.setdefault(row.tobytes(), len(known)) for row in np.packbits(rows, axis=1)]
    group = np.array(which, np.int64)
    return rows[np.unique(group, return_index=True)[1]], group


@compiled
def _grow(
    placed: tuple[Ints, Ints, Ints, Ints],
    units: tuple[Ints, Ints, Ints],
    negated: Flags,
    member: Flags,
    items: _Items,
    begins: _Begins,
    room: int,
) -> tuple[Ints, int]:
    """Rows of item, begin and after for chains as far as an item, and how many rows there are.

    A chain that is whole has a row with its last item. Where there are more rows than `room`,
    they are not all. `placed` are the arrays of Placed, `units` each word's clause, sentence, post.
    """
    words = len(negated) - 1
    of, begin, after, first = placed
    clause, sentence, post = units
    kind, gap, scope, polarity, last = items
    opens, alone, singles, reach, follows, groups, both, pairs, seconds = begins
    grown, count = np.empty((room, 3), np.int64), 0
    for thing in range(first[words]):
        group = opens[of[thing]]
        if group == 0:
            continue
        start, low = begin[thing], after[thing]
        for place in range(alone[group], alone[group + 1]):
            if _agrees(polarity[singles[place]], negated[start]):
                count = _add(grown, count, singles[place], start, low)
        for other in range(first[low], first[min(low + reach[group], words) + 1]):
            pair = group * groups + follows[of[other]]
            if not both[pair]:
                continue
            for place in range(pairs[pair], pairs[pair + 1]):
                item = seconds[place]
                if (
                    begin[other] - low <= gap[item]
                    and (
                        clause[after[other] - 1] == clause[low - 1]
                        or (scope[item] >= 2 and sentence[after[other] - 1] == sentence[low - 1])
                        or (scope[item] == 3 and post[after[other] - 1] == post[low - 1])
                    )
                    and _agrees(polarity[item], negated[begin[other]])
                    and _agrees(polarity[item - 1], negated[start])
                ):
                    count = _add(grown, count, item, start, after[other])
    at = 0
    while at < min(count, room):
        item, low = grown[at, 0] + 1, grown[at, 2]
        if not last[item - 1]:
            for other in range(first[low], first[min(low + gap[item], words) + 1]):
                if (
                    member[of[other], kind[item]]
                    and (
                        clause[after[other] - 1] == clause[low - 1]
                        or (scope[item] >= 2 and sentence[after[other] - 1] == sentence[low - 1])
                        or (scope[item] == 3 and post[after[other] - 1] == post[low - 1])
                    )
                    and _agrees(polarity[item], negated[begin[other]])
                ):
                    count = _add(grown, count, item, grown[at, 1], after[other])
        at += 1
    return grown, count


@compiled
def _agrees(polarity: int, negated: bool) -> bool:
    return polarity < 0 or polarity == negated


@compiled
def _add(grown: Ints, count: int, item: int, begin: int, after: int) -> int:
    """One more row, where there is room."""
    if count < len(grown):
        grown[count, 0] = item
        grown[count, 1] = begin
        grown[count, 2] = after
    return count + 1
