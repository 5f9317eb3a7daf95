"""What the judge makes of each labelled set, and the figures that follow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.judge import judge
from analysis.model import Model
from evaluation import corpus, facets, measure, shared_sets
from evaluation.corpus import VERDICTS
from evaluation.measure import Counts

SHIPPED = ("dev", "test", "unread")
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
_TASK = ("macro_f1", "exceptional_f1", "poor_f1")


@dataclass(frozen=True)
class Reading:
    """A labelled set and its judged rows, which belong together one by one."""

    name: str
    truth: pd.DataFrame
    judged: pd.DataFrame

    @property
    def counts(self) -> Counts:
        """True against judged verdicts."""
        return measure.confusion(self.truth["verdict"], self.judged["verdict"], VERDICTS)

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        """Per post: the verdict is right."""
        told, found = self.truth["verdict"].to_numpy(), self.judged["verdict"].to_numpy()
        return np.asarray(told == found, bool)

    def reliability(self) -> list[measure.Bin]:
        """How often verdicts of each band of confidence are right."""
        return measure.reliability(self.judged["confidence"].to_numpy(), self.right, EDGES)

    def alerts(self, verdict: str, threshold: float) -> tuple[int, float]:
        """Posts that alert for this verdict, and the share of them that is right."""
        sure = self.judged[f"p_{verdict}"] >= threshold
        loud = (self.judged["verdict"] == verdict) & sure
        return int(loud.sum()), float(self.right[loud].mean()) if loud.any() else 0.0


def shipped(posts: pd.DataFrame) -> Iterator[Reading]:
    """The parts that no weight has seen, as judged."""
    for part in SHIPPED:
        truth = posts[posts["part"] == part].reset_index(drop=True)
        yield Reading(part, truth, judge(corpus.as_posts(truth), None))


def shared() -> Iterator[Reading]:
    """Other people's sets as judged, by their words alone; none where they are not there."""
    for name in shared_sets.names() if shared_sets.present() else ():
        truth = shared_sets.load(name)
        yield Reading(name, truth, judge(truth[["text"]].assign(title=""), None))


def figures(reading: Reading, alert: Mapping[str, float]) -> dict[str, float]:
    """The set's figures that floors are pinned for, by `set.figure`."""
    if reading.name in shared_sets.QUIET:
        told = {"quiet": 1 - false_alarms(reading)}
    elif reading.name.startswith("airline"):
        told = {"poor_f1": float(measure.f1(reading.counts)[VERDICTS.index("poor")])}
    else:
        each = measure.f1(reading.counts)
        told = dict(zip(_TASK, (float(measure.macro_f1(reading.counts)), *each), strict=False))
    if "reason" in reading.truth and (reading.truth["reason"] != "").any():
        told |= _facet_figures(reading) | _alert_figures(reading, alert)
    return {f"{reading.name}.{name}": figure for name, figure in told.items()}


def false_alarms(reading: Reading) -> float:
    """Share of a set without moments in which one is seen."""
    return float(reading.judged["verdict"].isin(["exceptional", "poor"]).mean())


def alert_thresholds() -> dict[str, float]:
    """Probability from which a verdict is worth an alert, as shipped."""
    return Model.load().alert


def _facet_figures(reading: Reading) -> dict[str, float]:
    told = {
        f"{facet.name}_f1": facet.macro_f1 for facet in facets.of(reading.truth, reading.judged)
    }
    moments = facets.teller(reading.truth, reading.judged, moments=True)
    return told | {"teller_accuracy": float(measure.accuracy(moments))}


def _alert_figures(reading: Reading, alert: Mapping[str, float]) -> dict[str, float]:
    error = measure.calibration_error(reading.reliability())
    right = {f"{name}_alerts_right": reading.alerts(name, at)[1] for name, at in alert.items()}
    return {"calibrated": 1 - error, **right}
