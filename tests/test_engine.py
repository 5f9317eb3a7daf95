"""A classifier of a user's own may weigh the texts; all else of a moment stays ours."""

import json
from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import numpy as np
import onnx
import pandas as pd
import pytest
from onnx import TensorProto, helper
from tokenizers import Tokenizer, models, pre_tokenizers

from analysis import engine
from analysis.engine import EngineError, EngineJudge, open_engine
from analysis.judge import judge, the_judge
from analysis.onnx_engine import OnnxEngine
from data.records import Brand
from flows.appointing import judge_of
from flows.judges import WatchedJudge

WORDS = {"[UNK]": 0, "rude": 1, "lovely": 2}  # what the tiny model knows, each for one verdict
LABELS = ["neither", "poor", "exceptional"]  # in the model's own order
RUDE, KIND, DULL = "So rude today.", "A lovely man at the desk.", "They open at nine."


def tokens_model(folder: Path, labels: Sequence[str] = LABELS) -> Path:
    """A model as transformers are exported: how often each word stands in the text, as logits."""
    folder.mkdir(exist_ok=True)
    depth = helper.make_tensor("depth", TensorProto.INT64, [1], [len(WORDS)])
    values = helper.make_tensor("values", TensorProto.FLOAT, [2], [0.0, 1.0])
    weights = helper.make_tensor("weights", TensorProto.FLOAT, [3, 3], (np.eye(3) * 6).ravel())
    axis = helper.make_tensor("axis", TensorProto.INT64, [1], [1])
    last = helper.make_tensor("last", TensorProto.INT64, [1], [2])
    shift = helper.make_tensor("shift", TensorProto.FLOAT, [3], [0.0, 5.0, 5.0])
    nodes = [
        helper.make_node("OneHot", ["input_ids", "depth", "values"], ["hot"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["hot", "column"], ["shown"]),
        helper.make_node("ReduceMax", ["shown", "axis"], ["found"], keepdims=0),
        helper.make_node("MatMul", ["found", "weights"], ["scores"]),
        helper.make_node("Add", ["scores", "shift"], ["logits"]),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "words"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", 3])]
    constants = [depth, values, weights, axis, last, shift]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
    save(graph, folder / "model.onnx")
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    names = {str(number): label for number, label in enumerate(labels)}
    (folder / "config.json").write_text(json.dumps({"id2label": names}), "utf-8")
    return folder


def texts_model(path: Path, labels: str) -> Path:
    """A model that takes the texts themselves and is sure that each is poor."""
    always = helper.make_tensor("always", TensorProto.FLOAT, [1, 3], [0.05, 0.05, 0.9])
    three = helper.make_tensor("three", TensorProto.INT64, [1], [3])
    nodes = [
        helper.make_node("Shape", ["texts"], ["n"]),
        helper.make_node("Concat", ["n", "three"], ["shape"], axis=0),
        helper.make_node("Expand", ["always", "shape"], ["probabilities"]),
    ]
    graph = helper.make_graph(
        nodes, "tiny", [helper.make_tensor_value_info("texts", TensorProto.STRING, ["n"])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", 3])],
        [always, three],
    )  # fmt: skip
    return save(graph, path, labels=labels)


def save(graph: onnx.GraphProto, path: Path, **known: str) -> Path:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    helper.set_model_props(model, known)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return path


def posts(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"text": texts})


def test_a_transformers_folder_weighs_texts_by_its_labels(tmp_path: Path) -> None:
    found = OnnxEngine(tokens_model(tmp_path)).probabilities([RUDE, KIND, DULL])
    assert [("exceptional", "neither", "poor")[n] for n in found.argmax(axis=1)] == [
        "poor", "exceptional", "neither",
    ]  # fmt: skip
    assert np.allclose(found.sum(axis=1), 1)


def test_padding_beside_a_longer_text_changes_no_weight(tmp_path: Path) -> None:
    mine = OnnxEngine(tokens_model(tmp_path))
    alone = mine.probabilities([RUDE])
    assert np.allclose(mine.probabilities([RUDE, "word " * 600])[0], alone[0])


def test_a_model_of_texts_needs_no_tokenizer(tmp_path: Path) -> None:
    path = texts_model(tmp_path / "tiny.onnx", "exceptional, neither, poor")
    assert np.allclose(OnnxEngine(path).probabilities([DULL] * 40), [[0.05, 0.05, 0.9]] * 40)


def test_the_judge_takes_the_engines_verdict_and_its_own_for_the_rest(tmp_path: Path) -> None:
    path = texts_model(tmp_path / "tiny.onnx", "exceptional,neither,poor")
    by = EngineJudge.of(the_judge(), OnnxEngine(path))
    found = judge(posts("Nobody at the Foxglove desk looked up."), Brand("Foxglove"), by).iloc[0]
    ours = judge(posts("Nobody at the Foxglove desk looked up."), Brand("Foxglove")).iloc[0]
    assert (found["verdict"], round(found["p_poor"], 3)) == ("poor", 0.9)
    same = ["reason", "teller", "touchpoint", "quote", "person"]
    assert found[same].equals(ours[same])
    assert found["model"] == f"{OnnxEngine(path).version}+{ours['model']}"


def test_the_engine_is_asked_only_for_texts_about_the_brand_that_we_read() -> None:
    asked: list[str] = []

    class Listening:
        version = "listening"

        def probabilities(self, texts: Sequence[str]) -> np.ndarray:
            asked.extend(texts)
            return np.tile([0.0, 0.0, 1.0], (len(texts), 1))

    told = judge(
        posts("Foxglove opens at nine.", "The match was a bore.", "Foxglove: nadie me contestó "
              "en la tienda, otra vez la misma historia de siempre."),
        Brand("Foxglove"), EngineJudge.of(the_judge(), Listening()),
    )  # fmt: skip
    assert asked == ["Foxglove opens at nine."]
    assert told["verdict"].tolist() == ["poor", "neither", "unjudged"]


def test_an_engine_that_breaks_its_word_is_named() -> None:
    class Broken:
        version = "broken-1"

        def probabilities(self, texts: Sequence[str]) -> np.ndarray:
            return np.ones((len(texts), 2))

    with pytest.raises(EngineError, match=r"The engine broken-1 gave an array of \(1, 2\) for 1"):
        judge(posts(RUDE), None, EngineJudge.of(the_judge(), Broken()))


def test_a_package_adds_an_engine_by_an_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = EntryPoint("mine", "analysis.onnx_engine:OnnxEngine", engine.GROUP)
    monkeypatch.setattr(engine, "entry_points", lambda group: [point][: group == engine.GROUP])
    path = texts_model(tmp_path / "tiny.onnx", "exceptional,neither,poor")
    assert open_engine("mine", path).version.startswith("onnx-")
    with pytest.raises(EngineError, match=r"There is no engine 'other'; there are: linear, onnx, "):
        open_engine("other", path)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda at: (at / "model.onnx").write_bytes(b"no"), "cannot be opened as an ONNX model"),
        (lambda at: (at / "tokenizer.json").unlink(), "tokenizer.json cannot be read"),
        (lambda at: (at / "config.json").unlink(), "does not name the model's labels (id2label)"),
        (lambda at: tokens_model(at, ["LABEL_0", "LABEL_1", "LABEL_2"]), "are LABEL_0, LABEL_1, "),
    ],
    ids=["no model", "no tokenizer", "no labels", "other labels"],
)
def test_what_is_wrong_with_a_model_is_one_sentence(
    tmp_path: Path, spoil: object, told: str
) -> None:
    spoil(tokens_model(tmp_path))  # type: ignore[operator]
    with pytest.raises(EngineError) as error:
        OnnxEngine(tmp_path)
    assert told in str(error.value)


def test_the_watchlist_chooses_the_engine(tmp_path: Path) -> None:
    texts_model(tmp_path / "tiny.onnx", "exceptional,neither,poor")
    asked = WatchedJudge(engine="onnx", path=Path("tiny.onnx")).placed(tmp_path)
    assert judge_of(asked).version.startswith("onnx-")
    assert judge_of(WatchedJudge().placed(tmp_path)) is the_judge()
    with pytest.raises(ValueError, match="expected `path` with an engine other than linear"):
        WatchedJudge(engine="onnx")
