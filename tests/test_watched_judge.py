"""`moments judge` and `moments explain` judge as a watchlist does, where one is named."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from test_engine import texts_model

from analysis.judge import the_judge
from analysis.model import VERDICTS, Model
from analysis.refitted import Refitted
from flows.exits import UsageError
from flows.explaining import explain_text
from flows.judging_files import judge_file

RUDE = "Nobody looked up from the desk, so I walked out."
DULL = "They open at nine."
WATCHLIST = '[[brands]]\nname = "X"\n[[sources]]\nname = "n"\nkind = "feed"\npreset = "bing-news"\n'


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A watchlist whose engine is sure that whatever it reads is poor."""
    texts_model(tmp_path / "tiny.onnx", "exceptional,neither,poor")
    asked = '[judge]\nengine = "onnx"\npath = "tiny.onnx"\n'
    (tmp_path / "watchlist.toml").write_text(WATCHLIST + asked, "utf-8")
    return tmp_path / "watchlist.toml"


@pytest.fixture
def refitted(tmp_path: Path) -> Path:
    """A watchlist beside whose ledger are weights that find everything exceptional."""
    ours = Model.load()
    bias = np.where(np.array(VERDICTS) == "exceptional", 50.0, 0.0)
    weights = Refitted.made_of(replace(ours, bias=ours.bias + bias), 12)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "weights.tsv").write_bytes(weights.content())
    (tmp_path / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    return tmp_path / "watchlist.toml"


def judged(folder: Path, watchlist: Path | None) -> list[dict[str, str]]:
    rows = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate((RUDE, DULL))]
    (folder / "in.jsonl").write_text("\n".join(rows), "utf-8")
    judge_file(folder / "in.jsonl", folder / "out.csv", watchlist, Console(quiet=True))
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def explained(text: str, watchlist: Path | None) -> str:
    out = Console(record=True, width=200)
    explain_text(text, None, watchlist, out)
    return out.export_text()


def test_without_a_watchlist_the_judge_that_ships_does_it(tmp_path: Path, engine: Path) -> None:
    rows = judged(tmp_path, None)
    assert [row["verdict"] for row in rows] == ["poor", "neither"]
    assert {row["model"] for row in rows} == {the_judge().version}
    assert explained(DULL, None).startswith("neither")


def test_a_file_is_judged_by_the_watchlists_engine(tmp_path: Path, engine: Path) -> None:
    rows = judged(tmp_path, engine)
    assert [row["verdict"] for row in rows] == ["poor", "poor"]
    assert {row["p_poor"] for row in rows} == {"0.9"}
    assert rows[0]["model"].startswith("onnx-")


def test_a_file_is_judged_by_the_watchlists_weights(tmp_path: Path, refitted: Path) -> None:
    rows = judged(tmp_path, refitted)
    assert [row["verdict"] for row in rows] == ["exceptional", "exceptional"]
    assert rows[0]["model"].startswith("refit-")


def test_an_engines_verdict_is_explained_as_its_own(engine: Path) -> None:
    told = explained(DULL, engine)
    assert told.startswith("poor  (90 % sure)")
    assert "judged by onnx-" in told
    assert "what our own weights make of it" in told


def test_refitted_weights_explain_themselves(refitted: Path) -> None:
    told = explained(RUDE, refitted)
    assert told.startswith("exceptional")
    assert "judged by refit-" in told
    assert "our own weights make" not in told


def test_weights_that_cannot_be_read_are_one_sentence(refitted: Path) -> None:
    (refitted.parent / "data" / "weights.tsv").write_text("feature\n", "utf-8")
    with pytest.raises(UsageError, match="does not hold weights"):
        explained(RUDE, refitted)
