"""Corrections go out as labelled posts, and the weights are fitted anew with them."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from handing import SHARED, hand_back, said
from rich.console import Console
from test_corrections import DULL, RUDE

from analysis import refitted
from analysis.judge import Judge, judge, the_judge
from analysis.model import WEIGHTS, Model, ModelError
from analysis.refitted import Refitted
from evaluation import corpus
from evaluation.refit import Figure, Refit, refit
from flows import refitting
from flows.appointing import judge_of
from flows.exits import Exit, UsageError
from flows.judges import WatchedJudge
from flows.labels import export_labels
from flows.refitting import refit_weights
from flows.watchlist import Watchlist

OURS = Model.load()


def labels(watched: Watchlist) -> pd.DataFrame:
    folder = watched.tables.parent / "labels"
    export_labels(watched.tables.parent / "watchlist.toml", None, folder / "mine.jsonl")
    return corpus.load(folder=folder)


def run(watched: Watchlist, even_if_worse: bool = False) -> tuple[Exit, str]:
    out = Console(record=True, width=200)
    path = watched.tables.parent / "watchlist.toml"
    code = refit_weights(path, None, even_if_worse, out, Console(quiet=True))
    return code, out.export_text()


def measured(monkeypatch: pytest.MonkeyPatch, *worse: str) -> Refit:
    """As if fitting, which takes its time, had come to this."""
    found = Refit(Refitted.made_of(OURS, 12), (Figure("test.macro_f1", 0.802, 0.797),), worse)
    monkeypatch.setattr(refitting, "labelled", lambda *_: [{}] * 12)
    monkeypatch.setattr(refitting, "_refit", lambda *_: found)
    return found


def test_corrected_posts_are_labelled_posts_of_the_corpus_form(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "neither", "A joke."), said(DULL.post_id, "poor"))
    found = labels(watched).set_index("id")
    assert found["verdict"].to_dict() == {RUDE.post_id: "neither", DULL.post_id: "poor"}
    assert found.loc[RUDE.post_id, ["reason", "touchpoint"]].tolist() == ["", ""]
    assert found.loc[DULL.post_id, "reason"]
    assert found.loc[DULL.post_id, "text"] == DULL.text


def test_labelled_posts_bear_no_authors_name_and_nothing_withdrawn(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "neither"), said(SHARED.post_id, "poor"))
    hand_back(watched, said(RUDE.post_id, "withdraw"), said(DULL.post_id, "", "A note alone."))
    found = labels(watched)
    assert found["id"].tolist() == [SHARED.post_id]
    assert found["writer"].str.fullmatch(r"author-[0-9a-f]{8}").all()


def test_too_few_corrections_teach_nothing(watched: Watchlist) -> None:
    with pytest.raises(UsageError, match="There are 0 corrections of English posts; at least 10"):
        run(watched)


def test_weights_that_are_worse_are_shown_and_refused(
    watched: Watchlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured(monkeypatch, "test.macro_f1 falls from 0.802 to 0.797")
    code, told = run(watched)
    assert code is Exit.USAGE
    assert "0.802" in told
    assert "Worse on the gate: test.macro_f1 falls from 0.802 to 0.797." in told
    assert not watched.judge.weights.exists()
    assert judge_of(watched.judge) is the_judge()


def test_figures_are_written_in_the_readers_way(
    watched: Watchlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = watched.tables.parent / "watchlist.toml"
    path.write_text('locale = "de_DE"\n' + path.read_text("utf-8"), "utf-8")
    measured(monkeypatch)
    assert re.search(r"test.macro_f1 +0,802 +0,797", run(watched)[1])


@pytest.mark.parametrize("worse", [(), ("test.macro_f1 falls",)], ids=["no worse", "by the flag"])
def test_weights_that_are_taken_judge_from_then_on(
    watched: Watchlist, monkeypatch: pytest.MonkeyPatch, worse: tuple[str, ...]
) -> None:
    shipped = WEIGHTS.read_bytes()
    found = measured(monkeypatch, *worse)
    code, _ = run(watched, even_if_worse=bool(worse))
    assert code is Exit.OK
    assert judge_of(watched.judge).version == found.model.version != the_judge().version
    assert WEIGHTS.read_bytes() == shipped


def test_weights_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    mine = Refitted.made_of(OURS, 7)
    (tmp_path / "weights.tsv").write_bytes(mine.content())
    back = refitted.load(tmp_path / "weights.tsv")
    assert (back.version, back.corrections, back.shipped) == (mine.version, 7, OURS.version)
    posts = pd.DataFrame({"text": ["Nobody looked up, so I walked out.", "Open at nine."]})
    told = judge(posts, None, Judge.load(back)).drop(columns="model")
    assert told.equals(judge(posts, None).drop(columns="model"))


def test_a_spoilt_file_of_weights_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "weights.tsv").write_text("feature\texceptional\n", "utf-8")
    with pytest.raises(ModelError, match="does not hold weights"):
        refitted.load(tmp_path / "weights.tsv")
    with pytest.raises(UsageError, match="Make them anew with `moments refit`"):
        judge_of(WatchedJudge(weights=tmp_path / "weights.tsv"))


@pytest.mark.slow
def test_what_corrections_say_often_enough_is_learned_and_measured() -> None:
    row = json.loads((corpus.FOLDER / "ada.jsonl").read_text("utf-8").splitlines()[0])
    places = ("bay", "hall", "gate", "pier", "dock", "yard", "lobby", "door", "porch", "stall")
    rows = [
        row | {"id": place, "text": f"They gave me the grey ticket at the {place} again, you know."}
        for place in places
    ]
    corrections = corpus.frame_of(rows)
    found = refit(corrections, the_judge())
    posts = corpus.as_posts(corrections)
    assert (judge(posts, None)["verdict"] == "poor").sum() <= 1
    assert (judge(posts, None, Judge.load(found.model))["verdict"] == "poor").sum() >= 8
    figures = {figure.name: figure for figure in found.figures}
    learned = figures["corrections left out, right"]
    assert learned.after > learned.before
    assert figures["test.macro_f1"].before > 0.7
