"""Dates and numbers in the reader's way, words in English."""

import io
import re
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alerting import HOUR, NOON, ROUTE, keep
from alerting import WATCHLIST as WATCHED
from labelled import told as labelled
from openpyxl import load_workbook
from pages_of import FRIDAY
from posts import DAY, asked, day_of, told, written
from rich.console import Console

from data import outbox
from data.ledger import Ledger
from flows.alert import alert
from flows.digest_now import show_digests
from flows.doctor import examine
from flows.explaining import explain_text
from flows.showing import show_days
from flows.status import show_status
from flows.tell import tell
from flows.watchlist import WatchlistError, load
from reports.dated import Day, write_index
from reports.digest import daily_letter
from reports.letters import as_html
from reports.locales import (
    count,
    day_name,
    figure,
    number,
    percent,
    short_day,
    weekday,
    written_for,
)
from reports.wording import Setting, local, reasons

WATCHLIST = """
{line}
[[brands]]
name = "Foxglove"
[[sources]]
name = "news"
kind = "feed"
preset = "google-news"
"""


def watchlist(folder: Path, line: str = "") -> Path:
    path = folder / "watchlist.toml"
    path.write_text(WATCHLIST.format(line=line), encoding="utf-8")
    return path


def many(day: Day) -> Day:
    """The day with a viral number of mentions."""
    return replace(day, daily=day.daily.assign(mentions=2340))


def test_without_a_locale_dates_are_written_as_python_writes_them_in_english() -> None:
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)):
        assert day_name(day) == f"{day:%A} {day.day} {day:%B %Y}"
        assert short_day(day) == f"{day.day} {day:%b}"
        assert weekday(day) == f"{day:%a}"


@pytest.mark.parametrize("value", [0, 7, 998.4, 998.5, 999, 999.5, 1000, 2340, 1_234_567, -1500])
def test_without_a_locale_numbers_are_written_as_python_writes_them(value: float) -> None:
    assert number(value) == f"{value:,.0f}"


def test_figures_below_one_another_have_as_many_decimals() -> None:
    assert [figure(0.5, 2), figure(0.5, 2, signed=True), figure(-1.234, 2)] == [
        "0.50", "+0.50", "-1.23",
    ]  # fmt: skip
    with written_for("de_DE"):
        assert [figure(0.5, 3), figure(1234.5, 1, signed=True)] == ["0,500", "+1.234,5"]


def test_why_a_text_is_what_it_is_has_figures_in_the_readers_way(tmp_path: Path) -> None:
    out = Console(record=True, width=200)
    path = watchlist(tmp_path, 'locale = "de_DE"')
    explain_text("The clerk at Foxglove was rude.", None, path, out)
    told_there = out.export_text()
    assert re.search(r"poor  \(\d+\xa0?\s?% sure\)", told_there)
    assert re.search(r"^\+\d,\d\d  frame:\S+ +\+\d,\d\d +1,00  ", told_there, re.MULTILINE)


@pytest.mark.parametrize(
    ("locale", "day", "counted", "stars"),
    [
        ("en_GB", "Tuesday 3 November 2026", "2,340 posts", "4.5"),
        ("de_DE", "Dienstag, 3. November 2026", "2.340 posts", "4,5"),
        ("en_US", "Tuesday, November 3, 2026", "2,340 posts", "4.5"),
        ("fr_FR", "mardi 3 novembre 2026", "2\u202f340 posts", "4,5"),
        ("ja_JP", "2026年11月3日火曜日", "2,340 posts", "4.5"),
    ],
)
def test_a_locale_writes_days_and_numbers_its_own_way(
    locale: str, day: str, counted: str, stars: str
) -> None:
    with written_for(locale):
        assert day_name(date(2026, 11, 3)) == day
        assert count(2340, "post") == counted
        assert number(4.5, 1) == stars
    assert count(2340, "post") == "2,340 posts"


def test_times_keep_their_24_hours_and_what_is_unknown_its_dash() -> None:
    at = datetime(2026, 11, 3, 13, 42, tzinfo=UTC)
    with written_for("en_US"):
        assert local(at, ZoneInfo("Europe/Dublin")) == "Tue Nov 3 13:42"
        assert percent(float("nan")) == "–"


def test_why_is_told_in_its_readers_way_unless_a_stranger_named_a_place_so() -> None:
    where = "2 others at Bay since 2026-99-99 11:30"
    why = f"in the press since 2026-11-04 11:30; 12874 reactions; {where}"
    with written_for("de_DE"):
        assert reasons(why) == f"in the press since 4. Nov. 11:30; 12.874 reactions; {where}"


def test_summary_page_and_index_are_written_for_their_reader(tmp_path: Path) -> None:
    day = many(labelled(FRIDAY))
    with written_for("de_DE"):
        folder = written(day, tmp_path)
        write_index(tmp_path)
    text = (folder / "summary.md").read_text("utf-8")
    assert "Freitag 2026-11-06" in text
    assert "7.020 mentions: 10 poor" in text  # of posts, reviews and press
    page = (folder / "report.html").read_text("utf-8")
    for told_there in (text, page):
        assert "in the press since 4. Nov. 11:30" in told_there
        assert re.search(r"; \d+\.\d{3} reactions", told_there)
    assert "Freitag, 6. November 2026" in page
    assert "2.340 mentions" in page
    assert re.search(r'<data class="reactions" value="(\d+)(\d{3})">\1\.\2</data>', page)
    assert "6. Nov.</text>" in page  # the chart's axis
    index = (tmp_path / "index.html").read_text("utf-8")
    assert "Freitag, 6. November 2026" in index
    assert "<td>7.020<" in index


def test_what_programs_read_is_the_same_for_every_reader(tmp_path: Path) -> None:
    day = many(labelled(FRIDAY))
    english = written(day, tmp_path / "en")
    with written_for("de_DE"):
        german = written(day, tmp_path / "de")
    same = [path.name for path in english.iterdir() if path.suffix in (".csv", ".parquet")]
    assert "moments.csv" in same
    for name in same:
        assert (english / name).read_bytes() == (german / name).read_bytes(), name
    sheets = zip(
        *(load_workbook(folder / "report.xlsx") for folder in (english, german)), strict=True
    )
    for one, other in list(sheets)[1:]:
        assert list(one.values) == list(other.values), one.title


def test_the_workbooks_first_sheet_is_written_for_its_reader(tmp_path: Path) -> None:
    with written_for("de_DE"):
        german = written(many(labelled(FRIDAY)), tmp_path)
    told = str(list(load_workbook(german / "report.xlsx").worksheets[0].values))
    assert "Freitag, 6. November 2026" in told
    assert "2.340 mentions" in told


def test_a_summary_by_mail_is_written_for_its_reader() -> None:
    day = day_of(told(), asked(("reddit", 9, "ok")), ["reddit"], DAY)
    setting = Setting("Foxglove", datetime(2026, 11, 4, 7, tzinfo=UTC), ZoneInfo("Europe/Dublin"))
    with written_for("de_DE"):
        assert daily_letter(day, [], [], setting).subject.startswith("Foxglove, Di. 3. Nov.: ")
        viral = labelled(FRIDAY)
        grown = viral.over_time.assign(poor=2340)
        letter = daily_letter(replace(viral, over_time=grown), [], [], setting)
        assert "▼ 2.340" in as_html(letter, "1")


def test_tables_alerts_digest_and_terminal_take_the_watchlists_locale(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.toml"
    route = ROUTE.format(name="hook", variable="HOOK", keys="")
    path.write_text('locale = "de_DE"' + WATCHED + route, encoding="utf-8")
    watching = load(path)
    brand = watching.brands[0]
    out = Console(file=io.StringIO(), width=100)
    with closing(Ledger.open(watching.ledger)) as ledger:
        keep(ledger, [{"text": "The Foxglove clerk was rude to my mother, a child cried."}])
        tell(watching, brand, ledger, NOON + HOUR)
        alert(watching, brand, ledger, NOON + HOUR)
        with ledger.transaction() as connection:
            message = outbox.due(connection, brand.name, "hook", NOON + HOUR)
    show_days(path, None, None, out)
    show_digests(path, None, False, DAY, False, out)
    show_status(path, False, out)
    examine(path, out)
    told_there = out.file.getvalue()  # type: ignore[attr-defined]
    folder = watching.tables / "2026-11-03" / "foxglove"
    assert "Dienstag 2026-11-03" in (folder / "summary.md").read_text("utf-8")
    assert "Dienstag, 3. November" in (watching.tables / "index.html").read_text("utf-8")
    assert "Dienstag, 3. November 2026" in told_there
    assert "Foxglove, Di. 3. Nov.: " in told_there
    assert re.search(r"Ledger: 1 post, \d+,\d MB", told_there)
    assert re.search(r"disk: (\d{1,3}\.)*\d{3} MB free", told_there)
    assert message is not None
    assert "due Di. 3. Nov. " in message.text
    assert "due Di. 3. Nov. " in message.html


def test_the_watchlist_names_its_readers_locale(tmp_path: Path) -> None:
    assert load(watchlist(tmp_path)).locale == "en_GB"
    assert load(watchlist(tmp_path, 'locale = "de_DE"')).locale == "de_DE"


@pytest.mark.parametrize("name", ["Deutsch", "de_XX", "", "de-DE", "C"])
def test_an_unknown_locale_is_a_mistake_that_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(WatchlistError) as told_so:
        load(watchlist(tmp_path, f'locale = "{name}"'))
    assert str(told_so.value).endswith(
        f'watchlist.toml: locale: found {name!r}; expected a locale such as "en_GB" or "de_DE".'
    )
