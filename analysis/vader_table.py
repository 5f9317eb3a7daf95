"""Which word of a list each word of a batch is, found by eight letters at once."""

from typing import NamedTuple

import numpy as np

from analysis.arrays import Ints
from analysis.compiled import compiled
from analysis.vader_tokens import Codes, Numbers, Tokens

NOTHING, OTHER, CONTRACTED = range(3)  # no word; a word of no list; such a one that has "n't" in it

WIDTH = 8  # codes read at once; as many follow the last text
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(WIDTH)] + [-1])
_ONE_SMALL = 0x7F  # what is kept of a code to make a letter small
_SMALL = 0x7F7F7F7F7F7F7F7F  # the same for eight
_LONG = -(1 << 63)  # marks the key of a word of more than eight letters
_MIX, _OTHER_MIX = -0x61C8864680B583EB, -0x4B47D0C5A6F3A4D1  # any odd numbers of 64 bits


class Table(NamedTuple):
    """Words, to be found by their codes: each stands in one of the two slots of its key.

    So (by "cuckoo hashing") no word that is looked for takes longer than another. The key of a word
    of up to eight letters are these. That of a longer one is mixed of all: two words of a table
    have the same in an eternity; a word that is looked for is compared by its letters.
    """

    keys: Ints  # by slot, 0 where it is free
    numbers: Numbers  # by slot
    begin: Ints  # by number, and the end of the last: where the letters of the word stand
    letters: Codes


def eights(codes: Codes) -> Ints:
    """The eight codes from each place on, as one number."""
    return np.ndarray(len(codes) - WIDTH + 1, "<i8", codes, strides=(1,))


@compiled
def table_of(letters: Codes, eight: Ints, begin: Ints) -> Table:
    """The table of words in small letters, numbered as they come; "" is never found."""
    word_keys = np.zeros(len(begin) - 1, np.int64)
    for number in range(len(word_keys)):
        word_keys[number] = _key(eight, begin[number], begin[number + 1])
    size = 1
    while size < 4 * len(begin):
        size *= 2
    numbers = np.zeros(size, np.int32)
    while not _settled(word_keys, numbers):
        numbers = np.zeros(2 * len(numbers), np.int32)
    return Table(word_keys[numbers], numbers, begin, letters)


@compiled
def numbers_of(codes: Codes, eight: Ints, tokens: Tokens, table: Table) -> Numbers:
    """The number of the word at each place."""
    bounds, contracted, first, after = tokens.bounds, tokens.contracted, tokens.first, tokens.after
    keys, numbers, begins, letters = table
    found = np.zeros(len(tokens.loud), np.int32)
    for text in range(len(first)):
        for place in range(first[text], after[text]):
            begin, end = bounds[2 * place], bounds[2 * place + 1]
            key = _key(eight, begin, end)
            slot, other = _slots(key, len(keys))
            slot = slot if keys[slot] == key else other
            number = numbers[slot] if keys[slot] == key else OTHER
            if key < 0 and not _is_same(codes, begin, end, letters, begins, number):
                number = OTHER
            found[place] = CONTRACTED if contracted[place] & (number == OTHER) else number
    return found


@compiled
def _settled(word_keys: Ints, numbers: Numbers) -> bool:
    """Whether all words find a slot; who finds it taken sends the other one to its other slot."""
    for number in range(len(word_keys)):
        moving = number if word_keys[number] else NOTHING
        slot = _slots(word_keys[moving], len(numbers))[0]
        steps = 0
        while moving and steps < len(numbers):
            moving, numbers[slot] = numbers[slot], moving
            one, other = _slots(word_keys[moving], len(numbers))
            slot = other if slot == one else one
            steps += 1
        if moving:
            return False
    return True


@compiled
def _key(eight: Ints, begin: int, end: int) -> int:
    key: int = eight[begin] & _SMALL & _MASKS[min(end - begin, WIDTH)]
    at = begin + WIDTH
    while at < end:
        key = (key ^ key >> 29) * _MIX ^ (eight[min(at, end - WIDTH)] & _SMALL)
        at += WIDTH
    return key + end - begin | _LONG if end - begin > WIDTH else key


@compiled
def _slots(key: int, count: int) -> tuple[int, int]:
    folded = key ^ key >> 29
    return folded * _MIX >> 36 & count - 1, folded * _OTHER_MIX >> 36 & count - 1


@compiled
def _is_same(codes: Codes, begin: int, end: int, letters: Codes, begins: Ints, number: int) -> bool:
    """Whether these are the letters of that word of the table."""
    first, after = begins[number], begins[number + 1]
    at = begin
    while at < end and first < after and codes[at] & _ONE_SMALL == letters[first]:
        at += 1
        first += 1
    return bool((at == end) & (first == after))
