"""A table that an analyst hands back is read whatever a spreadsheet did to it."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data.corrections import CorrectionError
from data.vocabulary import Verdict
from reports import handed_back
from reports.handed_back import Said, csv_rows, said_in

ROWS = [
    {"date": "2026-11-03", "verdict": "poor", "quote": 'She said "no", twice; then left.',
     "post_id": "reddit:t3_1", "analyst_verdict": "neither", "note": "A joke; see “thread”, café."},
    {"date": "2026-11-03", "verdict": "poor", "quote": "Two\nlines.", "post_id": "reddit:t3_2",
     "analyst_verdict": "", "note": ""},
    {"date": "2026-11-03", "verdict": "exceptional", "quote": "Kind.", "post_id": "files:00123",
     "analyst_verdict": "exceptional", "note": ""},
]  # fmt: skip
READ = [
    Said("back.csv row 2", "reddit:t3_1", Verdict.NEITHER, ROWS[0]["note"]),
    Said("back.csv row 4", "files:00123", Verdict.EXCEPTIONAL, ""),
]


def table(rows: list[dict[str, str]], delimiter: str = ",", names: list[str] | None = None) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names or list(rows[0]), "", "ignore", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read(folder: Path, content: bytes | str) -> list[Said]:
    file = folder / "back.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return said_in(file.name, csv_rows(file))


def filled(folder: Path, **cells: str) -> list[Said]:
    return read(folder, table([ROWS[0] | cells]))


SAVED: dict[str, Callable[[], bytes]] = {
    "as we wrote it": lambda: table(ROWS).encode("utf-8-sig"),
    "without its byte order mark": lambda: table(ROWS).encode(),
    "with semicolons and local dates": lambda: table(
        [row | {"date": "03.11.2026"} for row in ROWS], ";"
    ).encode("utf-8-sig"),
    "in the code page of Windows": lambda: table(ROWS, ";").encode("cp1252"),
    "as Unicode text with tabs": lambda: table(ROWS, "\t").encode("utf-16"),
    "with Excel's hint of the separator": lambda: b"sep=;\r\n" + table(ROWS, ";").encode(),
    "with columns in another order, one more and some fewer": lambda: table(
        ROWS, names=["note", "mine", "analyst_verdict", "post_id"]
    ).encode(),
    "with names as a person writes them": lambda: (
        table(ROWS)
        .replace("analyst_verdict", "Analyst verdict", 1)
        .replace("post_id", "POST ID ", 1)
        .encode()
    ),
    "with empty rows after it": lambda: table(ROWS).encode() + b",,,,,\r\n,,,,,\r\n",
}


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED.keys())
def test_the_same_is_read_from_a_file_saved(tmp_path: Path, saved: Callable[[], bytes]) -> None:
    assert [replace(row, as_told=False) for row in read(tmp_path, saved())] == READ


@pytest.mark.parametrize(
    ("word", "untouched"), [("poor", True), ("right", True), ("neither", False), ("", True)]
)
def test_a_row_may_be_as_we_told_it_where_its_verdict_is_ours(
    tmp_path: Path, word: str, untouched: bool
) -> None:
    assert filled(tmp_path, analyst_verdict=word)[0].as_told is untouched


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("POOR", Verdict.POOR), (" Poor. ", Verdict.POOR), ("bad", Verdict.POOR),
        ("None", Verdict.NEITHER), ("neutral", Verdict.NEITHER),
        ("Not a moment", Verdict.NEITHER), ("Exceptional!", Verdict.EXCEPTIONAL),
        ("right", Verdict.POOR), ("withdraw", None),
    ],
)  # fmt: skip
def test_a_verdict_is_understood_as_people_write_it(
    tmp_path: Path, word: str, verdict: Verdict | None
) -> None:
    (said,) = filled(tmp_path, analyst_verdict=word)
    assert (said.verdict, said.note_alone) == (verdict, False)


def test_a_note_without_a_verdict_is_a_note_alone(tmp_path: Path) -> None:
    (said,) = filled(tmp_path, analyst_verdict="")
    assert (said.verdict, said.note_alone) == (None, True)


def test_the_apostrophe_that_kept_a_note_from_being_a_formula_is_taken_off(tmp_path: Path) -> None:
    assert filled(tmp_path, note="'+1, she is right")[0].note == "+1, she is right"
    assert filled(tmp_path, note="'twas a joke")[0].note == "'twas a joke"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"analyst_verdict": "meh"}, "back.csv row 2: 'meh' is no verdict. Write exceptional, "),
        ({"analyst_verdict": "unjudged"}, "back.csv row 2: 'unjudged' is no verdict"),
        ({"analyst_verdict": "right", "verdict": ""}, "back.csv row 2: 'right' is no verdict"),
        ({"post_id": "1.23457E+17"}, "back.csv row 2: the post_id 1.23457E+17 is a number that"),
        ({"post_id": "1,23457e+17"}, "row 2: the post_id 1,23457e+17 is a number that the spre"),
        ({"post_id": ""}, "back.csv row 2: it has no post_id."),
    ],
)
def test_what_is_not_understood_is_named_with_its_row(
    tmp_path: Path, cells: dict[str, str], told: str
) -> None:
    with pytest.raises(CorrectionError) as error:
        filled(tmp_path, **cells)
    assert told in str(error.value)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError) as error:
        read(tmp_path, table([row | {"analyst_verdict": "hm"} for row in ROWS]))
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "back.csv row 2", "back.csv row 3", "back.csv row 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is no column post_id and no analyst_verdict"),
        (b"date,verdict\r\n2026-11-03,poor\r\n", "there is no column post_id and no analyst_v"),
        (b"post_id,verdict\r\nreddit:1,poor\r\n", "there is no column analyst_verdict in its fir"),
        (b"post_id,analyst_verdict,note\r\na,poor,so,\r\nb,poor,so, so\r\n", "back.csv row 3: it"),
    ],
)
def test_a_file_that_is_no_such_table_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(CorrectionError) as error:
        read(tmp_path, content)
    assert told in str(error.value)


def test_the_words_that_the_page_on_correcting_lists_are_those_that_are_known() -> None:
    page = (Path(__file__).parent.parent / "docs" / "correcting.md").read_text("utf-8")
    cells = re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)
    listed = [set(re.findall("`(.+?)`", cell)) for cell in cells[:5]]
    known = [*handed_back._WORDS.values(), handed_back._AGREES, handed_back._TAKES_BACK]
    assert listed == known
