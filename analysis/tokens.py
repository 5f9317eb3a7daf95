"""A batch of texts as arrays, one row per word.

Everything the judge measures is computed on these arrays, never post by post. Punctuation is not a
word: it becomes sentence and clause numbers, and the marks of the sentence it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis.arrays import Flags, Floats, Ints
from analysis.characters import (
    CLAUSE,
    NEWLINE,
    POST,
    POST_END,
    QUOTE,
    SIGN,
    STOP,
    Pieces,
    cut,
)
from analysis.keys import MIX
from analysis.vocabulary import Vocabulary

_ABBREVIATIONS = ("mr", "mrs", "ms", "dr", "st", "vs", "etc", "dept", "prof", "no", "jr", "sr", "m")
_WIDTH = 8  # characters that make a key
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WIDTH)] + [-1])


@dataclass(frozen=True)
class Tokens:
    """The words of a batch of posts, in order. Arrays are one row per word unless said."""

    text: str  # all posts, each followed by a separator
    word: Ints  # number of the folded word in the vocabulary
    begin: Ints  # characters of `text`
    end: Ints
    post: Ints
    sentence: Ints  # counts on over the whole batch
    clause: Ints
    shouted: Flags  # in capitals, two letters or more
    capital: Flags  # begins with one
    turns: Flags  # one of the words that begin a new clause
    handle: Flags  # "@somebody"
    link: Flags
    number: Flags
    named: Flags  # part of the brand's name or handle
    posts: int  # how many there are
    post_begin: Ints  # per post: where it begins in `text`
    asked: Flags  # per sentence: it ends in a question mark
    exclaimed: Flags  # per sentence
    quotes: Ints  # per post: how many quotation marks

    def __len__(self) -> int:
        return len(self.word)

    @cached_property
    def post_words(self) -> Ints:
        """Per post: how many words it has."""
        return np.bincount(self.post, minlength=self.posts)

    @cached_property
    def post_first(self) -> Ints:
        """Per post: its first word; one more at the end."""
        return np.searchsorted(self.post, np.arange(self.posts + 1))

    @cached_property
    def sentence_first(self) -> Ints:
        """Per sentence: its first word; one more at the end."""
        return np.searchsorted(self.sentence, np.arange(len(self.asked) + 1))

    @cached_property
    def clause_first(self) -> Ints:
        """Per clause: its first word; one more at the end."""
        clauses = int(self.clause[-1]) + 2 if len(self) else 1
        return np.searchsorted(self.clause, np.arange(clauses))

    def per_post(self, words: Flags) -> Floats:
        """How many words of each post are flagged."""
        flagged = self.post[np.flatnonzero(words)]
        return np.bincount(flagged, minlength=self.posts).astype(np.float64)

    def naming(self, named: Flags, word: int) -> "Tokens":
        """The same with these words known as the brand's name, all one word."""
        return replace(self, named=named, word=np.where(named, word, self.word))

    def spelt(self, first: int, after: int) -> str:
        """The text from word `first` to the one before `after`."""
        return self.text[int(self.begin[first]) : int(self.end[after - 1])]


def tokenise(texts: Sequence[str], vocabulary: Vocabulary, breakers: Sequence[str] = ()) -> Tokens:
    """Split cleaned texts into words, sentences and clauses.

    `breakers` are the words that begin a new clause ("but").
    """
    vocabulary.begin()
    text = POST_END.join([*texts, ""])
    pieces = cut(text)
    keep = np.flatnonzero(pieces.kind >= SIGN)
    begin, end = pieces.begin[keep], pieces.end[keep]
    word, shouted, capital = vocabulary.look_up(
        _keys(pieces, keep),
        lambda some: [
            text[a:b] for a, b in zip(begin[some].tolist(), end[some].tolist(), strict=True)
        ],
    )
    turns = vocabulary.among(word, breakers)
    breaks = _Breaks(pieces, keep[vocabulary.among(word, _ABBREVIATIONS)])
    post_end = pieces.begin[breaks.posts]
    return Tokens(
        text=text,
        word=word,
        begin=begin,
        end=end,
        post=np.cumsum(pieces.kind == POST)[keep],
        sentence=np.cumsum(breaks.ends)[keep],
        clause=np.cumsum(breaks.ends | breaks.clauses)[keep] + np.cumsum(turns),
        shouted=shouted,
        capital=capital,
        turns=turns,
        handle=word == vocabulary.number_of("_handle_"),
        link=word == vocabulary.number_of("_link_"),
        number=word == vocabulary.number_of("_num_"),
        named=np.zeros(len(keep), bool),
        posts=len(texts),
        post_begin=np.concatenate([[0], post_end + 1])[: len(texts)],
        asked=breaks.marked("?"),
        exclaimed=breaks.marked("!"),
        quotes=np.bincount(
            np.searchsorted(post_end, np.flatnonzero(pieces.kinds == QUOTE)), minlength=len(texts)
        ),
    )


class _Breaks:
    """Per piece: whether it ends a sentence, a clause alone, or a post."""

    def __init__(self, pieces: Pieces, short: Ints) -> None:
        """`short` are the pieces that are abbreviations: "Dr." ends nothing, nor does "a.m"."""
        begin, end, kind = pieces.begin, pieces.end, pieces.kind
        self._pieces = pieces
        self.posts = np.flatnonzero(kind == POST)
        stops = np.flatnonzero(kind == STOP)
        loud = end[stops] - begin[stops] == 1  # "..." only pauses, "..?" does not
        loud |= np.isin(stops, np.concatenate([self._marks(mark) for mark in "?!"]))
        is_short = np.zeros(len(kind), bool)
        is_short[short] = True
        before, behind = np.maximum(stops - 1, 0), stops + 1  # a post's end is behind any stop
        inside = is_short[before] & (end[before] == begin[stops])
        inside |= (kind[behind] >= SIGN) & (begin[behind] == end[stops])
        self.ends = (kind == POST) | (kind == NEWLINE)
        self.ends[stops[loud & ~inside]] = True
        self.clauses = kind == CLAUSE
        self.clauses[stops[~loud]] = True

    def _marks(self, mark: str) -> Ints:
        """The stops that hold this mark."""
        pieces = self._pieces
        there = np.flatnonzero(pieces.codes == ord(mark))
        return pieces.of(there[pieces.kinds[there] == STOP])

    def marked(self, mark: str) -> Flags:
        """Per sentence: it has this mark."""
        flags = np.zeros(int(self.ends.sum()), bool)
        flags[(np.cumsum(self.ends) - self.ends)[self._marks(mark)]] = True
        return flags


def _keys(pieces: Pieces, words: Ints) -> Ints:
    """A number for each word: its characters or, of more than eight, the first and last mixed.

    0 stands for words that cannot be told by that; two others have the same in an eternity.
    """
    begin, end = pieces.begin[words], pieces.end[words]
    codes = np.append(pieces.codes, np.zeros(_WIDTH, np.uint8))
    eights: Ints = np.ndarray(len(codes) - _WIDTH + 1, "<i8", codes, strides=(1,))
    size = end - begin
    keys: Ints = eights[begin] & _MASKS.take(size, mode="clip")
    long = np.flatnonzero(size > _WIDTH)
    keys[long] = (keys[long] * MIX ^ eights[end[long] - _WIDTH]) * MIX ^ size[long]
    blurred = np.zeros(len(pieces.kind), bool)
    blurred[pieces.blurred()] = True
    keys[blurred[words] | (size > 2 * _WIDTH)] = 0
    return keys
