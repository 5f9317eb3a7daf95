"""How well the questions beside the verdict are answered: reason, teller, touchpoint and so on.

A facet can only be right on a moment that was found. So each has two figures: among the moments
whose verdict was right, and among all moments, where one not found is one not answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation import measure
from evaluation.measure import Counts

FACETS = ("reason", "touchpoint", "stage", "churn")
# The guide of the evaluation sets knows these two only as parts of others.
FOLDED = {"scripted": "rude", "unfair": "mishandled"}


@dataclass(frozen=True, slots=True)
class Facet:
    """One question's figures: on moments found, and on all of them."""

    name: str
    labels: tuple[str, ...]
    found: Counts
    all: Counts

    @property
    def macro_f1(self) -> float:
        """On moments found."""
        return float(measure.macro_f1(self.found))


@dataclass(frozen=True, slots=True)
class Persons:
    """Named employees among moments found: how many were there, named, and named rightly."""

    there: int
    named: int
    right: int


def of(truth: pd.DataFrame, judged: pd.DataFrame) -> Iterator[Facet]:
    """Figures of every facet that is labelled in `truth`; rows of both belong together."""
    moment, found = (truth["verdict"] != "neither").to_numpy(), _found(truth, judged)
    for name in FACETS:
        if name in truth and (truth[name] != "").any():
            told, answer = truth[name].to_numpy(), _folded(judged[name], truth[name])
            labels = tuple(sorted(set(told[moment])))
            yield Facet(
                name,
                labels,
                measure.confusion(told[found], answer[found], labels),
                measure.confusion(told[moment], answer[moment], labels),
            )


def teller(truth: pd.DataFrame, judged: pd.DataFrame, moments: bool) -> Counts:
    """Who tells it, over moments or over all posts: every post has a teller."""
    rows = (truth["verdict"] != "neither").to_numpy() | (not moments)
    told, answer = truth["teller"].to_numpy()[rows], judged["teller"].to_numpy()[rows]
    return measure.confusion(told, answer, tellers(truth))


def tellers(truth: pd.DataFrame) -> tuple[str, ...]:
    """The tellers there are."""
    return tuple(sorted(set(truth["teller"])))


def persons(truth: pd.DataFrame, judged: pd.DataFrame) -> Persons:
    """Whether the employee named is the one the text names, capitals aside."""
    found = _found(truth, judged)
    told = truth["person"][found].str.lower().to_numpy()
    named = judged["person"].to_numpy()[found]
    right = sum(
        bool(name) and _same(str(name).lower(), str(person))
        for name, person in zip(named, told, strict=True)
    )
    return Persons(int((told != "").sum()), int((named != "").sum()), right)


def _found(truth: pd.DataFrame, judged: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Moments whose verdict is right."""
    told = truth["verdict"].to_numpy()
    return np.asarray((told != "neither") & (told == judged["verdict"].to_numpy()), bool)


def _same(name: str, person: str) -> bool:
    """Titles apart: "Dr Amrit" is Amrit."""
    return bool(person) and (name in person or person in name)


def _folded(judged: "pd.Series[str]", truth: "pd.Series[str]") -> npt.NDArray[np.object_]:
    fine = set(FOLDED) & set(truth)
    return np.asarray(judged if fine else judged.replace(FOLDED), object)
