"""Words that two texts share: runs of five, and texts that are nearly the same.

Words are compared in lower case, without punctuation; @handles and links are left out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

RUN = 5  # words; what the evaluation sets and our own posts may not share
LONG_RUN = 7  # words; what posts of two parts may not share, so that no story lies in both
NEAR = 0.5  # share of word pairs in common; posts that merely say the same short thanks reach 0.45

_LEFT_OUT = re.compile(r"https?://\S+|@\w+")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def _common_words() -> frozenset[str]:
    lines = (Path(__file__).parent / "common_words.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line[0] != "#" for word in line.split())


# A run counts only with two words beyond these in it: "let me know if you" is nobody's own.
COMMON = _common_words()


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    found = _WORD.findall(_LEFT_OUT.sub(" ", text.lower()))
    return [word.replace("'", "").replace("\u2019", "") for word in found]


def runs(text: str, length: int = RUN) -> Iterator[str]:
    """Every run of so many words that says something of its own."""
    told = words(text)
    for start in range(len(told) - length + 1):
        run = told[start : start + length]
        if sum(word not in COMMON for word in run) >= 2:
            yield " ".join(run)


def shared_runs(ours: Mapping[str, str], theirs: Iterable[str]) -> dict[str, list[str]]:
    """Runs in our posts (text by id) that one of their texts has too: ids by run."""
    held: dict[str, list[str]] = defaultdict(list)
    for name, text in ours.items():
        for run in dict.fromkeys(runs(text)):
            held[run].append(name)
    return {run: held[run] for text in theirs for run in runs(text) if run in held}


def runs_across(texts: Mapping[str, str], part: Mapping[str, str]) -> dict[str, list[str]]:
    """Long runs in posts of two parts (text and part by id): ids by run."""
    held: dict[str, list[str]] = defaultdict(list)
    for name, text in texts.items():
        for run in dict.fromkeys(runs(text, LONG_RUN)):
            held[run].append(name)
    return {run: names for run, names in held.items() if len({part[each] for each in names}) > 1}


def near_duplicates(texts: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Pairs of ids whose texts have at least NEAR of their word pairs in common (Jaccard)."""
    grams = {name: _grams(text) for name, text in texts.items()}
    places: dict[str, list[str]] = defaultdict(list)
    for name, mine in grams.items():
        common: Counter[str] = Counter()
        for gram in mine:
            common.update(places[gram])
            places[gram].append(name)
        for other, both in common.items():
            alike = both / (len(mine) + len(grams[other]) - both)
            if alike >= NEAR:
                yield other, name, alike


def _grams(text: str) -> set[str]:
    """Pairs of neighbouring words, the text's edges among them."""
    told = ["^", *words(text), "$"]
    return {f"{first} {second}" for first, second in pairwise(told)}
