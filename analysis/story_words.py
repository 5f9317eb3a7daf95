"""The words of posts by which stories are told apart, and how much each one tells.

A word weighs what it is rare: counted over the posts this project wrote, which is what everybody
says about service anywhere (`story_lexicon/counts.tsv`), and over the window's stories so far,
which is what everybody says about this brand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import exp, log
from pathlib import Path

import numpy as np

from analysis.tokens import Tokens, tokenise
from analysis.vocabulary import Vocabulary

FOLDER = Path(__file__).parent / "story_lexicon"
COMMON = 3.0  # natural logarithm: a word in more than one post of 20 tells nothing of a story
HERE = 8  # one story of this brand counts for so many posts of the background

_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_ROOT = 3  # letters that must be left of a word


def stem(word: str) -> str:
    """A word without the endings of number and tense: "cried" and "crying" become "cry"."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and not word.endswith("ss") and len(word) > len(ending):
            root = word[: -len(ending)] + instead
            if len(root) < _ROOT:
                return word
            if ending in ("ing", "ed") and root[-1] == root[-2] not in "ls":
                return root[:-1]
            return root.removesuffix("e") if len(root) > _ROOT else root
    return word.removesuffix("e") if len(word) > _ROOT + 1 else word


@cache
def fold(spelt: str) -> str:
    """What a spelt word counts as; "" for links, handles and single letters."""
    plain = spelt.lower().replace("’", "'").lstrip("#")
    if plain.startswith(("http", "@")):
        return ""
    if plain[:1].isdigit():
        return re.sub(r"[.,:]", "", plain)
    root = stem(plain.removesuffix("'s").replace("'", ""))
    return _same().get(root, root) if len(root) > 1 else ""


@cache
def _same() -> dict[str, str]:
    rows = [line.split(":") for line in _lines("same.txt")]
    return {stem(word.strip()): stem(first) for first, words in rows for word in words.split(",")}


@cache
def _counts() -> tuple[int, dict[str, int]]:
    """How many posts were counted, and in how many of them each word stands."""
    rows = [line.split("\t") for line in _lines("counts.tsv")]
    counts = {word: int(count) for word, count in rows}
    return counts.pop("*"), counts


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


class _Folded(Vocabulary):
    def __init__(self) -> None:
        super().__init__({})

    def fold(self, piece: str) -> str:
        return fold(piece)


@dataclass(frozen=True)
class Wording:
    """The words of a batch of texts, each word a number."""

    tokens: Tokens
    spelling: tuple[str, ...]  # the folded word of each number; number 0 is no word

    @classmethod
    def read(cls, texts: Sequence[str]) -> "Wording":
        """The words of cleaned texts."""
        vocabulary = _Folded()
        tokens = tokenise(texts, vocabulary)
        return cls(tokens, tuple(vocabulary.words))

    @cached_property
    def telling(self) -> list[dict[int, bool]]:
        """Per text its distinct words, without those everybody uses, and whether each is ever
        spelt as a name or number. A capital at the head of a sentence does not make a name."""
        posts, counts = _counts()
        often = posts / exp(COMMON)
        rare = np.array([bool(word) and counts.get(word, 0) < often for word in self.spelling])
        digits = np.array([word[:1].isdigit() for word in self.spelling])
        tokens = self.tokens
        opens = np.diff(tokens.sentence, prepend=-1) != 0
        named = digits[tokens.word] | (tokens.capital & ~opens & ~tokens.shouted)
        keep = rare[tokens.word] if len(tokens) else np.zeros(0, bool)
        size = len(self.spelling)
        key = (tokens.post[keep] * size + tokens.word[keep]) * 2 + ~named[keep]
        key.sort()  # the names of a word before its other uses
        pair, first = np.unique(key // 2, return_index=True)
        is_name = key[first] % 2 == 0
        edges = np.searchsorted(pair, np.arange(tokens.posts + 1) * size).tolist()
        numbers, names = (pair % size).tolist(), is_name.tolist()
        return [dict(zip(numbers[a:b], names[a:b], strict=True)) for a, b in pairwise(edges)]

    def numbers(self, folded: Iterable[str]) -> frozenset[int]:
        """The numbers of these folded words, as far as the texts use them."""
        wanted = set(folded)
        return frozenset(n for n, word in enumerate(self.spelling) if word in wanted)

    def spelt(self, text: int, numbers: Sequence[int]) -> tuple[str, ...]:
        """These words as the text first spells them."""
        first, after = self.tokens.post_first[text : text + 2]
        here = self.tokens.word[first:after].tolist()
        places = [int(first) + here.index(number) for number in numbers if number in here]
        return tuple(self.tokens.spelt(place, place + 1) for place in places)


class Rarity:
    """How much each word tells, given the stories that used it so far."""

    def __init__(self, wording: Wording) -> None:
        _, counts = _counts()
        self.stories = 0
        self._seen = [1 + counts.get(word, 0) for word in wording.spelling]
        self._used = [0] * len(self._seen)

    def weights(self, words: Iterable[int]) -> dict[int, float]:
        """Natural logarithm of how rare each word is, above COMMON; words below are left out.

        The story that a word may be shared with does not make it common.
        """
        seen, used = self._seen, self._used
        top = log(_counts()[0] + HERE * self.stories) - COMMON
        found = {}
        for word in words:
            others = used[word] - 1
            weight = top - log(seen[word] + HERE * others if others > 0 else seen[word])
            if weight > 0:
                found[word] = weight
        return found

    def count(self, words: Iterable[int]) -> None:
        """Note that one more story uses these words."""
        for word in words:
            self._used[word] += 1


def folded_in(text: str) -> set[str]:
    """All folded words of a text."""
    return set(Wording.read([text]).spelling) - {""}


def counted(texts: Sequence[str]) -> dict[str, int]:
    """In how many of the texts each word stands; what `counts.tsv` is made of."""
    wording = Wording.read(texts)
    pairs = np.unique(np.stack([wording.tokens.post, wording.tokens.word]), axis=1)
    counts = np.bincount(pairs[1], minlength=len(wording.spelling)).tolist()
    return {word: count for word, count in zip(wording.spelling, counts, strict=True) if word}
