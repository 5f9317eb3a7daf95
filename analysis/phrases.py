"""The words and fixed phrases of the lexicon, found word by word in a tree of what comes next."""

from collections.abc import Sequence

import numpy as np

from analysis.arrays import Ints
from analysis.compiled import compiled
from analysis.placed import Placed

_MIX = 2_654_435_761  # 2**32 / the golden ratio, as Knuth multiplies
_WORDS = 1 << 13  # more than there are, so that each node and word have a number
_ROOM = 8  # places of the table by nodes: so many, that most are free


class Phrases:
    """Sequences of words, each known by its place in the list, counted from 1.

    All single words come first, by the alphabet. A node of the tree is what has been read of a
    sequence; that of a single word has its number. A table by node and word has the next node.
    """

    def __init__(self, sequences: Sequence[tuple[str, ...]]) -> None:
        begun = {sequence[:size] for sequence in sequences for size in range(1, len(sequence) + 1)}
        nodes = [(), *sorted(begun, key=lambda read: (len(read), read))]
        node = {read: number for number, read in enumerate(nodes)}
        number = {sequence: number for number, sequence in enumerate(sequences, 1)}
        self._read = np.array([node[read[:-1]] for read in nodes])
        self._word = np.array([node[read[-1:]] for read in nodes])
        self._place = np.zeros(1 << (_ROOM * len(nodes)).bit_length(), np.int64)
        _fill(self._read, self._word, self._place)
        self._number = np.array([number.get(read, 0) for read in nodes])
        self._most = max(map(len, sequences), default=0)  # of those that begin at one word

    def find(self, words: Ints, clause: Ints, sentence: Ints, end: int) -> Placed:
        """Where sequences stand within a clause, and, as number `end`, the ends of sentences.

        `words` are the numbers of the words, 0 for those of no sequence.
        """
        found = np.empty((3, (len(words) + 1) * (self._most + 1)), np.int64)
        tree = self._read, self._word, self._place, self._number
        first = _read(words, clause, sentence, end, *tree, found)
        of, begin, after = found[:, : first[-1]]
        return Placed(of, begin, after, first)


@compiled
def _read(
    words: Ints,
    clause: Ints,
    sentence: Ints,
    end: int,
    read: Ints,
    word: Ints,
    places: Ints,
    number: Ints,
    found: Ints,
) -> Ints:
    """Fill in number, begin and after of what is found; per word the first that begins there."""
    first = np.zeros(len(words) + 2, np.int64)
    count = 0
    for begin in range(len(words) + 1):
        first[begin] = count
        if begin and (begin == len(words) or sentence[begin] != sentence[begin - 1]):
            found[0, count], found[1, count], found[2, count] = end, begin, begin
            count += 1
        node, after = 0, begin
        while after < len(words) and clause[after] == clause[begin]:
            heard = words[after]
            node = heard if after == begin else places[_place(node, heard, read, word, places)]
            if node == 0:
                break
            after += 1
            if number[node]:
                found[0, count], found[1, count], found[2, count] = number[node], begin, after
                count += 1
    first[-1] = count
    return first


@compiled
def _place(node: int, heard: int, read: Ints, word: Ints, places: Ints) -> int:
    """Where in the table the node after this one and a word is, or would be."""
    place: int = ((node * _WORDS + heard) * _MIX >> 16) & (len(places) - 1)
    while places[place] and (read[places[place]] != node or word[places[place]] != heard):
        place = (place + 1) & (len(places) - 1)
    return place


@compiled
def _fill(read: Ints, word: Ints, places: Ints) -> None:
    """Put every node in its place."""
    for node in range(1, len(read)):
        places[_place(read[node], word[node], read, word, places)] = node
