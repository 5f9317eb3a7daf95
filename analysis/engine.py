"""A stronger text classifier in place of our weights, behind the same judge.

An engine weighs texts and nothing else. Whether a text is about the brand and in a language we
read, who tells it, why, where, its evidence and its quote stay ours.

A package adds an engine by an entry point of the group `service_moments.engines`: something that
is called with the path from the watchlist and gives an `Engine`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

import numpy as np

from analysis.arrays import Flags, Floats
from analysis.judge import Judge, Judged
from analysis.model import VERDICTS
from data.errors import UserError
from data.records import Brand

GROUP = "service_moments.engines"


class EngineError(UserError):
    """An engine that cannot be had or does not do as agreed; says what to do."""


class Engine(Protocol):
    """Weighs texts."""

    @property
    def version(self) -> str:
        """Changes whenever a probability could."""
        ...

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """A row per text: how likely it is exceptional, neither and poor, which sum to 1."""
        ...


@dataclass(frozen=True)
class EngineJudge(Judge):
    """Our judge, its verdicts by an engine."""

    engine: Engine

    @classmethod
    def of(cls, judge: Judge, engine: Engine) -> "EngineJudge":
        """The judge with another's weighing."""
        return cls(judge.lexicon, judge.languages, judge.scorer, judge.facets, engine)

    @property
    def version(self) -> str:
        """The engine's, and ours, since all but the verdict is ours."""
        return f"{self.engine.version}+{super().version}"

    def weighed(self, texts: Sequence[str], brand: Brand | None, unsaid: Flags) -> Judged:
        """As ours; the engine is asked for texts about the brand in a language that we read."""
        judged = self.read(texts, brand)
        asked = (judged.mentions.posts | unsaid) & (np.array(judged.language, object) == "en")
        probabilities = np.tile([0.0, 1.0, 0.0], (len(texts), 1))
        if asked.any():
            probabilities[asked] = self._by_engine(
                [texts[at] for at in np.flatnonzero(asked).tolist()]
            )
        verdict = probabilities.argmax(axis=1)
        return replace(judged, probabilities=probabilities, verdict=verdict)

    def _by_engine(self, texts: Sequence[str]) -> Floats:
        found = np.asarray(self.engine.probabilities(texts), np.float64)
        shape = (len(texts), len(VERDICTS))
        if found.shape != shape or not np.allclose(found.sum(axis=1), 1, atol=1e-3):
            raise EngineError(
                f"The engine {self.engine.version} gave an array of {found.shape} for {len(texts)} "
                f"texts; expected {shape}, each row the probabilities of {', '.join(VERDICTS)}."
            )
        return found


def open_engine(name: str, path: Path) -> Engine:
    """The engine of a name on the model at a path. Raises EngineError."""
    if name == "onnx":
        from analysis.onnx_engine import OnnxEngine  # its libraries are an extra

        return OnnxEngine(path)
    named = {point.name: point for point in entry_points(group=GROUP)}
    if name not in named:
        known = ", ".join(["linear", "onnx", *sorted(named)])
        raise EngineError(f"There is no engine {name!r}; there are: {known}.")
    try:
        make: Callable[[Path], Engine] = named[name].load()
        return make(path)
    except EngineError:
        raise
    except Exception as error:  # a stranger's package: whatever it raises, its user can mend it
        raise EngineError(f"The engine {name!r} cannot be opened on {path}: {error}.") from error
