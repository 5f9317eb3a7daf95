"""The weights, and what follows from them: a linear model over named features.

`weights.tsv` has a line per feature, `name  exceptional  neither  poor`, sorted by name;
`model.json` what is not a weight. Both are written by `evaluation/train.py` and read here;
judging needs no more than a product of matrices.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_array

from analysis.arrays import Flags, Floats, Ints
from analysis.cells import joined
from analysis.features import SIDES, Counter
from analysis.frames import FOLDER, Frame, Lexicon, Reading
from analysis.ngrams import Ngrams

VERDICTS = ("exceptional", "neither", "poor")
WEIGHTS = FOLDER / "weights.tsv"
FACTS = FOLDER / "model.json"
_WORD = "word:"
_SUMS = ("side", "sure", "lead", "first", "last", "but")  # features that sum over frames


class ModelError(ValueError):
    """Weights that do not fit the lexicon; the message says what to do."""


@dataclass(frozen=True)
class Model:
    """Weights by feature name, and the numbers beside them."""

    names: tuple[str, ...]
    weights: Floats  # features by verdicts
    intercept: Floats
    temperature: float  # scores are divided by it, so that a probability means what it says
    bias: Floats  # added to the log probabilities before choosing: the thresholds per class
    alert: dict[str, float]  # per verdict: the probability above which it is worth an alert

    @classmethod
    def load(cls, weights: Path = WEIGHTS, facts: Path = FACTS) -> "Model":
        """Read the shipped weights. Raises ModelError."""
        try:
            return cls.of(weights.read_text("utf-8"), json.loads(facts.read_text("utf-8")))
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise ModelError(f"{weights.name}, {facts.name}: {error}; run `make train`") from error

    @classmethod
    def of(cls, table: str, known: Mapping[str, Any]) -> Self:
        """The model of a table's lines and of what is known beside it.

        Raises ValueError, KeyError or IndexError where they hold none.
        """
        rows = [line.split("\t") for line in table.splitlines()[1:]]
        return cls(
            names=tuple(row[0] for row in rows),
            weights=np.array([row[1:] for row in rows], float).reshape(-1, len(VERDICTS)),
            intercept=np.array([known["intercept"][verdict] for verdict in VERDICTS]),
            temperature=float(known["temperature"]),
            bias=np.array([known["bias"][verdict] for verdict in VERDICTS]),
            alert=dict(known["alert"]),
        )

    def save(self, weights: Path = WEIGHTS, facts: Path = FACTS) -> None:
        """Write the weights as they ship."""
        weights.write_text(self.table(), "utf-8")
        facts.write_text(json.dumps(self.facts(), indent=2) + "\n", "utf-8")

    def table(self) -> str:
        """The weights, sorted by name and rounded."""
        lines = ["\t".join(["feature", *VERDICTS])]
        for number in sorted(range(len(self.names)), key=self.names.__getitem__):
            values = (f"{value:.3f}" for value in self.weights[number])
            lines.append("\t".join([self.names[number], *values]))
        return "\n".join(lines) + "\n"

    def facts(self) -> dict[str, Any]:
        """What is not a weight, rounded."""
        return {
            "intercept": dict(zip(VERDICTS, np.round(self.intercept, 3).tolist(), strict=True)),
            "temperature": round(self.temperature, 3),
            "bias": dict(zip(VERDICTS, np.round(self.bias, 3).tolist(), strict=True)),
            "alert": {verdict: round(at, 3) for verdict, at in self.alert.items()},
        }

    @cached_property
    def version(self) -> str:
        """Changes whenever a verdict could."""
        digest = hashlib.sha256()
        for path in sorted([*FOLDER.rglob("*.txt"), *FOLDER.rglob("*.tsv"), FACTS]):
            digest.update(path.name.encode() + path.read_bytes())
        return f"linear-{digest.hexdigest()[:10]}"


class Scorer:
    """A model over a lexicon: counts features and weighs them."""

    def __init__(self, lexicon: Lexicon, model: Model) -> None:
        self.model = model
        self._counter = Counter(lexicon)
        row = {name: number for number, name in enumerate(model.names)}
        words = [name.removeprefix(_WORD) for name in model.names if name.startswith(_WORD)]
        self._ngrams = Ngrams(words)
        self.names = [*self._counter.names, *(_WORD + word for word in words)]
        self._weights = np.zeros((len(self.names), len(VERDICTS)))
        have = [number for number, name in enumerate(self.names) if name in row]
        self._weights[have] = model.weights[[row[self.names[number]] for number in have]]
        exceptional, neither, poor = self._weights.T
        self._against = np.stack(
            [exceptional - neither, neither - (exceptional + poor) / 2, poor - neither]
        )
        self._sides = _sides(self.names, {frame.id: frame for frame in lexicon.frames})

    def count(self, reading: Reading) -> csr_array:
        """Posts by features, numbered as `names`."""
        words = self._ngrams.count(reading).shifted(len(self._counter.names))
        cells = joined([self._counter.count(reading), words])
        return cells.table(reading.tokens.posts, len(self.names))

    def probabilities(self, table: csr_array) -> Floats:
        """Posts by verdicts."""
        return softmax((table @ self._weights + self.model.intercept) / self.model.temperature)

    def weight(self, feature: int, verdict: int) -> float:
        """The weight of a feature for a verdict."""
        return float(self._weights[feature, verdict])

    def choose(self, probabilities: Floats) -> Ints:
        """The verdict of each post, as its number in VERDICTS."""
        return np.asarray((np.log(probabilities + 1e-12) + self.model.bias).argmax(axis=1))

    def shares(self, table: csr_array, verdict: Ints) -> Floats:
        """Per cell of the table: how far it speaks for the verdict of its row, in log odds.

        A side's verdict is weighed against "neither", "neither" against the mean of the sides. What
        sums over frames weigh is credited to the frames they sum, since those have words to show.
        """
        row = np.repeat(np.arange(len(verdict)), np.diff(table.indptr))
        share = table.data * self._against[verdict[row], table.indices]
        return self._credited(row, table.indices, share)

    def _credited(self, row: Ints, feature: Ints, share: Floats) -> Floats:
        sides, weights, sums = self._sides
        counts = np.flatnonzero(sides[feature] < len(SIDES))  # frames and their sums: few
        row, feature, part = row[counts], feature[counts], share[counts]
        weight, pooled = weights[feature], sums[feature]
        key = row * len(SIDES) + sides[feature]
        total = np.bincount(key, weight)
        pool = np.bincount(key, part * pooled)
        credit = np.divide(weight, total[key], out=np.zeros(len(key)), where=total[key] > 0)
        share[counts] = np.where(pooled & (total[key] > 0), 0.0, part) + credit * pool[key]
        return share


def _sides(names: list[str], frames: dict[str, Frame]) -> tuple[Ints, Floats, Flags]:
    """Per feature: its side (3 for none), a frame's weight, and whether it sums over frames."""
    side = np.full(len(names), len(SIDES))
    weight = np.zeros(len(names))
    pooled = np.zeros(len(names), bool)
    for number, name in enumerate(names):
        kind, _, rest = name.partition(":")
        if kind == "frame":
            side[number], weight[number] = SIDES.index(frames[rest].side), frames[rest].weight
        elif kind in _SUMS or kind in SIDES:
            side[number] = SIDES.index(rest if kind in _SUMS else kind)
            pooled[number] = True
    return side, weight, pooled


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
