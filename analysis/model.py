"""The weights, and what follows from them: two linear models over named features, mixed.

Words mean one thing in a blunt post and another in a told story: "he waited" is a complaint in
the one, and in the other may be somebody's kindness. So each feature has weights as a plain post
is read and as a story is, and a weight for how much the text tells a story, which mixes the two.

`weights.tsv` has a line per feature, with its name and the weights of COLUMNS, sorted by name;
`model.json` what is not a weight. Both are written by `evaluation/train.py` and read here;
judging needs no more than a product of matrices.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from scipy.sparse import csr_array

from analysis.arrays import Cells, Flags, Floats, Ints
from analysis.compiled import compiled
from analysis.features import SIDES, Counter
from analysis.frames import FOLDER, Frame, Lexicon, Reading
from analysis.ngrams import WORD
from analysis.versions import FACTS, shipped

VERDICTS = ("exceptional", "neither", "poor")
TELLING = "telling"
COLUMNS = (*VERDICTS, *(f"story:{verdict}" for verdict in VERDICTS), TELLING)
WEIGHTS = FOLDER / "weights.tsv"
_NO_SIDE = 3  # of a feature that has nothing to do with the frames of one of SIDES
_PLAIN, _STORY = slice(0, len(VERDICTS)), slice(len(VERDICTS), 2 * len(VERDICTS))
_SUMS = ("side", "sure", "lead", "first", "last", "but")  # features that sum over frames


class ModelError(ValueError):
    """Weights that do not fit the lexicon; the message says what to do."""


@dataclass(frozen=True)
class Model:
    """Weights by feature name, and the numbers beside them."""

    names: tuple[str, ...]
    weights: Floats  # features by COLUMNS
    intercept: Floats  # of COLUMNS
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
            weights=np.array([row[1:] for row in rows], float).reshape(-1, len(COLUMNS)),
            intercept=np.array([known["intercept"][column] for column in COLUMNS]),
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
        lines = ["\t".join(["feature", *COLUMNS])]
        for number in sorted(range(len(self.names)), key=self.names.__getitem__):
            values = (f"{value:.3f}" for value in self.weights[number])
            lines.append("\t".join([self.names[number], *values]))
        return "\n".join(lines) + "\n"

    def facts(self) -> dict[str, Any]:
        """What is not a weight, rounded."""
        return {
            "intercept": dict(zip(COLUMNS, np.round(self.intercept, 3).tolist(), strict=True)),
            "temperature": round(self.temperature, 3),
            "bias": dict(zip(VERDICTS, np.round(self.bias, 3).tolist(), strict=True)),
            "alert": {verdict: round(at, 3) for verdict, at in self.alert.items()},
        }

    @cached_property
    def version(self) -> str:
        """Changes whenever a verdict could."""
        return shipped()


class Scorer:
    """A model over a lexicon: counts features and weighs them."""

    def __init__(self, lexicon: Lexicon, model: Model) -> None:
        self.model = model
        words = [name.removeprefix(WORD) for name in model.names if name.startswith(WORD)]
        self._counter = Counter(lexicon, words)
        self.names = self._counter.names
        row = {name: number for number, name in enumerate(model.names)}
        none = np.zeros((1, len(COLUMNS)))  # what a feature weighs that the model does not know
        rows = [row.get(name, len(row)) for name in self.names]
        self._weights = np.vstack([model.weights, none])[rows]
        self._against = np.stack([_against(self._weights[:, of]) for of in (_PLAIN, _STORY)])
        self._sides = _sides(self.names, {frame.id: frame for frame in lexicon.frames})

    def count(self, reading: Reading) -> csr_array:
        """Posts by features, numbered as `names`."""
        return self._counter.count(reading)

    def probabilities(self, table: csr_array) -> Floats:
        """Posts by verdicts."""
        scores = table @ self._weights + self.model.intercept
        mixed = _mixed(scores[:, _PLAIN], scores[:, _STORY], _logistic(scores[:, -1])[:, None])
        return softmax(mixed / self.model.temperature)

    def telling(self, table: csr_array) -> Floats:
        """Per post: how much of a told story it is, from 0 to 1."""
        return _logistic(table @ self._weights[:, -1] + self.model.intercept[-1])

    def weight(self, feature: int, verdict: int, telling: float) -> float:
        """The weight of a feature for a verdict in a text that is so much of a story."""
        plain, story = self._weights[feature, _PLAIN], self._weights[feature, _STORY]
        return float(_mixed(plain[verdict], story[verdict], telling))

    def choose(self, probabilities: Floats) -> Ints:
        """The verdict of each post, as its number in VERDICTS."""
        return np.asarray((np.log(probabilities + 1e-12) + self.model.bias).argmax(axis=1))

    def shares(self, table: csr_array, verdict: Ints) -> Floats:
        """Per cell of the table: how far it speaks for the verdict of its row, in log odds.

        A side's verdict is weighed against "neither", "neither" against the mean of the sides. What
        sums over frames weigh is credited to the frames they sum, since those have words to show.
        """
        telling = self.telling(table)
        return _shares(
            table.indptr, table.indices, table.data, verdict, telling, self._against, *self._sides
        )


@compiled
def _shares(
    first: Cells, feature: Cells, value: Floats, verdict: Ints, telling: Floats,
    against: Floats, side: Ints, weight: Floats, pooled: Flags,
) -> Floats:  # fmt: skip
    """Per cell; `first` is the first cell of each row and one more, the last three are `_sides`.

    What a pooled feature weighs goes to the frames of its side in the row, by their weights.
    """
    share = np.empty(len(value))
    total, pool = np.empty(_NO_SIDE + 1), np.empty(_NO_SIDE + 1)
    for row in range(len(verdict)):
        plain, story = against[0, verdict[row]], against[1, verdict[row]]
        total[:] = pool[:] = 0.0
        for cell in range(first[row], first[row + 1]):
            this = feature[cell]
            share[cell] = value[cell] * (plain[this] + telling[row] * (story[this] - plain[this]))
            total[side[this]] += weight[this]
            if pooled[this]:
                pool[side[this]] += share[cell]
        for cell in range(first[row], first[row + 1]):
            this = feature[cell]
            if side[this] < _NO_SIDE and total[side[this]] > 0:
                part = 0.0 if pooled[this] else share[cell]
                share[cell] = part + weight[this] / total[side[this]] * pool[side[this]]
    return share


def _sides(names: list[str], frames: dict[str, Frame]) -> tuple[Ints, Floats, Flags]:
    """Per feature: its side, a frame's weight, and whether it sums over frames."""
    side = np.full(len(names), _NO_SIDE)
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


def _against(weights: Floats) -> Floats:
    """Verdicts by features: what speaks for each verdict, less what speaks against it."""
    exceptional, neither, poor = weights.T
    return np.stack([exceptional - neither, neither - (exceptional + poor) / 2, poor - neither])


def _mixed(plain: Floats, story: Floats, telling: Floats | float) -> Floats:
    return plain + telling * (story - plain)


def _logistic(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-scores)))


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, row by row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
