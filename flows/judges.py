"""Which judge a watchlist asks for: its `[judge]`."""

from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from analysis.engine import EngineJudge, open_engine
from analysis.judge import Judge, the_judge
from analysis.model import ModelError
from analysis.refitted import load
from flows.exits import UsageError

OURS = "linear"


class WatchedJudge(BaseModel):
    """Who judges; ours unless said otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    engine: str = Field(
        default=OURS, description="`linear` is ours, `onnx` a model of your own (docs/judging.md)."
    )
    path: Path | None = Field(
        default=None, description="Where such a model is: its file or folder."
    )
    weights: Path = Field(
        default=Path("data/weights.tsv"),
        description="What `moments refit` writes; without that file the shipped weights judge.",
    )

    @model_validator(mode="after")
    def _a_model_is_somewhere(self) -> Self:
        if (self.engine == OURS) != (self.path is None):
            raise ValueError("expected `path` with an engine other than linear, and only then")
        return self

    def placed(self, folder: Path) -> Self:
        """The same with its paths starting at a folder."""
        path = self.path and (folder / self.path).resolve()
        weights = (folder / self.weights).resolve()
        return self.model_copy(update={"path": path, "weights": weights})


def judge_of(asked: WatchedJudge) -> Judge:
    """The judge that is asked for, made once per process and version of its files.

    Raises EngineError, and UsageError where the weights cannot be read.
    """
    weights = asked.weights
    stamp = weights.stat().st_mtime_ns if weights.exists() else 0
    return _made(asked, stamp)


@cache
def _made(asked: WatchedJudge, stamp: int) -> Judge:
    try:
        ours = Judge.load(load(asked.weights)) if stamp else the_judge()
    except ModelError as error:
        raise UsageError(str(error)) from error
    if asked.path is None:
        return ours
    return EngineJudge.of(ours, open_engine(asked.engine, asked.path))
