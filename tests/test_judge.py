"""Texts get the verdict a careful analyst would give, with reasons, whatever they hold."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.explaining import explain
from analysis.judge import judge
from analysis.ngrams import spoken
from data.records import Brand
from data.vocabulary import Churn, Reason, Stage, Teller, Touchpoint, Verdict
from evaluation.corpus import load

POOR = "Forty minutes in the queue, then the cashier rolled her eyes and told us they were closed."
KIND = "The porter saw my mum struggling, fetched a chair without being asked and waited with her."
FOOD = "The soup was cold and far too salty for the price."


def _judged(*texts: str, brand: Brand | None = None, **columns: list[object]) -> pd.DataFrame:
    return judge(pd.DataFrame({"text": list(texts), **columns}), brand)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (POOR, "poor"),
        (KIND, "exceptional"),
        (FOOD, "neither"),
        ("Still no reply to three emails about my refund.", "poor"),
        ("Great service from the team at the desk, thank you so much!", "exceptional"),
        ("What time do you open on Sunday?", "neither"),
        ("Operating profit rose 4 percent to EUR 12 million.", "neither"),
        ("ok thanks", "neither"),
        ("Llevo dos horas esperando en la cola y nadie me atiende.", "unjudged"),
        ("", "neither"),
    ],
)
def test_the_verdict_on(text: str, verdict: str) -> None:
    assert _judged(text)["verdict"].tolist() == [verdict]


def test_rows_and_index_stay_and_the_input_is_untouched() -> None:
    posts = pd.DataFrame({"text": [POOR, FOOD], "n": [1, 2]}, index=[7, 3])
    before = posts.copy()
    judged = judge(posts, None)
    pd.testing.assert_frame_equal(posts, before)
    assert judged.index.tolist() == [7, 3]
    assert judged["n"].tolist() == [1, 2]


def test_a_post_is_judged_alike_alone_and_among_others() -> None:
    texts = [POOR, "", KIND, FOOD, "  ", POOR.upper()]
    together = _judged(*texts)
    for row, text in enumerate(texts):
        alone = _judged(text).iloc[0]
        assert alone["verdict"] == together["verdict"].iloc[row]
        assert np.isclose(alone["p_poor"], together["p_poor"].iloc[row])
        assert alone["evidence"] == together["evidence"].iloc[row]


def test_no_posts_give_no_rows_with_all_columns() -> None:
    assert len(_judged()) == 0
    assert {"verdict", "evidence", "model"} <= set(_judged().columns)


def test_a_moment_has_reasons_and_everything_else_has_none() -> None:
    judged = _judged(POOR, FOOD)
    moment, rest = judged.iloc[0], judged.iloc[1]
    assert moment["evidence"].startswith("poor: ")
    assert moment["quote"] in POOR
    assert moment["reason"] in set(Reason)
    assert (rest[["reason", "touchpoint", "stage", "churn", "evidence"]] == "").all()


def test_with_a_brand_a_text_that_does_not_name_it_is_neither_unless_known_to_be_about_it() -> None:
    brand = Brand("Foxglove")
    judged = _judged(POOR, POOR + " #Foxglove", POOR, brand=brand, about=[False, False, True])
    assert judged["verdict"].tolist() == ["neither", "poor", "poor"]
    assert judged["mention"].tolist() == [False, True, True]


def test_a_name_full_of_feeling_decides_nothing() -> None:
    brand = Brand("Awful Terrible Rude")
    assert _judged("Awful Terrible Rude opens at nine.", brand=brand)["verdict"].tolist() == [
        "neither"
    ]


def test_a_title_is_read_with_its_text() -> None:
    judged = _judged("Two hours now.", title=["Nobody answers the phone and staff are rude"])
    assert judged["verdict"].tolist() == ["poor"]


def test_a_named_employee_is_named() -> None:
    people = _judged(
        "Huge thanks to Imani at the front desk, so helpful and kind!",
        "Dr Osei was wonderful with my nervous daughter, such kind staff.",
    )["person"].tolist()
    assert people == ["Imani", "Dr Osei"]


def test_leaving_is_heard() -> None:
    told = _judged("Rude staff and no apology. Never again, I have switched to another bank.")
    assert told["churn"].tolist() == ["said"]


def test_an_explanation_adds_up_and_points_into_the_text() -> None:
    told = explain(POOR)
    assert told.verdict == "poor"
    assert sum(told.probabilities.values()) == pytest.approx(1)
    assert told.confidence == told.probabilities["poor"]
    assert any("rolled her eyes" in share.words for share in told.shares)
    assert all(0 <= begin < end <= len(POOR) for begin, end in told.spans)
    assert "rolled her eyes" in str(told)


def test_a_scene_is_read_as_a_told_story_and_a_complaint_to_a_handle_as_a_plain_post() -> None:
    scene = "An old man counted out coins. The girl came round and carried his bag to the bus."
    assert explain(scene).telling > 0.9
    assert explain("Third email, still no reply @NorvaneAir").telling < 0.1


def test_a_comment_that_does_not_name_the_brand_has_to_be_surer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("analysis.judge._SURE_UNNAMED", 1.1)
    unnamed, named = POOR, f"Foxglove again. {POOR}"
    told = _judged(unnamed, named, brand=Brand("Foxglove"), about=[True, True])
    assert told["verdict"].tolist() == ["neither", "poor"]
    monkeypatch.undo()
    assert _judged(unnamed, brand=Brand("Foxglove"), about=[True])["verdict"].item() == "poor"


def test_what_hardly_weighs_anything_is_no_evidence() -> None:
    posts = load()
    texts = posts["text"][posts["verdict"] != Verdict.NEITHER].head(600).reset_index(drop=True)
    lines = judge(pd.DataFrame({"text": texts}), None)["evidence"]
    assert lines.str.contains(r"\(\+\d", regex=True).sum() > 300
    assert not lines.str.contains("(+0.0)", regex=False).any()


def test_evidence_names_words_as_people_write_them() -> None:
    shown = spoken(["walk * out", "becaus nobody", "_handle_ third"])
    assert shown == ["walked ... out", "because nobody", "@name third"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_text_gets_a_verdict_of_the_vocabulary(texts: list[str]) -> None:
    judged = _judged(*texts)
    assert set(judged["verdict"]) <= set(Verdict)
    assert set(judged["teller"]) <= set(Teller)
    for column, values in (("touchpoint", Touchpoint), ("stage", Stage), ("churn", Churn)):
        assert set(judged[column]) <= {"", *values}
    assert judged["confidence"].between(0, 1).all()
    assert (judged["quote"].str.len() <= 280).all()
