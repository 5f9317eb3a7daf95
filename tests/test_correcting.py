"""`moments correct`: from a file handed back to the tables that are told again."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from handing import SHARED, everything, hand_back, kept, said, table
from rich.console import Console
from test_corrections import DULL, RUDE

from data.corrections import CorrectionError
from data.vocabulary import Verdict
from flows.correcting import correct_files
from flows.watchlist import Watchlist


def test_a_moment_that_is_none_leaves_the_table_and_counts_against_our_precision(
    watched: Watchlist,
) -> None:
    moments = table(watched)
    assert set(moments["post_id"]) == {RUDE.post_id, SHARED.post_id}
    moments["analyst_verdict"] = ["neither" if p == RUDE.post_id else "right"
                                  for p in moments["post_id"]]  # fmt: skip
    hand_back(watched, moments)
    after = table(watched)
    assert list(after[["post_id", "analyst_verdict"]].itertuples(index=False, name=None)) == [
        (SHARED.post_id, "poor")
    ]
    daily = table(watched, "daily").set_index(["group", "dimension"]).loc["posts"]
    assert daily.loc["all", "poor"] == "1"
    assert list(daily.loc["source", ["reviewed", "right", "precision"]]) == ["2", "1", "0.5"]


def test_a_missed_moment_is_added_by_its_id_alone(watched: Watchlist) -> None:
    hand_back(watched, said(DULL.post_id, "poor", "He means the queue."))
    row = table(watched).set_index("post_id").loc[DULL.post_id]
    assert (row["verdict"], row["note"]) == ("poor", "He means the queue.")
    posts = pd.read_parquet(watched.tables / "2026-11-03" / "foxglove" / "posts.parquet")
    own = posts.set_index("post_id")["own_verdict"]
    assert own[DULL.post_id] == "neither"


def test_handing_the_told_table_back_again_changes_nothing(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "poor", "She has called."))
    before = everything(watched)
    told = hand_back(watched, table(watched), by="ben")
    assert "0 corrections applied, 1 said nothing new" in told
    assert everything(watched) == before


def test_what_replaces_an_earlier_word_is_told_with_who_said_it(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "neither"))
    told = hand_back(watched, said(RUDE.post_id, "poor"), by="ben")
    assert f"{RUDE.post_id}: poor (before: neither, Tuesday 3 November 2026, anna)" in told


def test_a_note_alone_leaves_the_earlier_verdict(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "neither"))
    hand_back(watched, said(RUDE.post_id, "", "Asked again."))
    assert kept(watched) == {RUDE.post_id: Verdict.NEITHER}


def test_a_correction_taken_back_leaves_the_tables_as_they_were(watched: Watchlist) -> None:
    before = everything(watched)
    hand_back(watched, said(RUDE.post_id, "neither"))
    assert everything(watched) != before
    hand_back(watched, said(RUDE.post_id, "withdraw"))
    assert everything(watched) == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (said("reddit:t3_9", "poor"), "back1.csv row 2: there is no post reddit:t3_9. Take the id"),
        (said(DULL.post_id, "so-so"), "back1.csv row 2: 'so-so' is no verdict."),
        (said(RUDE.post_id, "poor"), "back1.csv row 2: it says of reddit:t3_1 other than back0.csv "
         "row 2 does."),
    ],
    ids=["unknown", "no verdict", "contradiction"],
)  # fmt: skip
def test_one_mistake_in_one_file_and_nothing_of_any_is_applied(
    watched: Watchlist, wrong: pd.DataFrame, told: str
) -> None:
    before = everything(watched)
    with pytest.raises(CorrectionError) as error:
        hand_back(watched, said(RUDE.post_id, "neither"), wrong)
    assert told in str(error.value)
    assert str(error.value).endswith("Nothing was applied.")
    assert kept(watched) == {}
    assert everything(watched) == before


def test_a_post_of_two_brands_asks_which(watched: Watchlist) -> None:
    with pytest.raises(CorrectionError, match="was found for Foxglove and Tansy"):
        hand_back(watched, said(SHARED.post_id, "neither"), brand=None)
    hand_back(watched, said(SHARED.post_id, "neither").assign(brand="tansy"), brand=None)
    assert kept(watched, "Tansy") == {SHARED.post_id: Verdict.NEITHER}
    assert kept(watched) == {}
    hand_back(watched, said(RUDE.post_id, "neither"), brand=None)
    assert kept(watched) == {RUDE.post_id: Verdict.NEITHER}


def test_the_workbook_is_read_back_like_the_table(watched: Watchlist) -> None:
    path = watched.tables / "2026-11-03" / "foxglove" / "report.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Moments"]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, at["analyst_verdict"], "neither")
    sheet.cell(2, at["note"], 12)
    book.move_sheet("Moments", -3)
    book.save(path)
    correct_files(watched.tables.parent / "watchlist.toml", [path], "Foxglove", "ada", Console())
    assert kept(watched)[RUDE.post_id] is Verdict.NEITHER


def test_a_workbook_without_our_columns_is_one_sentence(watched: Watchlist, tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(CorrectionError, match=r"other\.xlsx: no sheet has the columns post_id"):
        correct_files(tmp_path / "watchlist.toml", [tmp_path / "other.xlsx"], None, None, Console())


def test_a_damaged_workbook_is_one_sentence(watched: Watchlist, tmp_path: Path) -> None:
    (tmp_path / "half.xlsx").write_bytes(b"PK\x03\x04...")
    with pytest.raises(CorrectionError, match=r"half\.xlsx cannot be read as a workbook"):
        correct_files(tmp_path / "watchlist.toml", [tmp_path / "half.xlsx"], None, None, Console())


def test_a_row_as_an_earlier_table_told_it_takes_back_no_later_word(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "poor", "She has called."))
    old = table(watched)
    hand_back(watched, said(RUDE.post_id, "neither", "It was a play."), by="ben")
    old.loc[old["post_id"] == SHARED.post_id, "analyst_verdict"] = "right"
    told = hand_back(watched, old)
    assert "neither, Tuesday 3 November 2026, ben stands" in told
    assert "1 correction applied, 1 said nothing new" in told
    assert kept(watched) == {RUDE.post_id: Verdict.NEITHER, SHARED.post_id: Verdict.POOR}


def test_a_row_that_was_changed_in_an_earlier_table_is_a_new_word(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "poor", "She has called."))
    old = table(watched)
    hand_back(watched, said(RUDE.post_id, "neither"), by="ben")
    old.loc[old["post_id"] == RUDE.post_id, "note"] = "She has called twice."
    hand_back(watched, old)
    assert kept(watched)[RUDE.post_id] is Verdict.POOR


def test_who_insists_in_a_fresh_table_is_heard(watched: Watchlist) -> None:
    hand_back(watched, said(RUDE.post_id, "exceptional"))
    hand_back(watched, said(RUDE.post_id, "poor"), by="ben")
    fresh = table(watched)
    fresh["analyst_verdict"] = [
        "exceptional" if p == RUDE.post_id else "" for p in fresh["post_id"]
    ]
    hand_back(watched, fresh)
    assert kept(watched)[RUDE.post_id] is Verdict.EXCEPTIONAL


def test_who_stands_beside_a_competitor_is_told_again_with_it(watched: Watchlist) -> None:
    path = watched.tables.parent / "watchlist.toml"
    words = path.read_text("utf-8")
    beside = words.replace(
        '{ name = "Foxglove" }', '{ name = "Foxglove", competitors = ["Tansy"] }'
    )
    path.write_text(beside, "utf-8")
    hand_back(watched, said(SHARED.post_id, "poor"), brand="Tansy")
    before = table(watched, "competitors").query("group == 'posts'").set_index("brand")["poor"]
    told = hand_back(watched, said(SHARED.post_id, "neither"), brand="Tansy")
    after = table(watched, "competitors").query("group == 'posts'").set_index("brand")["poor"]
    assert (before["Tansy"], after["Tansy"]) == ("1", "0")
    assert "Foxglove: 1 file changed" in told
