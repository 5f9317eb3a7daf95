"""A batch of texts as arrays, one row per word.

Everything the judge measures is computed on these arrays, never post by post. Punctuation is not a
word: it becomes sentence and clause numbers, and the marks of the sentence it ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from analysis.arrays import Flags, Floats, Ints, Points
from analysis.breaks import breaks, firsts
from analysis.characters import KINDS, POST_END, characters
from analysis.pieces import cut
from analysis.vocabulary import Vocabulary

_ABBREVIATIONS = ("mr", "mrs", "ms", "dr", "st", "vs", "etc", "dept", "prof", "no", "jr", "sr", "m")


@dataclass(frozen=True)
class Tokens:
    """The words of a batch of posts, in order. Arrays are one row per word unless said."""

    text: str  # all posts, each followed by a separator
    points: Points  # its characters
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
        return np.diff(self.post_first)

    @cached_property
    def post_first(self) -> Ints:
        """Per post: its first word; one more at the end."""
        return firsts(self.post, self.posts)

    @cached_property
    def sentence_first(self) -> Ints:
        """Per sentence: its first word; one more at the end."""
        return firsts(self.sentence, len(self.asked))

    @cached_property
    def clause_first(self) -> Ints:
        """Per clause: its first word; one more at the end."""
        return firsts(self.clause, int(self.clause[-1]) + 1 if len(self) else 0)

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
    points = characters(text)
    pieces = cut(points, KINDS.told(points))
    begin, end = pieces.begin, pieces.end
    word, shouted, capital = vocabulary.look_up(
        pieces.key,
        lambda some: [
            text[a:b] for a, b in zip(begin[some].tolist(), end[some].tolist(), strict=True)
        ],
    )
    turns, short = vocabulary.among(word, breakers), vocabulary.among(word, _ABBREVIATIONS)
    told = breaks(points, pieces, turns, short, len(texts))
    return Tokens(
        text=text,
        points=points,
        word=word,
        begin=begin,
        end=end,
        post=told.post,
        sentence=told.sentence,
        clause=told.clause,
        shouted=shouted,
        capital=capital,
        turns=turns,
        handle=word == vocabulary.number_of("_handle_"),
        link=word == vocabulary.number_of("_link_"),
        number=word == vocabulary.number_of("_num_"),
        named=np.zeros(len(word), bool),
        posts=len(texts),
        post_begin=told.post_begin,
        asked=told.asked,
        exclaimed=told.exclaimed,
        quotes=told.quotes,
    )
