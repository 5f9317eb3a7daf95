"""Which judge a watchlist asks for: its `[judge]`."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

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
