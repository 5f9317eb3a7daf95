"""What is written to disk opens well, runs nothing and changes only where the ledger did."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from posts import asked, told

from analysis.rates import wilson
from analysis.trends import daily
from data.columns import Schema, local, text
from data.dated_tables import MOMENTS
from data.errors import SchemaError
from reports.cells import active, inert
from reports.coverage import coverage
from reports.csv_files import write_csv
from reports.csv_rows import Rows
from reports.folders import folder_of
from reports.links import clickable
from reports.moments import moments
from reports.pseudonyms import pseudonyms
from reports.replace import replace
from reports.summary import plain

DUBLIN = ZoneInfo("Europe/Dublin")
DAY = date(2026, 11, 3)
WORDS = Schema("words", "Some words.", {"words": text("Words.")})


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "|cmd"])
def test_a_formula_start_is_made_inert(start: str) -> None:
    assert inert(pd.Series([start], dtype="str")).tolist() == ["'" + start]


def test_other_words_are_left_as_they_are() -> None:
    words = pd.Series(["a=b", "it's -5", "", "“quoted”"], dtype="str")
    assert inert(words).tolist() == words.tolist()


def test_a_csv_comes_back_as_it_was_written(tmp_path: Path) -> None:
    words = ["NA", "null", 'say "hi"', "two\nlines", "café 🙂", "a;b", "'tis"]
    assert read_back(tmp_path, words) == words


def test_a_csv_has_the_bytes_that_pandas_would_write() -> None:
    words = ["a, b", 'said "no"', "two\r\nlines", "", "’tis"]
    table = pd.DataFrame({
        "words": pd.Series(words, dtype="str"),
        "some": [0.1, 1.0, float("nan"), 1e-7, 1e22],
        "many": pd.Series([1, None, -3, 0, 10**15], dtype="Int64"),
        "flag": [True, False, True, True, False],
    })  # fmt: skip
    theirs = table.to_csv(index=False, lineterminator="\r\n").encode()
    ours = Rows(table)
    assert ours.header + ours.between(0, 2) + ours.between(2, len(table)) == theirs


@pytest.mark.parametrize(
    "word",
    [
        "00123", "123456789012345678", "1,000.50", "1e5", "12 %", "$5", "(5)", "3-4", "10/10",
        "1.5.2026", "2026-11-03", "2026-11-03 14:05", "Mar 1", "5 May 2026", "14:05", "3 pm",
        "1 1/2", "TRUE", "#N/A", "=1+1", "'00123",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_take_for_a_number_or_date_is_marked_as_text(
    word: str, tmp_path: Path
) -> None:
    assert read_back(tmp_path, [word]) == ["'" + word]
    assert active("'" + word) == word


@pytest.mark.parametrize(
    "word", ["10/10 would go again", "2026-11-03-724107", "May", "Maya", "No. 7", "1st", "1-2-3-4"]
)
def test_words_that_no_spreadsheet_changes_are_left_as_they_are(word: str, tmp_path: Path) -> None:
    assert read_back(tmp_path, [word]) == [word]
    assert active(word) == word


def test_our_own_days_and_times_stay_as_programs_read_them(tmp_path: Path) -> None:
    schema = Schema("days", "Days.", {"day": local("A day.", ""), "due": local("A time.", "")})
    frame = pd.DataFrame({"day": ["2026-11-03"], "due": ["2026-11-03 14:05"]}, dtype="str")
    write_csv(frame, schema, tmp_path / "days.csv")
    assert (tmp_path / "days.csv").read_text("utf-8-sig").split() == [
        "day,due",
        "2026-11-03,2026-11-03",
        "14:05",
    ]


@pytest.mark.parametrize("letter", ["a", "🙂"])
def test_what_a_cell_cannot_hold_is_cut_where_it_says_so(letter: str, tmp_path: Path) -> None:
    [back] = read_back(tmp_path, [letter * 40_000])
    assert back.endswith("[cut here; posts.parquet has it whole]")
    assert len(back.encode("utf-16-le")) // 2 <= 32_767


def read_back(folder: Path, words: list[str]) -> list[str]:
    """The texts from a CSV as pandas reads them."""
    write_csv(pd.DataFrame({"words": words}, dtype="str"), WORDS, folder / "words.csv")
    assert (folder / "words.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(
        folder / "words.csv", dtype="str", keep_default_na=False, encoding="utf-8-sig"
    )
    return list(back["words"])


def test_a_table_that_is_not_as_declared_is_refused_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    write_csv(pd.DataFrame({"words": ["old"]}, dtype="str"), WORDS, path)
    with pytest.raises(SchemaError, match="The table words is not as declared"):
        write_csv(pd.DataFrame({"words": [None]}, dtype="str"), WORDS, path)
    assert "old" in path.read_text("utf-8-sig")


def test_a_file_that_would_not_change_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    assert replace(path, b"one")
    os.utime(path, (0, 0))
    assert not replace(path, b"one")
    assert path.stat().st_mtime == 0
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        replace(tmp_path / "taken", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_an_author_is_the_same_pseudonym_everywhere_and_not_readable() -> None:
    names = pseudonyms(
        pd.Series(["reddit", "reddit", "feed", "feed"]), pd.Series(["u/a", "u/a", "u/a", ""]), b"k"
    )
    assert names[0] == names[1] != names[2]
    assert names[3] == ""
    assert "u/a" not in names[0]
    assert names[0] != pseudonyms(pd.Series(["reddit"]), pd.Series(["u/a"]), b"other")[0]


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        ("https://example.org/a?b=c", True),
        ("HTTP://EXAMPLE.ORG", True),
        ("javascript:alert(1)", False),
        ("https://example.org/ a", False),
        ("https://example.org/\n", False),
        ("", False),
    ],
)
def test_only_plain_http_links_are_offered(url: str, offered: bool) -> None:
    assert clickable(pd.Series([url], dtype="str")).tolist() == [url if offered else ""]


def test_moments_are_told_in_local_time_poor_first_surest_first() -> None:
    night = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    table = moments(
        told(
            {"verdict": "exceptional", "reason": "warm"},
            {"verdict": "neither", "reason": "", "touchpoint": "", "stage": "", "churn": ""},
            {"confidence": 0.6},
            {"confidence": 0.8, "dated_at": night},
        ),
        DUBLIN,
        b"k",
    )
    assert table["post_id"].tolist() == ["reddit:3", "reddit:2", "reddit:0"]
    assert (table.loc[0, "date"], table.loc[0, "time"]) == ("2026-07-03", "00:30")
    assert list(table.columns) == list(MOMENTS.columns)


def test_a_day_without_moments_has_the_same_columns() -> None:
    assert list(moments(told({"verdict": "neither"}).head(0), DUBLIN, b"k")) == list(
        MOMENTS.columns
    )


def test_a_source_that_failed_or_was_not_asked_is_not_seen() -> None:
    log = asked(("reddit", 9, "ok"), ("courier", 9, "ok"), ("courier", 11, "failed"))
    table = coverage(log, told({}), ["reddit", "courier", "echo"], DAY, DUBLIN).set_index("source")
    assert table["outcome"].to_dict() == {"reddit": "ok", "courier": "failed", "echo": "not_asked"}
    assert table["seen"].to_dict() == {"reddit": True, "courier": False, "echo": False}
    assert table.loc["courier", "first_failure"] == "11:00"
    assert table.loc["reddit", "moments"] == 1


def test_a_source_that_answers_again_is_seen_and_its_failure_is_still_told() -> None:
    log = asked(("courier", 9, "throttled"), ("courier", 11, "ok"))
    row = coverage(log, told({}), ["courier"], DAY, DUBLIN).iloc[0]
    assert (row["outcome"], row["seen"], row["failures"]) == ("throttled", True, 1)


def test_posts_reviews_and_press_are_counted_apart() -> None:
    window = told({}, {"kind": "article"}, {"kind": "review", "verdict": "neither"})
    covered = coverage(asked(), window, [], DAY, DUBLIN)
    table = daily(window, DAY, DUBLIN, covered, asked())
    whole = table[table["dimension"] == "all"].set_index("group")
    assert whole["poor"].to_dict() == {"posts": 1, "reviews": 0, "press": 1}


def test_a_blind_source_shows_in_its_groups_coverage_only() -> None:
    window = told({}, {"kind": "article", "found_by": "courier"})
    log = asked(("reddit", 9, "ok"), ("courier", 9, "failed"))
    table = daily(window, DAY, DUBLIN, coverage(log, window, [], DAY, DUBLIN), log)
    coverages = table.groupby("group")["coverage"].unique()
    assert (*coverages["posts"], *coverages["press"]) == ("ok", "failed")


def test_a_small_count_has_a_wide_interval_and_nothing_has_none() -> None:
    share, low, high = wilson(1, 4)
    assert (share, low, high) == (
        0.25,
        pytest.approx(0.0456, abs=1e-4),
        pytest.approx(0.6994, abs=1e-4),
    )
    assert all(value != value for value in wilson(0, 0))


def test_a_strangers_words_are_shown_and_not_obeyed_in_markdown() -> None:
    words = plain("<script>x</script> [a](javascript:b) @here **b** | `c`\n# d \u202egnp")
    assert "<" not in words
    assert "\n" not in words
    for mark in ("\\[a\\]", "\\@here", "\\*\\*b", "\\|", "\\`c", "\\# d"):
        assert mark in words


@pytest.mark.parametrize(
    ("brand", "folder"), [("Tansy & Rowe", "tansy-&-rowe"), ("../etc", "etc"), ("A/B", "a-b")]
)
def test_a_brand_cannot_leave_the_tables_folder(brand: str, folder: str) -> None:
    assert folder_of(Path("tables"), DAY, brand) == Path("tables/2026-11-03") / folder
