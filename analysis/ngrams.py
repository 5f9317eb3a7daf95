"""Words and their neighbours as features: single words, two on end, two with one between.

A word counts as its stem, and as its role where the role says more than the word ("{agent}" for
waiter, driver, nurse): that is what carries from one trade to another. Only n-grams the model has
a weight for are looked up, by one number each.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from analysis.arrays import Ints
from analysis.counting import LABEL
from analysis.frames import FOLDER, Reading

# Roles that stand for their words.
CLASSES = ("late", "lost", "goods", "rude_plain", "bad_strong", "good_strong", "kind", "agent",
           "number", "no", "me", "name")  # fmt: skip
SPOKEN = FOLDER / "spoken.tsv"  # stem and the word it is shown as
WORD = "word:"  # how features of n-grams are named
_GAP = " * "
_BETWEEN = " \n "  # names
_ENDINGS = (
    ("ingly", ""), ("edly", ""), ("ing", ""), ("ied", "y"), ("ies", "y"), ("ed", ""), ("es", "e"),
    ("s", ""), ("ly", ""),
)  # fmt: skip


def stem(word: str) -> str:
    """A word without its ending; roughly, since only equality matters."""
    if word[0] in "_@#":
        return word
    word = word.replace("'s", "")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return (word[: -len(ending)] + instead).rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


def says_something(name: str) -> bool:
    """An n-gram worth a weight holds a word that is not empty."""
    return any(label not in _EMPTY_STEMS for label in labels_of(name))


def labels_of(name: str) -> list[str]:
    """The stems and roles of an n-gram."""
    return name.replace(_GAP, " ").split(" ")


def spoken(names: Sequence[str]) -> list[str]:
    """N-grams as they are shown to people: "walk * out" as "walked ... out"."""
    lines = SPOKEN.read_text("utf-8").splitlines()[1:]
    words = dict(line.split("\t") for line in lines) | {"_handle_": "@name"}
    labels = _BETWEEN.join(names).split(" ")  # all at once: a third of the time
    shown = " ".join(map(words.get, labels, labels)).replace(_GAP, " ... ")
    return shown.split(_BETWEEN) if names else []


def _read_empty() -> frozenset[str]:
    lines = (FOLDER / "empty_words.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("# ") for word in line.split()]
    return frozenset(word if word[0] == "{" else stem(word) for word in words)


_EMPTY_STEMS = _read_empty()


class Ngrams:
    """The n-grams with these names: the key of each, and the labels their words have in a text."""

    def __init__(self, names: Sequence[str]) -> None:
        named = [labels_of(name) for name in names]
        labels = sorted(set(chain.from_iterable(named)))
        self._label = {label: number for number, label in enumerate(labels, 1)}
        left, right = (
            np.array([self._label[each[end]] for each in named], np.int64) for end in (0, -1)
        )
        step = np.array([name.count(" ") for name in names], np.int64)  # "walk * out": 2
        self.keys: Ints = np.where(step > 0, (step << 2 * LABEL) + (left << LABEL), 0) + right

    def labels(self, reading: Reading) -> Ints:
        """Per word: the number of its stem or role, 0 where no n-gram has it."""
        label: Ints = reading.lexicon.vocabulary.trait(self._label_of)[reading.tokens.word]
        for role in CLASSES:
            label[reading.spans(role).begin] = self._label.get(f"{{{role}}}", 0)
        return label

    def _label_of(self, word: str) -> int:
        return self._label.get(stem(word), 0) if word else 0


def ngram_keys(label: Ints) -> Iterator[Ints]:
    """The keys of single words, of two on end and of two with one between, by their first word.

    Label 0 is no word, and a key with it is none of an n-gram.
    """
    yield label
    for step in (1, 2):
        yield (step << 2 * LABEL) + (label[:-step] << LABEL) + label[step:]


def spell(key: int, labels: Sequence[str]) -> str:
    """The name of an n-gram from its key, given the labels by number (0 is no label)."""
    kind, left, right = (
        key >> 2 * LABEL,
        key >> LABEL & (1 << LABEL) - 1,
        key & (1 << LABEL) - 1,
    )
    if kind == 0:
        return labels[right]
    return labels[left] + (" " if kind == 1 else _GAP) + labels[right]
