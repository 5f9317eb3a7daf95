"""A text classifier in ONNX from a local path; needs the extra `onnx`.

The path is a model that takes texts (`*.onnx`), or a folder as transformers are exported to:
`model.onnx`, `tokenizer.json` and `config.json`, whose `id2label` names the verdicts. A model of
texts names them in its metadata `labels` ("exceptional,neither,poor").
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from analysis.arrays import Floats
from analysis.engine import EngineError
from analysis.model import VERDICTS, softmax

_AT_ONCE = 32  # texts; more take memory and no less time
_LONGEST = 512  # tokens, what most text models were trained on


class OnnxEngine:
    """Runs the model on this machine's processors."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else path.parent
        self._model = path / "model.onnx" if path.is_dir() else path
        self._session = _session(self._model)
        self._inputs = {put.name: put.type for put in self._session.get_inputs()}
        self._tokenizer = None if self._takes_texts else _tokenizer(self._folder)
        self._order = _order(self._labels(), self._model)

    @cached_property
    def version(self) -> str:
        """The model's digest."""
        digest = hashlib.sha256()
        for name in (self._model, self._folder / "tokenizer.json", self._folder / "config.json"):
            if name == self._model or (self._tokenizer and name.exists()):
                digest.update(name.read_bytes())
        return f"onnx-{digest.hexdigest()[:10]}"

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """A row per text, in the order of VERDICTS."""
        parts = [self._run(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
        scores = np.concatenate(parts)[:, self._order].astype(np.float64)
        shares = (scores >= 0).all() and np.allclose(scores.sum(axis=1), 1, atol=1e-3)
        return scores if shares else softmax(scores)

    @property
    def _takes_texts(self) -> bool:
        return list(self._inputs.values()) == ["tensor(string)"]

    def _run(self, texts: Sequence[str]) -> Any:
        """The scores of some texts; the model's last output holds them, its first may be labels."""
        if self._tokenizer is None:
            put = self._session.get_inputs()[0]
            shape = (-1, 1) if len(put.shape) == 2 else (-1,)
            fed = {put.name: np.array(texts, object).reshape(shape)}
        else:
            found = self._tokenizer.encode_batch(list(texts))
            known = {
                "input_ids": [one.ids for one in found],
                "attention_mask": [one.attention_mask for one in found],
                "token_type_ids": [one.type_ids for one in found],
            }
            fed = {name: np.array(known[name], np.int64) for name in self._inputs}
        return np.asarray(self._session.run(None, fed)[-1])

    def _labels(self) -> list[str]:
        if self._tokenizer is None:
            named = self._session.get_modelmeta().custom_metadata_map.get("labels", "")
            return [label.strip() for label in named.split(",")]
        try:
            named = json.loads((self._folder / "config.json").read_text("utf-8"))["id2label"]
            return [named[str(number)] for number in range(len(named))]
        except (OSError, ValueError, KeyError) as error:
            raise EngineError(
                f"{self._folder / 'config.json'} does not name the model's labels (id2label)."
            ) from error


def _session(model: Path) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError(
            "The engine `onnx` needs onnxruntime and tokenizers, which are not installed. Install "
            "service-moments with its extra `onnx`."
        ) from error
    try:
        return onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no public root
        told = str(error).strip().splitlines()[0]
        raise EngineError(f"{model} cannot be opened as an ONNX model: {told}") from error


def _tokenizer(folder: Path) -> Any:
    import tokenizers

    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise EngineError(
            f"The model takes tokens, and {folder / 'tokenizer.json'} cannot be read: {error}."
        ) from error
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding()
    return tokenizer


def _order(labels: Sequence[str], model: Path) -> list[int]:
    """Where each verdict stands among the model's outputs."""
    known = [label.strip().lower() for label in labels]
    if sorted(known) != sorted(VERDICTS):
        raise EngineError(
            f"The labels of {model} are {', '.join(labels) or 'not named'}; expected "
            f"{', '.join(VERDICTS)}."
        )
    return [known.index(verdict) for verdict in VERDICTS]
