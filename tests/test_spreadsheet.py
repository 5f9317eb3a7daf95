"""CSV files and the workbook through LibreOffice, as somebody who double-clicks them gets them.

LibreOffice guesses as Excel does: numbers, dates, formulas, truth.
"""

import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from labelled import told as labelled
from pages_of import FRIDAY
from posts import DAY, asked, day_of, told, written
from python_calamine import CalamineWorkbook

from reports.cells import CUT, active

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("soffice"),  # one at a time per profile
    pytest.mark.skipif(SOFFICE is None, reason="no LibreOffice: apt-get install libreoffice-calc"),
]
# Commas, double quotes, UTF-8, every column as "standard": what a double click does.
_AS_DOUBLE_CLICKED = "--infilter=CSV:44,34,76,1,,0,false,true,false"
WORDS = [
    "123456789012345678", "00123", "3-4", "10/10", "NA", "TRUE", "1e5", "12 %", "Mar 1", "14:05",
    "2026-11-03", "=1+1", "=HYPERLINK(\"http://evil.example\")", "+44 20 7946 0000", "@SUM(A1)",
    "https://example.org/", "two\nlines", "🙂 café", "مرحبا بالعالم", "שלום", "'quoted'", "a;b,c",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A day whose quotes are such words, and one of 40,000 characters."""
    rows: list[dict[str, object]] = [
        {"quote": words, "person": words, "outlet": words, "post_id": f"reddit:{n:03}"}
        for n, words in enumerate([*WORDS, "x" * 40_000])
    ]
    day = day_of(told(*rows), asked(("reddit", 9, "ok")), ["reddit"], DAY)
    return written(day, tmp_path_factory.mktemp("day"))


def converted(path: Path, to: str, *options: str) -> Path:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    target = path.parent / "converted"
    command = [str(SOFFICE), profile, "--headless", *options, "--convert-to", to]
    subprocess.run(
        [*command, "--outdir", str(target), str(path)], check=True, capture_output=True, timeout=240
    )
    return target / f"{path.stem}.{to.partition(':')[0]}"


def cells(path: Path, sheet: str | int, column: str) -> list[object]:
    book = CalamineWorkbook.from_path(path)
    by_name = isinstance(sheet, str)
    there = book.get_sheet_by_name(sheet) if by_name else book.get_sheet_by_index(sheet)
    header, *rows = there.to_python()
    return [row[header.index(column)] for row in rows]


@pytest.fixture(scope="module")
def clicked(folder: Path) -> Path:
    """moments.csv as LibreOffice has it after a double click, saved as a workbook."""
    return converted(folder / "moments.csv", "xlsx", _AS_DOUBLE_CLICKED)


@pytest.mark.parametrize("column", ["quote", "person", "outlet"])
def test_after_a_double_click_every_text_is_the_text_it_was(clicked: Path, column: str) -> None:
    told_there = cells(clicked, 0, column)
    assert {type(cell) for cell in told_there} == {str}, "a number, date or truth was guessed"
    kept = [active(str(cell)) for cell in told_there]
    assert kept[: len(WORDS)] == WORDS
    assert kept[-1].endswith(CUT)


def test_after_a_double_click_ids_are_texts_and_our_days_are_days(clicked: Path) -> None:
    assert cells(clicked, 0, "post_id")[0] == "reddit:000"
    assert str(cells(clicked, 0, "date")[0]) == DAY.isoformat()


def test_no_cell_became_a_formula_or_a_link(clicked: Path) -> None:
    there = [cell for row in openpyxl.load_workbook(clicked).active.iter_rows() for cell in row]
    assert not [cell for cell in there if cell.data_type == "f" or cell.hyperlink]


def test_the_workbook_saved_by_libreoffice_says_the_same(folder: Path) -> None:
    saved = converted(folder / "report.xlsx", "ods")
    quotes = cells(saved, "Moments", "quote")
    assert quotes[: len(WORDS)] == WORDS
    assert str(quotes[-1]).endswith(CUT)


def test_the_workbook_prints(tmp_path: Path) -> None:
    there = written(labelled(FRIDAY), tmp_path)
    pdf = converted(there / "report.xlsx", "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_workbook_kept_by_libreoffice_keeps_its_drop_down_filters_and_charts(
    folder: Path,
) -> None:
    path = converted(folder / "report.xlsx", "xlsx")
    moments = openpyxl.load_workbook(path)["Moments"]
    assert moments.auto_filter.ref
    assert any(choice.type == "list" for choice in moments.data_validations.dataValidation)
    with zipfile.ZipFile(path) as saved:
        assert any(name.startswith("xl/charts/chart") for name in saved.namelist())


def test_programs_read_the_same_table_back(folder: Path) -> None:
    path = folder / "moments.csv"
    ours = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    duckdb = pytest.importorskip("duckdb")
    there = duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar=true, header=true)").fetchdf()
    assert there["quote"].tolist() == ours["quote"].tolist()
    polars = pytest.importorskip("polars")
    frame = polars.read_csv(path, infer_schema=False, empty_string_is_null=False)
    assert frame["quote"].to_list() == ours["quote"].tolist()
    assert frame.columns == list(ours.columns)
    assert isinstance(datetime.fromisoformat(ours["story_first_seen"][0]), datetime)
