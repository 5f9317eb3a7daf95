"""What analysts say is kept, overrides what is told, and outlives every later judgement."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
import pytest
from test_ledger import ALWAYS, NOON, POST, later, observe

from data.corrections import (
    Correction,
    CorrectionError,
    apply_corrections,
    brands_of,
    history_of,
    last_of,
)
from data.ledger import Ledger
from data.vocabulary import Verdict
from flows.judging import judge_new
from flows.watchlist import WatchedBrand

FOXGLOVE = WatchedBrand(name="Foxglove")
RUDE = replace(POST, text="The girl at the Foxglove till was so rude, she rolled her eyes at me.")
DULL = replace(POST, native_id="t3_2", text="Foxglove opens a shop in Quay Street on Monday.")
SAID = Correction("Foxglove", RUDE.post_id, Verdict.NEITHER, "A joke.", "anna", NOON, "moments.csv")


@pytest.fixture
def ledger(ledger: Ledger) -> Ledger:
    observe(ledger, RUDE, DULL)
    judge_new(FOXGLOVE, ledger)
    return ledger


def told(ledger: Ledger, post_id: str = RUDE.post_id) -> pd.Series:
    judge_new(FOXGLOVE, ledger)
    return ledger.judged("Foxglove", *ALWAYS).set_index("post_id").loc[post_id]


def test_a_correction_overrides_the_verdict_that_is_told(ledger: Ledger) -> None:
    assert told(ledger)["verdict"] == "poor"
    assert len(apply_corrections(ledger, [SAID])) == 1
    row = told(ledger)
    assert (row["verdict"], row["own_verdict"], row["analyst_verdict"]) == (
        "neither", "poor", "neither",
    )  # fmt: skip
    assert (row["note"], row["confidence"], row["reason"]) == ("A joke.", 1.0, "")


def test_a_missed_moment_gets_all_that_is_told_of_moments(ledger: Ledger) -> None:
    missed = replace(SAID, post_id=DULL.post_id, verdict=Verdict.POOR)
    apply_corrections(ledger, [missed])
    row = told(ledger, DULL.post_id)
    assert (row["verdict"], row["own_verdict"], row["p_poor"]) == ("poor", "neither", 1.0)
    assert row["reason"]
    assert row["quote"] == DULL.text
    assert row["evidence"] == "poor: an analyst's verdict, ours was neither"


def test_a_confirmed_moment_keeps_its_evidence_and_is_certain(ledger: Ledger) -> None:
    before = told(ledger)
    apply_corrections(ledger, [replace(SAID, verdict=Verdict.POOR)])
    after = told(ledger)
    assert after["confidence"] == 1.0 > before["confidence"]
    assert (after["evidence"], after["reason"]) == (before["evidence"], before["reason"])


def test_only_what_was_corrected_is_judged_again_and_its_day_told_again(ledger: Ledger) -> None:
    ledger.told("Foxglove", ledger.untold_since("Foxglove") or NOON)
    apply_corrections(ledger, [SAID])
    assert judge_new(FOXGLOVE, ledger) == 1
    assert ledger.untold_since("Foxglove") == RUDE.published_at
    assert judge_new(FOXGLOVE, ledger) == 0


def test_a_correction_outlives_new_words_and_a_new_definition_of_the_brand(ledger: Ledger) -> None:
    apply_corrections(ledger, [SAID])
    observe(ledger, later(RUDE, 2, text=RUDE.text + " Edit: still cross about it."))
    assert told(ledger)["verdict"] == "neither"
    judge_new(WatchedBrand(name="Foxglove", aliases=("Foxglove Direct",)), ledger)
    assert told(ledger)["verdict"] == "neither"


def test_words_that_were_taken_back_tell_no_moment_whatever_was_said_of_them(
    ledger: Ledger,
) -> None:
    apply_corrections(ledger, [replace(SAID, verdict=Verdict.POOR)])
    observe(ledger, later(RUDE, 2, deleted=True))
    row = told(ledger)
    assert (row["verdict"], row["quote"]) == ("neither", "")


def test_the_last_word_counts_and_all_words_are_kept(ledger: Ledger) -> None:
    again = replace(SAID, verdict=Verdict.POOR, made_by="ben", made_at=NOON + timedelta(hours=1))
    apply_corrections(ledger, [SAID])
    (change,) = apply_corrections(ledger, [again])
    assert (change.correction, change.before) == (again, SAID)
    with ledger.transaction() as connection:
        assert last_of(connection, "Foxglove") == {RUDE.post_id: again}
        assert history_of(connection, "Foxglove", RUDE.post_id) == [SAID, again]


def test_the_same_word_again_changes_nothing(ledger: Ledger) -> None:
    apply_corrections(ledger, [SAID])
    told(ledger)
    assert apply_corrections(ledger, [replace(SAID, made_by="ben", origin="again.csv")]) == []
    assert judge_new(FOXGLOVE, ledger) == 0


def test_a_correction_taken_back_gives_way_to_the_models_verdict(ledger: Ledger) -> None:
    before = told(ledger)
    apply_corrections(ledger, [SAID])
    apply_corrections(ledger, [replace(SAID, verdict=None, note="")])
    after = told(ledger)
    assert after.drop("model").equals(before.drop("model"))


def test_a_note_alone_changes_no_verdict(ledger: Ledger) -> None:
    before = told(ledger)
    apply_corrections(ledger, [replace(SAID, verdict=None, note="She called back.")])
    after = told(ledger)
    assert after["note"] == "She called back."
    assert after.drop("note").equals(before.drop("note"))


def test_a_post_that_was_never_found_is_named_and_nothing_is_applied(ledger: Ledger) -> None:
    unknown = replace(SAID, post_id="reddit:t3_9")
    with pytest.raises(CorrectionError, match=r"No post reddit:t3_9 was found for Foxglove\."):
        apply_corrections(ledger, [SAID, unknown])
    with ledger.transaction() as connection:
        assert last_of(connection, "Foxglove") == {}


def test_a_post_is_corrected_for_the_brand_it_was_found_for(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        found = brands_of(connection, [RUDE.post_id, "reddit:t3_9"], ["Foxglove", "Tansy & Rowe"])
    assert found == {RUDE.post_id: ("Foxglove",)}
    with pytest.raises(CorrectionError, match="for Tansy & Rowe"):
        apply_corrections(ledger, [replace(SAID, brand="Tansy & Rowe")])
