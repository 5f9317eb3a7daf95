"""report.xlsx: what is in it, that nothing in it is taken for anything else, that it is stable."""

import io
import zipfile
from dataclasses import replace
from functools import cache

import hostile
import openpyxl
import pandas as pd
import pytest
from labelled import told as labelled
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pages_of import FRIDAY
from posts import DAY, KEY, asked, day_of, told

from data.dated_tables import MOMENTS
from reports.cells import CUT
from reports.dated import Day, on_page, tables_of
from reports.page import stories_of
from reports.workbook import workbook

SHEETS = ["Day", "Escalations", "Delights", "Moments", "Trend", "Days", "Coverage"]


def bytes_of(day: Day) -> bytes:
    shown = {name: table for name, (table, _) in tables_of(day, KEY).items()}
    seen = on_page(day, shown["moments"])
    return workbook(seen, stories_of(seen), shown)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


@cache
def friday() -> Workbook:
    return opened(bytes_of(labelled(FRIDAY)))


def of(*rows: dict[str, object]) -> Workbook:
    """The workbook of a day with such posts."""
    return opened(bytes_of(day_of(told(*rows), asked(("reddit", 9, "ok")), ["reddit"], DAY)))


def column(sheet: Worksheet, name: str) -> list[openpyxl.cell.Cell]:
    """The cells below a header."""
    [at] = [cell.column for cell in sheet[1] if cell.value == name]
    return [row[at - 1] for row in sheet.iter_rows(min_row=2)]


def words(sheet: Worksheet) -> str:
    return " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_first_sheet_tells_the_day_and_leads_to_the_others() -> None:
    book = friday()
    assert book.sheetnames == SHEETS
    first = book["Day"]
    assert (first["A1"].value, first["A2"].value) == (
        "Foxglove",
        "Friday 6 November 2026, Europe/Dublin",
    )
    for told_there in ("10 poor and 12 exceptional", "Samuel Okoro", "P1", "Every source was seen"):
        assert told_there in words(first)
    leads = [link.location for row in first.iter_rows() for c in row if (link := c.hyperlink)]
    assert [f"'{name}'!A1" for name in SHEETS[1:]] == [lead for lead in leads if lead]


def test_a_source_that_was_blind_is_told_on_the_first_sheet_and_hatched_in_coverage() -> None:
    log = asked(("reddit", 9, "failed"))
    book = opened(bytes_of(day_of(told({}), log, ["reddit"], DAY)))
    assert "reddit failed" in words(book["Day"])
    [outcome] = column(book["Coverage"], "outcome")
    assert (outcome.value, outcome.fill.fill_type) == ("failed", "lightUp")


@pytest.mark.parametrize("name", ["Escalations", "Delights", "Moments", "Days", "Coverage"])
def test_a_table_has_a_frozen_header_filters_and_an_explanation_per_column(name: str) -> None:
    sheet = friday()[name]
    assert sheet.freeze_panes == "D2"
    header = [cell for cell in sheet[1] if cell.value]
    assert sheet.auto_filter.ref == f"A1:{header[-1].column_letter}{sheet.max_row}"
    explained = {str(v.sqref) for v in sheet.data_validations.dataValidation if v.prompt}
    assert {cell.coordinate for cell in header} <= explained


def test_the_moments_are_those_of_the_csv_with_the_analysts_columns_beside_the_quote() -> None:
    sheet = friday()["Moments"]
    header = [cell.value for cell in sheet[1]]
    assert sorted(map(str, header)) == sorted(MOMENTS.columns)
    at = header.index("quote")
    assert header[at + 1 : at + 3] == ["analyst_verdict", "note"]
    table, _ = tables_of(labelled(FRIDAY), KEY)["moments"]
    assert [cell.value for cell in column(sheet, "post_id")] == table["post_id"].tolist()


def test_an_analysts_verdict_is_chosen_from_three() -> None:
    sheet = friday()["Moments"]
    [choice] = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    cells = column(sheet, "analyst_verdict")
    assert str(choice.sqref) == f"{cells[0].coordinate}:{cells[-1].coordinate}"
    assert choice.formula1 == '"exceptional,poor,neither"'


def test_verdicts_and_severities_differ_in_more_than_colour() -> None:
    by_verdict = {c.value: c.number_format for c in column(friday()["Moments"], "verdict")}
    assert by_verdict == {"poor": '"▼ "@', "exceptional": '"△ "@'}
    looks = {
        cell.value: (cell.font.b, cell.fill.fill_type, cell.border.left.style)
        for cell in column(friday()["Escalations"], "priority")
    }
    assert len(set(looks.values())) == len(looks) >= 3


def test_the_trend_has_two_charts_of_each_group_of_sources() -> None:
    with zipfile.ZipFile(io.BytesIO(bytes_of(labelled(FRIDAY)))) as book:
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        texts = "".join(book.read(name).decode() for name in charts)
    assert len(charts) == 6
    for title in ("Posts: moments a day", "Reviews: share of the mentions", "not seen in whole"):
        assert title in texts


@pytest.mark.parametrize(
    "quote",
    [
        "=1+1", "00123", "123456789012345678", "3-4", "NA", "TRUE", "https://example.org/",
        "=cmd|' /C calc'!A0", "two\nlines", "مرحبا 🙂", "{=1}",
    ],
)  # fmt: skip
def test_a_text_is_a_text_and_stays_one_when_its_cell_is_edited(quote: str) -> None:
    [cell] = column(of({"quote": quote})["Moments"], "quote")
    assert (cell.value, cell.data_type, cell.hyperlink) == (quote, "s", None)
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_numbers_are_numbers_and_what_is_not_known_is_empty() -> None:
    sheet = of({"score": 1200, "rating": float("nan")})["Moments"]
    assert [cell.value for cell in column(sheet, "score")] == [1200]
    assert [cell.value for cell in column(sheet, "rating")] == [None]


def test_a_text_that_is_too_long_is_cut_where_it_says_so() -> None:
    [cell] = column(of({"quote": "🙂" * 20_000})["Moments"], "quote")
    assert cell.value.endswith(CUT)
    assert len(cell.value.encode("utf-16-le")) // 2 <= 32_767


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/a?b=c#d", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://example.org@evil.example/", False),
        ("https://example.org/" + "a" * 2100, False),
    ],
)
def test_only_safe_links_that_excel_takes_can_be_clicked(url: str, leads: bool) -> None:
    [cell] = column(of({"url": url})["Moments"], "link")
    assert (cell.hyperlink is not None) == leads
    if leads:
        assert (cell.value, cell.hyperlink.target + "#" + cell.hyperlink.location) == (url, url)


@pytest.mark.slow
def test_hostile_words_are_text_wherever_they_stand() -> None:
    book = of(*hostile.posts())
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    links = [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_the_same_day_gives_the_same_bytes_and_another_day_others() -> None:
    day = labelled(FRIDAY)
    assert bytes_of(day) == bytes_of(replace(day))
    assert bytes_of(day) != bytes_of(labelled(FRIDAY.replace(day=5)))


def test_a_day_on_which_nothing_was_said_has_a_workbook_too() -> None:
    empty = told({}).head(0)
    book = opened(bytes_of(day_of(empty, asked(), ["reddit"], DAY)))
    assert "Nothing was said that we saw." in words(book["Day"])
    assert "reddit was not asked" in words(book["Day"])
    assert pd.DataFrame(book["Moments"].values).shape[0] <= 2
