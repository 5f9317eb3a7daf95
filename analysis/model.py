"""The weights, and what follows from them: two linear models over named features, mixed.

Words mean one thing in a blunt post and another in a told story: "he waited" is a complaint in
the one, and in the other may be somebody's kindness. So each feature has weights as a plain post
is read and as a story is, and a weight for how much the text tells a story, which mixes the two.

`weights.tsv` has a line per feature, with its name and the weights of COLUMNS, sorted by name;
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
TELLING = "telling"
COLUMNS = (*VERDICTS, *(f"story:{verdict}" for verdict in VERDICTS), TELLING)
WEIGHTS = FOLDER / "weights.tsv"
FACTS = FOLDER / "model.json"
_WORD = "word:"
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
        self._weights = np.zeros((len(self.names), len(COLUMNS)))
        have = [number for number, name in enumerate(self.names) if name in row]
        self._weights[have] = model.weights[[row[self.names[number]] for number in have]]
        self._against = np.stack([_against(self._weights[:, of]) for of in (_PLAIN, _STORY)])
        self._sides = _sides(self.names, {frame.id: frame for frame in lexicon.frames})

    def count(self, reading: Reading) -> csr_array:
        """Posts by features, numbered as `names`."""
        words = self._ngrams.count(reading).shifted(len(self._counter.names))
        cells = joined([self._counter.count(reading), words])
        return cells.table(reading.tokens.posts, len(self.names))

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
        row = np.repeat(np.arange(len(verdict)), np.diff(table.indptr))
        plain, story = self._against[:, verdict[row], table.indices]
        share = table.data * _mixed(plain, story, self.telling(table)[row])
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
