"""The words of posts by which stories are told apart, and how much each one tells.

A word weighs what it is rare: counted over the posts this project wrote (`story_lexicon/counts.tsv`,
which says what everybody says about service anywhere) and over the window's stories so far (which
says what everybody says about this brand).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path

FOLDER = Path(__file__).parent / "story_lexicon"
COMMON = 3.0  # natural logarithm: a word in more than one post of 20 tells nothing of a story
HERE = 8  # one story of this brand counts for so many posts of the background

_WORD = re.compile(
    r"https?://\S+|[@#]?[^\W\d_]+(?:['’][^\W\d_]+)*(?:\d+)?|\d+(?:[.,:]\d+)*", re.UNICODE
)
_SUFFIXES = (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))
_NEUTRAL = {"": ""}


def stem(word: str) -> str:
    """A word without the endings of number and tense: "cried" and "crying" become "cry"."""
    for ending, instead in _SUFFIXES:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            root = word[: len(word) - len(ending)] + instead
            if ending in ("ing", "ed") and len(root) > 3 and root[-1] == root[-2] not in "ls":
                return root[:-1]
            return root.removesuffix("e") if ending in ("es", "ed", "ing") else root
    return word.removesuffix("e") if len(word) > 4 else word


@cache
def _same() -> dict[str, str]:
    lines = (FOLDER / "same.txt").read_text("utf-8").splitlines()
    rows = [line.split(":") for line in lines if line and not line.startswith("#")]
    return {
        stem(word.strip()): stem(first) for first, words in rows for word in words.split(",")
    }


@cache
def _counts() -> tuple[int, dict[str, int]]:
    """How many posts were counted, and in how many of them each word stands."""
    lines = (FOLDER / "counts.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    counts = {word: int(count) for word, count in rows}
    return counts.pop("*"), counts


@cache
def fold(word: str) -> str:
    """What a spelt word counts as: "" for links, handles and single letters."""
    plain = word.lower().replace("’", "'").lstrip("#")
    if plain.startswith(("http", "@")):
        return ""
    if plain[0].isdigit():
        return re.sub(r"[.,:]", "", plain)
    root = stem(plain.removesuffix("'s").replace("'", ""))
    return _same().get(root, root) if len(root) > 1 else ""


def folded_in(text: str) -> set[str]:
    """All folded words of a text."""
    return {fold(word) for word, _ in _spelt(text)} - {""}


def spelt(text: str, wanted: Sequence[str]) -> tuple[str, ...]:
    """The wanted folded words as the text first spells them, in the order wanted."""
    forms: dict[str, str] = {}
    for word, _ in _spelt(text):
        forms.setdefault(fold(word), word)
    return tuple(forms[word] for word in wanted)


def words(text: str) -> dict[str, bool]:
    """The distinct folded words of a text, each with whether it is ever spelt as a name or number.

    A capital at the head of a sentence does not make a name.
    """
    found: dict[str, bool] = {}
    shouted = text.isupper()
    for spelt, opens in _spelt(text):
        folded = fold(spelt)
        if folded:
            named = spelt[0].isdigit() or (spelt[0].isupper() and not opens and not shouted)
            found[folded] = found.get(folded, False) or named
    return found


def _spelt(text: str) -> Iterator[tuple[str, bool]]:
    """Each word, and whether a sentence begins with it."""
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        yield match[0], not end or any(mark in between for mark in ".!?\n\"“:")
        end = match.end()


@dataclass
class Rarity:
    """How much each word tells, given the stories that used it so far."""

    stories: int
    used: dict[str, int]  # stories that use the word

    def weight(self, word: str) -> float:
        """Natural logarithm of how rare the word is, above COMMON; 0 for common ones."""
        posts, counts = _counts()
        others = max(self.used.get(word, 0) - 1, 0)  # than the story it is shared with
        seen = counts.get(word, 0) + HERE * others
        return max(0.0, log((posts + HERE * self.stories) / (1 + seen)) - COMMON)


def counted(texts: Sequence[str]) -> dict[str, int]:
    """In how many of the texts each word stands; what `counts.tsv` is made of."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in words(text):
            counts[word] = counts.get(word, 0) + 1
    return counts
