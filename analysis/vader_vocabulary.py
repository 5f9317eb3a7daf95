"""A lexicon and the words of the rules, numbered for the loops over batches."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from analysis import vader_rules as rules
from analysis.vader_codes import coded, points_of
from analysis.vader_table import NOTHING, Table, eights, table_of
from analysis.vader_words import (
    BOOSTERS,
    CAPITALS,
    CONTRACTED,
    DAMPER_WINDOWS,
    DAMPERS,
    FADING,
    IDIOM_WINDOWS,
    IDIOMS,
    INSISTED,
    INSISTING,
    NEGATED,
    NEGATIONS,
    RULE_WORDS,
    TELLING,
    Lexicon,
)

_TRAITS = {
    rules.NO: {"no"},
    rules.JOINS: {"or", "nor"},
    rules.NEGATES: NEGATIONS,
    rules.NEVER: {"never"},
    rules.INSISTS: INSISTING,
    rules.WITHOUT: {"without"},
    rules.DOUBT: {"doubt"},
    rules.LEAST: {"least"},
    rules.EXCUSES: {"at", "very"},
    rules.KIND: {"kind"},
    rules.OF: {"of"},
    rules.TELLING: TELLING,
}


class Vocabulary:
    """Every word that matters, found by its codes in `table` and asked by its number in `rules`.

    Those beyond ASCII are never found: texts that may have them need a vocabulary that `is_ascii`.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        scored = lexicon.scored
        listed = {*lexicon.valences, *RULE_WORDS} - {CONTRACTED}
        self.is_ascii = all(map(str.isascii, listed))
        ranked = sorted(filter(str.isascii, listed), key=lambda word: (word in scored, word))
        words = ["", "", CONTRACTED, *ranked]  # as they are numbered
        number = {word: at for at, word in enumerate(words) if word}
        self.but = number["but"]
        self.table = _table(words)
        phrases = [*_placed(IDIOMS, IDIOM_WINDOWS), *_placed(DAMPERS, DAMPER_WINDOWS)]
        self.rules = rules.Rules(
            scored=sum(word not in scored for word in words),
            traits=np.array([0, *(_traits(word, lexicon) for word in words[NOTHING + 1 :])]),
            valence=np.array([lexicon.valences.get(word, 0.0) for word in words]),
            boost=np.array([BOOSTERS.get(word, 0.0) for word in words]),
            fading=np.array([FADING[distance] for distance in (1, 2, 3)]),
            capitals=CAPITALS,
            negated=NEGATED,
            insisted=INSISTED,
            phrases=np.array([[*map(number.__getitem__, phrase), 0][:3] for _, phrase in phrases]),
            starts=np.array([start for start, _ in phrases]),
            sizes=np.array([len(phrase) for _, phrase in phrases]),
            replaces=np.array([phrase in IDIOMS for _, phrase in phrases]),
            value=np.array([{**IDIOMS, **DAMPERS}[phrase] for _, phrase in phrases]),
        )


def _table(words: Sequence[str]) -> Table:
    letters, begin = coded(points_of("".join(words)), np.cumsum([0, *map(len, words)]))
    return table_of(letters, eights(letters), begin)


def _traits(word: str, lexicon: Lexicon) -> int:
    traits = sum(trait for trait, words in _TRAITS.items() if word in words)
    return traits | (rules.LISTED if word in lexicon.valences else rules.HEARD)


def _placed(
    phrases: Mapping[tuple[str, ...], float], windows: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every phrase at every place in which it is looked for, in the order of windows."""
    for start, end in windows:
        yield from ((start, phrase) for phrase in phrases if len(phrase) == end - start)


@lru_cache(maxsize=8)
def vocabulary_of(lexicon: Lexicon) -> Vocabulary:
    """The lexicon compiled, once."""
    return Vocabulary(lexicon)
