"""Archives in, dated tables out: all formats, malformed lines, interruptions, two processes."""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pytest
from rich.console import Console

from analysis.archive_counts import daily_counts
from analysis.trends import daily
from data.dated_tables import COVERAGE, DAILY, MOMENTS
from data.frames import check, frame
from data.schemas import COVERAGE_LOG
from flows.backfill import Request, backfill
from flows.exits import Exit, UsageError
from flows.processes import shared_by
from sources.archive_columns import by_columns
from sources.archive_rows import by_rows, rows_of, table_of
from sources.archives import Piece, pieces

POOR = "The man at the Foxglove desk never even looked up, so after 40 minutes I walked out."
WARM = "Dana at Foxglove stayed an hour after closing to help my mother, so kind and patient."
DULL = "The new Foxglove toaster is grey and costs 30 pounds."
PIECE = 4_000  # bytes: some 15 posts
# A shell that starts tests in the background has them ignore Ctrl-C, and so their children.
_COMMAND = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from flows.cli import main
main()
"""
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def posts(count: int) -> list[dict[str, object]]:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    return [
        {
            "id": f"t{n}", "text": (POOR, WARM, DULL, DULL)[n % 4] + f" Number {n}.",
            "author": f"u/{n % 7}", "source": "reddit", "score": n, "outlet": "r/portellery",
            "url": f"https://example.org/{n}",
            "published_at": (start + timedelta(hours=5 * n)).isoformat(),
        }
        for n in range(count)
    ]  # fmt: skip


def lines(rows: list[dict[str, object]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "year.jsonl"
    path.write_text(lines(posts(120)), "utf-8")
    os.utime(path, (1_790_000_000, 1_790_000_000))
    return path


def run(path: Path, output: str, workers: int = 1) -> tuple[Exit, str]:
    """Backfill an archive in small pieces; the exit code and what was said."""
    said = StringIO()
    console = Console(file=said, width=200)
    request = Request([str(path)], "Foxglove", None, Path(output), PIECE)
    with shared_by(workers, "flows.preloaded") as each:
        return backfill(request, each, console, console), said.getvalue()


def files(output: str) -> dict[str, bytes]:
    """All that is told, without the state."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(Path(output).rglob("*"))
        if path.is_file() and ".backfill" not in path.parts
    }


def table(output: str, name: str) -> pd.DataFrame:
    """A table of all days, one after the other."""
    found = sorted(Path(output).glob(f"*/foxglove/{name}"))
    reading = {"dtype": "str", "keep_default_na": False, "encoding": "utf-8-sig"}
    if name.endswith("parquet"):
        return pd.concat([pd.read_parquet(path) for path in found], ignore_index=True)
    return pd.concat([pd.read_csv(path, **reading) for path in found], ignore_index=True)


def starting(archive: Path, output: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, once it has finished two parts."""
    command = ["backfill", str(archive), "-b", "Foxglove", "-o", output, "--piece", str(PIECE)]
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, *command],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and len(list(Path(output).rglob("part-*.arrow"))) < 2:
        time.sleep(0.01)
    return process


def test_every_post_is_told_once_on_its_day(archive: Path) -> None:
    code, said = run(archive, "out")
    assert code == Exit.OK
    kept = table("out", "posts.parquet")
    assert sorted(kept["native_id"]) == sorted(f"t{n}" for n in range(120))
    moments = table("out", "moments.csv")
    assert list(moments.columns) == list(MOMENTS.columns)
    assert (moments["verdict"] == "poor").sum() == 30
    assert set(moments["date"]) <= {path.name for path in Path("out").glob("2026*")}
    assert moments["author"].str.startswith("author-").all()
    assert "30 poor" in said


def test_daily_counts_what_the_days_hold(archive: Path) -> None:
    run(archive, "out")
    daily = table("out", "daily.csv")
    assert list(daily.columns) == list(DAILY.columns)
    whole = daily[(daily["dimension"] == "all") & (daily["group"] == "posts")]
    assert whole["mentions"].astype(int).sum() == 120
    assert whole["poor"].astype(int).sum() == 30
    assert set(daily["spike"]) == {"muted"}
    assert set(daily["group"]) == {"posts", "reviews", "press"}


def test_an_archive_is_told_as_the_monitor_counts_it(archive: Path) -> None:
    run(archive, "out")
    day = datetime(2026, 3, 4).date()
    told = pd.read_parquet(f"out/{day}/foxglove/posts.parquet")
    live = daily(told, day, ZoneInfo("UTC"), frame([], COVERAGE), frame([], COVERAGE_LOG))
    ours = daily_counts(told.assign(day=pd.Categorical([str(day)] * len(told))))
    same = [name for name in DAILY.columns if name not in ("compared_with", "coverage")]
    pd.testing.assert_frame_equal(ours[same], live[same])
    check(ours, DAILY)


def test_running_again_changes_nothing(archive: Path) -> None:
    run(archive, "out")
    before = files("out")
    code, said = run(archive, "out")
    assert (code, files("out")) == (Exit.OK, before)
    assert "Nothing is new" in said


@pytest.mark.slow
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_run_goes_on_to_the_same_bytes(archive: Path, blow: signal.Signals) -> None:
    run(archive, "whole")
    process = starting(archive, "broken")
    process.send_signal(blow)
    code = process.wait()
    assert code == (Exit.INTERRUPTED if blow == signal.SIGINT else -signal.SIGKILL)
    done = len(list(Path("broken").rglob("part-*.arrow")))
    assert done >= 2
    assert not list(Path("broken").glob("2026*"))
    _, said = run(archive, "broken")
    assert files("broken") == files("whole")
    assert "120 posts judged" not in said, "the pieces that were done are not judged again"


@pytest.mark.slow
def test_two_processes_give_the_same_bytes_as_one(archive: Path) -> None:
    run(archive, "one")
    run(archive, "two", workers=2)
    assert files("two") == files("one")


@pytest.mark.parametrize("form", ["jsonl.gz", "jsonl.zst", "csv", "csv.gz", "parquet"])
def test_all_formats_give_the_same_tables(archive: Path, form: str) -> None:
    run(archive, "plain")
    other = archive.with_name(f"other.{form}")
    rows = pd.DataFrame(posts(120))
    text = rows.to_csv(index=False) if "csv" in form else archive.read_text("utf-8")
    if form == "parquet":
        rows.assign(published_at=pd.to_datetime(rows["published_at"])).to_parquet(other)
    elif form.endswith("zst"):
        with pa.CompressedOutputStream(str(other), "zstd") as file:
            file.write(text.encode())
    else:
        other.write_bytes(gzip.compress(text.encode()) if form.endswith("gz") else text.encode())
    run(other, "out")
    pd.testing.assert_frame_equal(
        table("out", "moments.csv").drop(columns="source"),
        table("plain", "moments.csv").drop(columns="source"),
    )


def test_malformed_lines_are_kept_with_their_numbers(archive: Path) -> None:
    bad = ['{"id": "x", "text": ', "[1, 2]", '{"id": "y"}', "", '{"id": "z", "text": 7}']
    good = lines(posts(40)).splitlines()
    archive.write_text("\n".join([*good[:30], *bad[:2], *good[30:], *bad[2:]]) + "\n", "utf-8")
    _, said = run(archive, "out")
    aside = [json.loads(line) for line in Path("out/malformed.jsonl").read_text().splitlines()]
    assert [(row["line"], row["raw"]) for row in aside] == [
        (31, bad[0]), (32, bad[1]), (43, bad[2]),
    ]  # fmt: skip
    assert len(table("out", "posts.parquet")) == 41
    assert "3 lines hold no post" in said


def test_a_csv_with_line_breaks_inside_quotes_is_cut_between_rows(tmp_path: Path) -> None:
    rows = pd.DataFrame(posts(60))
    rows["text"] = rows["text"] + '\nand then, "well",\n\nnothing'
    rows.to_csv(tmp_path / "a.csv", index=False)
    cut = list(pieces(tmp_path / "a.csv", 1_000))
    assert len(cut) > 10
    read = pa.concat_tables([rows_of(piece, NOW)[0] for piece in cut])
    assert read["text"].to_pylist() == rows["text"].tolist()


def test_a_ragged_csv_row_is_told_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,one\n2,two,too\n3,three\n", "utf-8")
    (piece,) = pieces(tmp_path / "a.csv")
    read, bad = rows_of(piece, NOW)
    assert (read["text"].to_pylist(), [row.line for row in bad]) == (["one", "three"], [3])


def test_columns_and_rows_read_the_same() -> None:
    odd: list[dict[str, object]] = [
        {"id": "7", "text": " two  blanks ", "published_at": "Tue, 03 Nov 2026 10:00:00 GMT"},
        {"text": "no\r\nid\n\n\n\nhere", "title": "a\tb", "rating": 4, "score": -2.7},
        {"id": "n" * 400, "text": "long id", "url": "HTTP://u:p@example.org/x y", "kind": "Reply"},
        {"id": "d", "text": "\u200bzero\xa0width\u2028", "published_at": "2026-02-30T00:00:00Z"},
        {"id": "e", "text": "x", "published_at": "1999-01-01 00:00:00.5", "language": "en-GB"},
        {"id": "f", "text": "x", "source": "My Site", "parent_id": "p", "thread_id": "my-site:q"},
    ]
    for row in odd:
        body = lines([{"id": "0", "text": "first"}, row]).encode()
        piece = Piece(Path("a.jsonl"), "application/jsonl", b"", body, 1, 0)
        fast = by_columns(table_of(piece), NOW, "files")
        assert fast.equals(by_rows(piece, NOW)[0])


def test_other_archives_are_not_mixed_into_the_same_folder(archive: Path) -> None:
    run(archive, "out")
    archive.write_text(lines(posts(10)), "utf-8")
    with pytest.raises(UsageError, match="Name another --output"):
        run(archive, "out")


def test_a_post_without_a_time_is_not_put_on_a_day(archive: Path) -> None:
    archive.write_text(lines([{"id": "a", "text": POOR}, *posts(3)]), "utf-8")
    run(archive, "out")
    undated = pd.read_csv("out/undated/foxglove/moments.csv", encoding="utf-8-sig", dtype=str)
    assert undated["post_id"].tolist() == ["files:a"]


def test_a_post_that_is_there_twice_counts_as_it_was_last(archive: Path) -> None:
    later = {**posts(1)[0], "text": WARM}
    archive.write_text(lines([*posts(40), later]), "utf-8")
    run(archive, "out")
    kept = table("out", "posts.parquet").set_index("native_id")
    assert len(kept) == 40
    assert kept.loc["t0", "text"] == WARM


def test_an_archive_that_breaks_off_is_told_as_far_as_it_goes(archive: Path) -> None:
    packed = gzip.compress(archive.read_bytes())
    broken = archive.with_name("broken.jsonl.gz")
    broken.write_bytes(packed[: len(packed) * 3 // 4])
    code, said = run(broken, "out")
    assert code == Exit.SOME_SOURCE_FAILED
    assert "save it again" in said
    assert len(table("out", "posts.parquet")) > 15


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("a.jsonl", b"[{}]", "JSON array"), ("a.csv", b"a,b\n1,2\n", "header"),
     ("a.jsonl", b"\xff\xfea", "UTF-16")],
)  # fmt: skip
def test_an_archive_of_another_kind_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    code, said = run(tmp_path / name, "out")
    assert code == Exit.SOME_SOURCE_FAILED
    assert told in said


def test_a_place_without_archives_is_told_before_anything_is_written() -> None:
    with pytest.raises(UsageError, match="no archive at nowhere"):
        run(Path("nowhere"), "out")
    assert not Path("out").exists()


def test_what_is_said_is_written_for_the_watchlists_reader(archive: Path) -> None:
    watchlist = Path("watchlist.toml")
    watchlist.write_text(
        'locale = "de_DE"\n[[brands]]\nname = "Foxglove"\n[[sources]]\nname = "archive"\n'
        f'kind = "files"\npaths = "{archive.name}"\n',
        encoding="utf-8",
    )
    archive.write_text(lines(posts(1_200)), "utf-8")
    said = StringIO()
    request = Request([str(archive)], "Foxglove", watchlist, Path("out"))
    with shared_by(1, "flows.preloaded") as each:
        backfill(request, each, Console(file=said, width=200), Console(file=StringIO()))
    assert said.getvalue().startswith("1.200 posts on ")
    assert re.search(r"1\.200 posts judged in \d+(,\d)? seconds", said.getvalue())
