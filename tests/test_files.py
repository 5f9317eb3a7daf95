"""Saved files: every row that can be read, a name for each that cannot, and nothing twice."""

import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from data.records import Post, Query, RawPage
from data.vocabulary import Kind, Outcome
from sources.contract import NOTHING_NEW
from sources.errors import Changed, Gone
from sources.files import Files, FilesOptions
from sources.saved import ROWS_PER_PAGE

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
QUERY = Query("Foxglove", ("Foxglove",), NOW - timedelta(days=7), NOW)


def files(*paths: Path | str, **options: Any) -> Files:
    return Files(FilesOptions(paths=tuple(str(path) for path in paths), **options))


def fetched(source: Files, cursor: str | None = None) -> tuple[list[Post], list[RawPage]]:
    pages = list(source.fetch(QUERY, cursor))
    return [post for page in pages for post in source.parse(page)], pages


def save(path: Path, *rows: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def row(number: int, **more: object) -> dict[str, object]:
    return {"id": f"r{number}", "text": f"Visit {number} to Foxglove.", **more}


def test_a_folder_is_read_in_order_and_to_any_depth(tmp_path: Path) -> None:
    save(tmp_path / "b" / "late.jsonl", row(2))
    save(tmp_path / "a.jsonl", row(1))
    save(tmp_path / ".hidden" / "c.jsonl", row(3))
    (tmp_path / "notes.txt").write_text("not ours")
    posts, _ = fetched(files(tmp_path))
    assert [post.native_id for post in posts] == ["r1", "r2"]


def test_a_pattern_finds_files_and_none_is_read_twice(tmp_path: Path) -> None:
    save(tmp_path / "one.jsonl", row(1))
    save(tmp_path / "two.jsonl", row(2))
    posts, _ = fetched(files(tmp_path / "*.jsonl", tmp_path / "one.jsonl", tmp_path))
    assert [post.native_id for post in posts] == ["r1", "r2"]


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    one, two = save(tmp_path / "1.jsonl", row(1)), save(tmp_path / "2.jsonl", row(2))
    _, pages = fetched(files(tmp_path))
    posts, again = fetched(files(tmp_path), pages[-1].cursor)
    assert (posts, [page.media_type for page in again]) == ([], [NOTHING_NEW])
    save(two, row(2), row(3))
    posts, _ = fetched(files(tmp_path), again[-1].cursor)
    assert [post.native_id for post in posts] == ["r2", "r3"]
    os.utime(one, ns=(1, 1))
    assert len(fetched(files(tmp_path), pages[-1].cursor)[0]) == 3


def test_a_large_file_makes_several_pages_and_is_known_only_when_all_are_read(
    tmp_path: Path,
) -> None:
    count = 2 * ROWS_PER_PAGE + 1
    path = save(tmp_path / "many.jsonl", *(row(number) for number in range(count)))
    posts, pages = fetched(files(path))
    assert len({post.native_id for post in posts}) == count
    assert [json.loads(page.cursor) != {} for page in pages] == [False, False, True]


def test_a_csv_is_not_cut_inside_a_quoted_field(tmp_path: Path) -> None:
    long = "\n".join("line" for _ in range(ROWS_PER_PAGE + 10))
    text = f'id,text\n1,"{long}"\n2,"two\nlines"\n3,x,y\n4,four\n'
    (tmp_path / "a.csv").write_text(text, "utf-8")
    posts, pages = fetched(files(tmp_path / "a.csv"))
    assert [post.native_id for post in posts] == ["1", "2", "4"]
    assert len(pages) == 2
    bad = text.split("\n").index("3,x,y") + 1
    assert f"({bad})" in pages[-1].detail


def test_bad_lines_are_counted_and_named_and_cost_nothing_else(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jsonl", row(1), ["no", "row"], {"id": "x"}, row(2))
    path.write_text(path.read_text("utf-8") + '{"id": "half\n', "utf-8")
    posts, (page,) = fetched(files(path))
    assert [post.native_id for post in posts] == ["r1", "r2"]
    assert page.outcome is Outcome.OK
    assert "3 of its lines cannot be read (2, 3, 5)" in page.detail


def test_a_file_of_nothing_but_bad_lines_is_changed(tmp_path: Path) -> None:
    save(tmp_path / "bad.jsonl", 1, 2)
    save(tmp_path / "good.jsonl", row(1))
    source = files(tmp_path)
    pages = source.fetch(QUERY, None)
    assert len(source.parse(next(pages))) == 1
    with pytest.raises(Changed, match=r"bad\.jsonl has no row"):
        next(pages)


def test_an_empty_file_is_no_error(tmp_path: Path) -> None:
    posts, (page,) = fetched(files(save(tmp_path / "a.jsonl")))
    assert (posts, page.outcome) == ([], Outcome.EMPTY)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl"])
def test_packed_files_are_unpacked_whatever_their_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(json.dumps(row(1)).encode()))
    assert len(fetched(files(tmp_path / name))[0]) == 1


def test_a_spoiled_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b"x" * 999)[:-9])
    with pytest.raises(Changed, match="unpacked"):
        fetched(files(tmp_path))


@pytest.mark.parametrize(
    ("encoding", "noted"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)],
)
def test_files_of_other_encodings_are_read_and_a_guess_is_told(
    tmp_path: Path, encoding: str, noted: bool
) -> None:
    (tmp_path / "a.csv").write_text("text\nCafé “Foxglove”\n", encoding)
    posts, (page,) = fetched(files(tmp_path))
    assert posts[0].text == "Café “Foxglove”"
    assert ("Windows-1252" in page.detail) is noted


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_spreadsheets_separate_columns_in_three_ways(tmp_path: Path, mark: str) -> None:
    rows = (("ID", "Text", "Rating"), ("007", "Nobody looked up.", "1"))
    (tmp_path / "a.csv").write_text("\n".join(mark.join(cells) for cells in rows), "utf-8")
    ((post,), _) = fetched(files(tmp_path))
    assert (post.native_id, post.text, post.rating, post.kind) == (
        "007",
        "Nobody looked up.",
        1.0,
        Kind.REVIEW,
    )


def test_a_row_without_an_id_keeps_the_one_made_of_it(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jsonl", {"text": "same"}, {"text": "other"}, {"text": "same"})
    first, _ = fetched(files(path))
    second, _ = fetched(files(save(path, {"text": "other"}, {"text": "same"})))
    assert {post.post_id for post in first} == {post.post_id for post in second}
    assert len(first) == 2


def test_a_row_may_name_its_platform_but_not_break_the_identity(tmp_path: Path) -> None:
    path = save(tmp_path / "a.jsonl", row(1, source="Trust:Board"), row(2, source=17))
    posts, _ = fetched(files(path))
    assert [post.post_id for post in posts] == ["trust-board:r1", "17:r2"]


def test_saved_feeds_are_read_too(tmp_path: Path) -> None:
    home = "<link>https://harbourgazette.example/</link>"
    item = "<item><guid isPermaLink='false'>9</guid><title>Foxglove</title></item>"
    feed = f"<rss version='2.0'><channel>{home}{item}</channel></rss>"
    (tmp_path / "saved.rss").write_text(feed, "utf-8")
    ((post,), _) = fetched(files(tmp_path))
    assert (post.post_id, post.kind) == ("feed:harbourgazette.example/#9", Kind.ARTICLE)


def test_what_is_missing_is_told_after_what_is_there(tmp_path: Path) -> None:
    save(tmp_path / "a.jsonl", row(1))
    source = files(tmp_path / "nothing-*.csv", tmp_path / "a.jsonl")
    pages = source.fetch(QUERY, None)
    assert len(source.parse(next(pages))) == 1
    with pytest.raises(Gone, match="No file matches"):
        next(pages)


def test_a_file_of_unknown_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(Changed, match="no known kind"):
        fetched(files(tmp_path / "a.docx"))


def test_files_need_a_path() -> None:
    with pytest.raises(ValidationError):
        FilesOptions(paths=())


def test_a_file_name_that_is_no_text_harms_nothing(tmp_path: Path) -> None:
    path = save(tmp_path / os.fsdecode(b"caf\xe9\n.jsonl"), row(1), "bad")
    posts, (page,) = fetched(files(path))
    assert len(posts) == 1
    (page.url + page.detail + page.cursor).encode("utf-8")
