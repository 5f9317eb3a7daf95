"""Where a judged post's time goes, step by step."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from analysis import mentions
from analysis.judge import Judge, the_judge
from analysis.text import compose
from data.records import Brand
from evaluation.bench_row import Bench

_POSTS = 20_000
_BATCH = 5_000  # as the judge does
_TURNS = 10  # of each step the shortest counts: what is sought is its own time, not the machine's
_BRAND = Brand("Foxglove")


@dataclass(frozen=True, slots=True)
class Step:
    """Millionths of a second of CPU time that a step takes of each post."""

    what: str
    micros: float


class _Taken(dict[str, float]):
    """Seconds by step."""

    @contextmanager
    def by(self, step: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self[step] = self.get(step, 0.0) + time.process_time() - began


def steps(bench: Bench) -> list[Step]:
    """Each step at its best of some turns, in their order, and the sum of all."""
    texts = bench.texts[:_POSTS]
    turns = [_turn(the_judge(), texts) for _ in range(_TURNS)]
    best = {step: min(taken[step] for taken in turns) for step in turns[0]}
    best["together"] = sum(best.values())
    return [Step(step, seconds / len(texts) * 1e6) for step, seconds in best.items()]


def _turn(judge: Judge, texts: list[str]) -> _Taken:
    taken = _Taken()
    for begin in range(0, len(texts), _BATCH):
        _batch(judge, texts[begin : begin + _BATCH], taken)
    return taken


def _batch(judge: Judge, texts: list[str], taken: _Taken) -> None:
    """The judge's steps, as `Judge.read` takes them; then the columns of what that made."""
    with taken.by("cleaning"):
        cleaned = compose([""] * len(texts), texts)
    with taken.by("words, sentences, clauses"):
        tokens = judge.lexicon.tokens(cleaned)
    with taken.by("language"):
        judge.languages.detect(tokens)
    with taken.by("mentions of the brand"):
        found = mentions.find(tokens, _BRAND)
    with taken.by("roles, phrases, negation"):
        named = tokens.naming(found.words, judge.lexicon.vocabulary.number_of("_brand_"))
        reading = judge.lexicon.read(named)
    with taken.by("frames"):
        _ = reading.fired
    with taken.by("tone; single words, pairs, n-grams: the table of features"):
        table = judge.scorer.count(reading)
    with taken.by("probabilities"):
        judge.scorer.choose(judge.scorer.probabilities(table))
    judged = judge.read(cleaned, _BRAND)
    with taken.by("facets of all; reason, evidence, quote, person of moments; columns"):
        judge.columns(judged, np.zeros(len(texts), bool))
