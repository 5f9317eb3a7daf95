"""Weights refitted to analysts' corrections: one file of a user's own, read instead of ours.

The first line holds, as JSON, what `model.json` holds and what the weights were made of; the rest
is a table like `weights.tsv`. Nothing that ships is written over.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.model import Model, ModelError
from analysis.versions import shipped

_MARK = "# "


@dataclass(frozen=True)
class Refitted(Model):
    """Weights with the release and the number of corrections that they were made of."""

    shipped: str = ""  # the version of the weights that shipped then
    corrections: int = 0

    @cached_property
    def version(self) -> str:
        """Changes whenever a verdict could: with the lexicon and with each refit."""
        content = shipped().encode() + self.content()
        return f"refit-{hashlib.sha256(content).hexdigest()[:10]}"

    def content(self) -> bytes:
        """The file."""
        made_of = {"shipped": self.shipped, "corrections": self.corrections}
        return f"{_MARK}{json.dumps(self.facts() | made_of)}\n{self.table()}".encode()

    @classmethod
    def made_of(cls, model: Model, corrections: int) -> "Refitted":
        """A model as it is read back from its file."""
        bare = cls(
            model.names, model.weights, model.intercept, model.temperature, model.bias,
            model.alert, shipped(), corrections,
        )  # fmt: skip
        return read(bare.content(), "the refitted weights")


def read(content: bytes, name: str) -> Refitted:
    """The weights of a file's content. Raises ModelError."""
    try:
        first, table = content.decode("utf-8").split("\n", 1)
        known = json.loads(first.removeprefix(_MARK))
        model = Model.of(table, known)
        return Refitted(
            model.names, model.weights, model.intercept, model.temperature, model.bias,
            model.alert, known["shipped"], int(known["corrections"]),
        )  # fmt: skip
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ModelError(
            f"{name} does not hold weights ({error}). Make them anew with `moments refit`, or "
            "remove the file to judge with the weights that ship."
        ) from error


def load(path: Path) -> Refitted:
    """The weights of a file. Raises ModelError, OSError."""
    return read(path.read_bytes(), str(path))
