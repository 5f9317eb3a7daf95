"""A batch of texts as arrays, one row per word.

Everything the judge measures is computed on these arrays, never post by post. The tiling pattern
below consumes every character, so running sums of the pieces' lengths are the words' positions in
the text and no match objects are made. Punctuation is not a word: it becomes sentence and clause
numbers, and the marks of the sentence it ends.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

# Alternatives in order of frequency. A number keeps its separators ("5:30", "1,200"); letters and
# digits part ("24hrs" -> "24" "hrs") so that units are known however they are typed.
_TILES = re.compile(
    r"https?://[^\s\x00]+"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # a word, with its apostrophes
    r"|\s+|[.!?…]+|[,;:]"
    r"|\d+(?:[.,:]\d+)*"
    r"|[@#]\w+(?:[-.']\w+)*"
    r"|.",
    re.DOTALL,
)
POST_END = "\x00"  # cleaning removes control characters, so no text holds one

# What a piece does to the text around it; everything else is a word.
_WORD, _SPACE, _NEWLINE, _STOP, _CLAUSE, _SILENT, _POST, _QUOTE = range(8)
_CLAUSE_MARKS = frozenset(";:–—()[]|•·")
_ABBREVIATIONS = ("mr", "mrs", "ms", "dr", "st", "vs", "etc", "dept", "prof", "no", "jr", "sr", "m")


def _kind(piece: str) -> int:
    first = piece[0]
    if first == POST_END:
        return _POST
    if first.isspace():
        return _NEWLINE if "\n" in piece else _SPACE
    if first in ".!?…":
        return _STOP if len(piece) == 1 or set(piece) & set("!?") else _CLAUSE
    if first in _CLAUSE_MARKS:
        return _CLAUSE
    if first in '"“”':
        return _QUOTE
    if first.isalnum() or (first in "@#" and len(piece) > 1) or ord(first) > 0x2190:
        return _WORD  # arrows and emoji upwards speak too
    return _SILENT


class Vocabulary(dict[str, int]):
    """Numbers for pieces of text as they are spelt, and what is known of each.

    `words` maps the word that a spelt piece stands for ("DIDNT" -> "didn't") to its number:
    case, spelling variants, handles and numerals are folded once per distinct piece, not per use.
    """

    def __init__(self, variants: dict[str, str]) -> None:
        super().__init__()
        self._variants = variants
        self.words: dict[str, int] = {"": 0}
        self._rows: list[tuple[int, ...]] = []
        self._table = np.zeros((0, 6), np.int64)

    def __missing__(self, piece: str) -> int:
        number = self[piece] = len(self._rows)
        kind = _kind(piece)
        letters = piece.isalpha()
        self._rows.append(
            (
                kind,
                self.number_of(self.fold(piece)) if kind == _WORD else 0,
                letters and len(piece) > 1 and piece.isupper(),
                letters and piece[0].isupper(),
                kind == _STOP and "?" in piece,
                kind == _STOP and "!" in piece,
            )
        )
        return number

    def fold(self, piece: str) -> str:
        """The word that a spelt piece stands for."""
        lower = piece.lower().replace("’", "'")
        if lower[0].isdigit():
            return "_num_"
        if lower[0] == "@":
            return "_handle_"
        if lower.startswith("http"):
            return "_link_"
        return self._variants.get(lower, lower)

    def number_of(self, word: str) -> int:
        """The number of a folded word, made when it is new."""
        return self.words.setdefault(word, len(self.words))

    def table(self) -> Ints:
        """Rows (kind, word, shouted, capital, asks, exclaims), one per distinct piece."""
        if len(self._table) < len(self._rows):
            fresh = np.array(self._rows[len(self._table) :], np.int64)
            self._table = np.concatenate([self._table, fresh])
        return self._table


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

    def naming(self, named: Flags, word: int) -> "Tokens":
        """The same with these words known as the brand's name, all one word."""
        return replace(self, named=named, word=np.where(named, word, self.word))

    def spelt(self, first: int, after: int) -> str:
        """The text from word `first` to the one before `after`."""
        return self.text[int(self.begin[first]) : int(self.end[after - 1])]


def tokenise(texts: Sequence[str], vocabulary: Vocabulary, breakers: Iterable[str] = ()) -> Tokens:
    """Split cleaned texts into words, sentences and clauses.

    `breakers` are the words that begin a new clause ("but").
    """
    joined = "".join(text + POST_END for text in texts)
    pieces = _TILES.findall(joined)
    count = len(pieces)
    number = np.fromiter(map(vocabulary.__getitem__, pieces), np.int64, count)
    end = np.cumsum(np.fromiter(map(len, pieces), np.int64, count))
    begin = np.concatenate([[0], end[:-1]]) if count else end
    kind, word, shouted, capital, asks, exclaims = vocabulary.table()[number].T
    ends_post = kind == _POST
    ends = ends_post | (kind == _NEWLINE) | _full_stops(kind, word, vocabulary)
    sentence = np.cumsum(ends) - ends
    post = np.cumsum(ends_post) - ends_post
    opening = np.array([vocabulary.number_of(breaker) for breaker in breakers], np.int64)
    opens = (kind == _WORD) & np.isin(word, opening)
    keep = np.flatnonzero(kind == _WORD)
    sentences = int(sentence[-1]) + 1 if count else 0
    return Tokens(
        text=joined,
        word=word[keep],
        begin=begin[keep],
        end=end[keep],
        post=post[keep],
        sentence=sentence[keep],
        clause=(np.cumsum(ends | opens | (kind == _CLAUSE)))[keep],
        shouted=shouted[keep].astype(bool),
        capital=capital[keep].astype(bool),
        turns=opens[keep],
        handle=word[keep] == vocabulary.number_of("_handle_"),
        link=word[keep] == vocabulary.number_of("_link_"),
        number=word[keep] == vocabulary.number_of("_num_"),
        named=np.zeros(len(keep), bool),
        posts=len(texts),
        post_begin=np.concatenate([[0], end[ends_post][:-1]]).astype(np.int64)[: len(texts)],
        asked=np.bincount(sentence[asks > 0], minlength=sentences) > 0,
        exclaimed=np.bincount(sentence[exclaims > 0], minlength=sentences) > 0,
        quotes=np.bincount(post[kind == _QUOTE], minlength=len(texts)),
    )


def _full_stops(kind: Ints, word: Ints, vocabulary: Vocabulary) -> Flags:
    """Stops that end a sentence: not after "Dr", not inside "a.m"."""
    stop = kind == _STOP
    short = np.array([vocabulary.number_of(name) for name in _ABBREVIATIONS], np.int64)
    after_short = np.concatenate([[False], np.isin(word[:-1], short) & (kind[:-1] == _WORD)])
    before_word = np.concatenate([kind[1:] == _WORD, [False]])
    ends: Flags = stop & ~after_short[: len(stop)] & ~before_word[: len(stop)]
    return ends
