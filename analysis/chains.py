"""Finds all patterns of the lexicon in a batch at once.

What can stand somewhere - a word, a phrase, what a pattern of a role found - has a number; `things`
are where each stands. The words are walked once: each thing is tried with those behind it that its
chains can reach, and a table tells at once which chains any two begin, mostly none. The few that
are begun grow by an item at a time.
"""

from collections.abc import Callable, Sequence

import numpy as np

from analysis.arrays import Flags, Ints, ranges
from analysis.chain_table import Begins, ChainTable, Items
from analysis.compiled import compiled
from analysis.patterns import Pattern
from analysis.placed import Placed
from analysis.spans import Spans
from analysis.tokens import Tokens

_ROOM = 1 << 10  # chains that there is room for at least


class Chains:
    """Patterns made ready to be found; a pattern is known by its place in the list."""

    def __init__(
        self, patterns: Sequence[Pattern], numbers: Callable[[str], frozenset[int]], count: int
    ) -> None:
        """`numbers` gives the things (of `count`) that a word or {role} stands for."""
        self._table = ChainTable(patterns, numbers, count)
        self._opens = np.array([one.first for one in patterns], bool)
        self._asks = np.array([-1 if one.asks is None else one.asks for one in patterns])

    def find(self, things: Placed, tokens: Tokens, negated: Flags) -> Spans:
        """Every place where a pattern holds, in order; spans may overlap."""
        table = self._table
        placed = things.of, things.begin, things.after, things.first
        units = tokens.clause, tokens.sentence, tokens.post
        under = np.append(negated, False)  # the end of the last sentence is no word
        count, room = _ROOM, 0
        while count > room:
            room = max(2 * room, len(things), count)
            grown, count = _grow(
                placed, units, under, table.member, table.items, table.begins, room
            )
        item, begin, after = grown[:count][table.items.last[grown[:count, 0]]].T
        found = Spans(table.pattern[item], begin, after).in_order()
        return found.where(self._allowed(found, things, tokens, under))

    def _allowed(self, found: Spans, things: Placed, tokens: Tokens, negated: Flags) -> Flags:
        """What a pattern asks of the sentence it begins in."""
        sentence = tokens.sentence[found.begin]
        allowed: Flags = ~self._opens[found.of] | (tokens.sentence_first[sentence] == found.begin)
        allowed &= (self._asks[found.of] < 0) | (tokens.asked[sentence] == self._asks[found.of])
        for pattern, member, polarity in self._table.absent:
            some = np.flatnonzero(found.of == pattern)
            first, after = (tokens.sentence_first[sentence[some] + more] for more in (0, 1))
            thing, source = ranges(things.first[first], things.first[after])
            there = member[things.of[thing]]
            there &= (polarity < 0) | (negated[things.begin[thing]] == polarity)
            allowed[some[source[there]]] = False
        return allowed


@compiled
def _grow(
    placed: tuple[Ints, Ints, Ints, Ints],
    units: tuple[Ints, Ints, Ints],
    negated: Flags,
    member: Flags,
    items: Items,
    begins: Begins,
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
