"""The corpus is what its datasheet says, and its rules notice where it would not be."""

import json
from pathlib import Path

import pandas as pd
import pytest

from evaluation import check_corpus, composition, corpus, overlap, shared_sets
from evaluation.corpus_rules import (
    labels_that_go_together,
    nothing_twice,
    pairs_whole,
    parts_apart,
    proportions,
)

POST = {
    "id": "ada-0001",
    "part": "train",
    "writer": "ada",
    "sector": "train",
    "brand": "",
    "kind": "tweet",
    "text": "The guard held the door for a boy with a cello and found it a seat.",
    "verdict": "exceptional",
    "reason": "beyond",
    "teller": "bystander",
    "touchpoint": "help",
    "stage": "frontstage",
    "churn": "no",
    "person": "",
    "story": False,
    "pair": "",
    "tags": "",
}


def posts(*changes: dict[str, object]) -> pd.DataFrame:
    rows = [POST | {"id": f"ada-{n:04}"} | change for n, change in enumerate(changes, 1)]
    return pd.DataFrame.from_records(rows)


def test_the_shipped_corpus_keeps_every_rule() -> None:
    assert list(check_corpus.findings(corpus.load())) == []


def test_the_datasheet_tells_of_the_shipped_corpus() -> None:
    assert composition.current(corpus.load()), "make corpus-check WRITE=1"


@pytest.mark.skipif(not shared_sets.present(), reason="no evaluation sets at ../shared")
def test_no_post_shares_five_words_with_an_evaluation_set() -> None:
    assert list(check_corpus.borrowed(corpus.load())) == []


def test_a_run_of_five_words_is_noticed_across_case_marks_and_handles() -> None:
    ours = {"a": "They LOST my grandmother's best hat, twice."}
    theirs = ["@brand you lost my grandmothers best hat!"]
    assert overlap.shared_runs(ours, theirs) == {"lost my grandmothers best hat": ["a"]}


def test_a_run_of_common_words_is_nobodys_own() -> None:
    assert list(overlap.runs("let me know if you get it")) == []


def test_a_moment_told_by_the_company_is_noticed() -> None:
    assert list(labels_that_go_together(posts({"teller": "company"}))) == [
        "ada-0001: a moment told by the company itself"
    ]


def test_a_post_that_is_no_moment_has_no_reason() -> None:
    plain = {"verdict": "neither", "touchpoint": "", "stage": "", "churn": ""}
    assert list(labels_that_go_together(posts(plain))) == ["ada-0001: no moment, yet it has reason"]


def test_a_reason_of_the_other_side_is_noticed() -> None:
    found = list(labels_that_go_together(posts({"reason": "rude"})))
    assert found == ["ada-0001: exceptional for a reason of the other side"]


def test_the_same_words_with_another_verdict_are_a_conflict() -> None:
    told = "Rang twice about the boiler and a man came the same evening."
    found = list(nothing_twice(posts({"text": told}, {"text": told + "!", "verdict": "poor"})))
    assert found == ["ada-0001, ada-0002: 100% the same, with different verdicts"]


def test_a_minimal_pair_may_be_nearly_the_same() -> None:
    told = "Rang twice about the boiler and a man came the same evening"
    pair = posts({"text": told, "pair": "x"}, {"text": told + ".", "pair": "x", "reason": "fast"})
    assert [*nothing_twice(pair), *pairs_whole(pair)] == []


def test_a_pair_of_one_is_noticed() -> None:
    assert list(pairs_whole(posts({"pair": "x"}))) == ["pair x: a single post"]


def test_a_writer_in_two_parts_and_a_held_out_sector_are_noticed() -> None:
    other = "Nothing in common with the other one at all, I dare say."
    found = list(parts_apart(posts({"sector": "vet"}, {"part": "test", "text": other})))
    assert found == [
        "writer ada lies in several parts",
        "ada-0001: a training post of a held-out sector",
    ]


def test_a_story_told_in_two_parts_is_noticed() -> None:
    again = {"part": "dev", "writer": "jo", "text": "Once more: " + str(POST["text"])}
    assert any("shared across parts" in found for found in parts_apart(posts({}, again)))


def test_a_test_part_unlike_the_wild_is_noticed() -> None:
    found = list(proportions(posts({"part": "test"})))
    assert "test: 100% are exceptional, in the wild about 5%" in found


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    good = json.dumps(POST | {"tags": []})
    (tmp_path / "ada.jsonl").write_text(f"{good}\n{{}}\n", "utf-8")
    with pytest.raises(corpus.CorpusError, match=r"ada\.jsonl line 2"):
        corpus.load(folder=tmp_path)


def test_the_digest_changes_with_any_label(tmp_path: Path) -> None:
    path = tmp_path / "ada.jsonl"
    path.write_text(json.dumps(POST), "utf-8")
    before = corpus.digest(tmp_path)
    path.write_text(json.dumps(POST | {"churn": "said"}), "utf-8")
    assert corpus.digest(tmp_path) != before


def test_the_judge_is_not_shown_the_labels() -> None:
    shown = corpus.as_posts(corpus.load("dev"))
    assert set(shown.columns) == {"post_id", "kind", "title", "text"}
