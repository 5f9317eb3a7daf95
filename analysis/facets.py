"""What else is asked of a moment: why, who tells, where, front or back, is the customer leaving.

Each is a small linear model of its own over the verdict's features, one for each side where the
values differ by side; `facets.tsv` has a line per weight, `side  facet  value  feature  weight`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array

from analysis.arrays import Floats, Ints
from analysis.frames import FOLDER

WEIGHTS = FOLDER / "facets.tsv"
FACETS = ("reason", "teller", "touchpoint", "stage", "churn")
INTERCEPT = "(always)"
ANY = "any"  # the side of a facet that every post has
OF_MOMENTS = tuple(facet for facet in FACETS if facet != "teller")


@dataclass(frozen=True)
class Choice:
    """One facet on one side: its values, and features by values."""

    values: tuple[str, ...]
    weights: Floats
    intercept: Floats


class Choices:
    """Some facets of one side, weighed together: a product with all weights costs little more."""

    def __init__(self, choices: Mapping[str, Choice]) -> None:
        self._choices = dict(choices)
        self._weights = np.hstack([choice.weights for choice in choices.values()])
        self._first = np.cumsum([len(choice.values) for choice in choices.values()])[:-1]

    def pick(self, table: csr_array) -> dict[str, pa.Array]:
        """The value of each facet for each row of posts by features."""
        scores = np.split(table @ self._weights, self._first, axis=1)
        return {
            facet: picked(choice.values, (score + choice.intercept).argmax(axis=1))
            for (facet, choice), score in zip(self._choices.items(), scores, strict=True)
        }


def texts_of(texts: Sequence[str]) -> pa.Array:
    """Texts as a column is made of."""
    return pa.array(texts, pa.large_string())


def picked(values: Sequence[str], numbers: Ints) -> pa.Array:
    """The values with these numbers."""
    return texts_of(values).take(pa.array(numbers))


def by_side(names: list[str], path: Path = WEIGHTS) -> dict[str, Choices]:
    """Read the shipped weights: the facets of moments of either side, and of any post."""
    told: dict[str, dict[str, Choice]] = defaultdict(dict)
    for (side, facet), choice in load(names, path).items():
        told[side][facet] = choice
    return {side: Choices(choices) for side, choices in told.items()}


def load(names: list[str], path: Path = WEIGHTS) -> dict[tuple[str, str], Choice]:
    """The same as (side, facet) -> Choice."""
    cells: dict[tuple[str, str], list[tuple[str, str, float]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines()[1:]:
        side, facet, value, feature, weight = line.split("\t")
        cells[side, facet].append((value, feature, float(weight)))
    number = {name: at for at, name in enumerate(names)}
    return {key: _choice(rows, number) for key, rows in cells.items()}


def _choice(rows: list[tuple[str, str, float]], number: dict[str, int]) -> Choice:
    values = tuple(dict.fromkeys(value for value, _, _ in rows))
    weights = np.zeros((len(number), len(values)))
    intercept = np.zeros(len(values))
    for value, feature, weight in rows:
        if feature == INTERCEPT:
            intercept[values.index(value)] = weight
        elif feature in number:
            weights[number[feature], values.index(value)] = weight
    return Choice(values, weights, intercept)


def save(choices: dict[tuple[str, str], Choice], names: list[str], path: Path = WEIGHTS) -> None:
    """Write weights that count, sorted."""
    lines = ["side\tfacet\tvalue\tfeature\tweight"]
    for (side, facet), choice in sorted(choices.items()):
        for at, value in enumerate(choice.values):
            lines.append(f"{side}\t{facet}\t{value}\t{INTERCEPT}\t{choice.intercept[at]:.3f}")
            heavy = np.flatnonzero(np.abs(choice.weights[:, at]) >= 0.05)
            rows = sorted((names[row], choice.weights[row, at]) for row in heavy)
            lines += [f"{side}\t{facet}\t{value}\t{name}\t{weight:.2f}" for name, weight in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
