"""The loop that counts the features of each post; `analysis.features` says what each of them is."""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Cells, Flags, Floats, Ints
from analysis.compiled import compiled

_FEW_WORDS, _FEW_NGRAMS = 5.0, 20.0  # in longer posts each pair or n-gram counts less
_REACH = 2  # words: an n-gram's second is one of so many behind the first
LABEL, _PLACE = 20, 20  # bits of a label's number, of an n-gram's
_ROOM = 4  # places of the table by n-grams: with fewer more of them are taken by others
_MIX = 0x9E3779B97F4A7C15  # 2**64 / the golden ratio, as Knuth multiplies


class Known(NamedTuple):
    """What is fixed with the lexicon and the model."""

    rank: Ints  # per role: its place in the order of pairs, -1 for none
    ranks: int
    negatable: Ints  # per role: its place among those that are counted negated, -1 for none
    begins: Ints  # the first feature of each block: frames, dense ones, roles, ...
    ngrams: Ints  # a table of keys and places


class Words(NamedTuple):
    """What is asked of the words of a batch."""

    first: Ints  # per post: its first word, and one more
    sentence: Ints
    negated: Flags
    label: Ints  # its stem or role as n-grams know it, 0 for none


class Stretches(NamedTuple):
    """Spans in the order of what they are of, and how those of each post are found in it."""

    of: Ints
    begin: Ints
    order: Ints  # the spans of each post together
    first: Ints  # per post: its first in the order, and one more


class _Room(NamedTuple):
    """Room for the cells of a table."""

    feature: Cells
    value: Floats


@compiled
def by_post(of: Ints, begin: Ints, post: Ints, posts: int) -> Stretches:
    """The spans by post; `post` is of words."""
    first = np.zeros(posts + 1, np.int64)
    for word in begin:
        first[post[word] + 1] += 1
    first = np.cumsum(first)
    order, free = np.empty(len(begin), np.int64), first.copy()
    for span in range(len(begin)):
        owner = post[begin[span]]
        order[free[owner]] = span
        free[owner] += 1
    return Stretches(of, begin, order, first)


@compiled
def count(
    known: Known, words: Words, fired: Stretches, roles: Stretches, sums: Floats, form: Floats
) -> tuple[Ints, Cells, Floats]:
    """The first cell of each post and one more; the feature and the value of each cell.

    `sums` and `form` are posts by numbers counted elsewhere.
    """
    posts, size = len(words.first) - 1, len(words.sentence)
    most = len(fired.of) + 2 * len(roles.of) + sums.size + form.size + (_REACH + 3) * size
    cells = _Room(np.empty(most, np.int32), np.empty(most))
    row = np.zeros(posts + 1, np.int64)
    rank = np.full(size, -1)
    seen = np.full(known.begins[len(known.begins) - 1], -1)  # per feature: the last post with it
    at = 0
    for post in range(posts):
        for span in fired.order[fired.first[post] : fired.first[post + 1]]:
            at = _once(seen, post, fired.of[span], 1.0, cells, at)
        at = _dense(sums[post], known.begins[1], cells, at)
        at = _roles(known, words, roles, post, cells, at)
        at = _dense(form[post], known.begins[4], cells, at)
        at = _pairs(known, words, roles, post, rank, seen, cells, at)
        at = _ngrams(known, words, post, seen, cells, at)
        row[post + 1] = at
    return row, cells.feature[:at].copy(), cells.value[:at].copy()


@compiled
def _once(seen: Ints, post: int, feature: int, value: float, cells: _Room, at: int) -> int:
    """A feature that counts once a post."""
    if seen[feature] == post:
        return at
    seen[feature] = post
    cells.feature[at], cells.value[at] = feature, value
    return at + 1


@compiled
def _dense(values: Floats, begin: int, cells: _Room, at: int) -> int:
    """Those that are not zero."""
    for column in range(len(values)):
        if values[column] != 0.0:
            cells.feature[at], cells.value[at] = begin + column, values[column]
            at += 1
    return at


@compiled
def _roles(known: Known, words: Words, roles: Stretches, post: int, cells: _Room, at: int) -> int:
    """How often each role stands, then how often those that are counted so are negated."""
    mine = roles.order[roles.first[post] : roles.first[post + 1]]
    last, often = -1, 0
    for span in mine:
        role = roles.of[span]
        often = often + 1 if role == last else 1
        at += role != last
        last = role
        cells.feature[at - 1], cells.value[at - 1] = known.begins[2] + role, min(often, 3) / 1.5
    last = -1
    for span in mine:
        role = roles.of[span]
        if known.negatable[role] >= 0 and words.negated[roles.begin[span]]:
            often = often + 1 if role == last else 1
            at += role != last
            last = role
            cells.feature[at - 1] = known.begins[3] + known.negatable[role]
            cells.value[at - 1] = min(often, 2)
    return at


@compiled
def _pairs(
    known: Known, words: Words, roles: Stretches, post: int,
    rank: Ints, seen: Ints, cells: _Room, at: int,
) -> int:  # fmt: skip
    """Roles that follow each other in a sentence, with none or one between.

    Of the roles of one word the first of the order counts, which `rank` has room for.
    """
    for span in roles.order[roles.first[post] : roles.first[post + 1]]:
        mine, word = known.rank[roles.of[span]], roles.begin[span]
        if mine >= 0 and (rank[word] < 0 or mine < rank[word]):
            rank[word] = mine
    first, after = words.first[post], words.first[post + 1]
    value = 1 / np.sqrt(2.0 * max(float(after - first), _FEW_WORDS))
    before, one_before = -1, -1
    for word in range(first, after):
        if rank[word] < 0:
            continue
        for step, other in ((0, before), (1, one_before)):
            if other >= 0 and words.sentence[other] == words.sentence[word]:
                pair = (step * known.ranks + rank[other]) * known.ranks + rank[word]
                at = _once(seen, post, known.begins[5] + pair, value, cells, at)
        before, one_before = word, before
    return at


@compiled
def _ngrams(known: Known, words: Words, post: int, seen: Ints, cells: _Room, at: int) -> int:
    """Single words, two on end and two with one between, as far as they are known."""
    first, after = words.first[post], words.first[post + 1]
    value = 1 / np.sqrt(2.0 * max(float(after - first), _FEW_NGRAMS))
    for word in range(first, after):
        left = words.label[word]
        if not left:
            continue
        for step in range(min(_REACH + 1, after - word)):
            right = words.label[word + step]
            if right and words.sentence[word + step] == words.sentence[word]:
                key = (step << 2 * LABEL) + (left << LABEL) + right if step else left
                ngram = _find(known.ngrams, key)
                if ngram >= 0:
                    at = _once(seen, post, known.begins[6] + ngram, value, cells, at)
    return at


@compiled
def table_of(keys: Ints) -> Ints:
    """The keys and their places in the list, each pair as one number; 0 where none is."""
    size = 2
    while size < _ROOM * len(keys):
        size *= 2
    table = np.zeros(size, np.int64)
    for place in range(len(keys)):
        at = _home(keys[place], size)
        while table[at]:
            at = (at + 1) & (size - 1)
        table[at] = keys[place] << _PLACE | place
    return table


@compiled
def _find(table: Ints, key: int) -> int:
    """The place of a key in the list the table was made of, -1 if it is not there."""
    at = _home(key, len(table))
    while table[at]:
        if table[at] >> _PLACE == key:
            return int(table[at] & (1 << _PLACE) - 1)
        at = (at + 1) & (len(table) - 1)
    return -1


@compiled
def _home(key: int, size: int) -> np.int64:
    """Where a table of so many places holds a key, or begins to look for it."""
    mixed = np.uint64(key) * np.uint64(_MIX) >> np.uint64(32)
    return np.int64(mixed) & (size - 1)
