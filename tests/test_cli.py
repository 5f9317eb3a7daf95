"""The command line as a person meets it: exit codes, one clear sentence, no traceback."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import prepare

from example.server import Running, serve
from example.world import DAYS

MOMENTS = Path(sys.executable).with_name("moments")
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title><item>'
    "<title>Foxglove staff wait with lost boy</title><guid>urn:x:1</guid>"
    "<pubDate>Tue, 03 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>"
)


def moments(*words: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell does."""
    return subprocess.run(
        [str(MOMENTS), *map(str, words)], capture_output=True, text=True, cwd=cwd, timeout=240,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
    )  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(
    folder: Path, *texts: object
) -> tuple[subprocess.CompletedProcess[str], list[dict[str, str]]]:
    lines = [text if isinstance(text, str) else json.dumps(text) for text in texts]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = moments("judge", folder / "in.jsonl", "--output", folder / "out.csv")
    return done, rows(folder / "out.csv")


def test_help_names_every_command() -> None:
    told = moments("--help").stdout
    for command in ("run", "serve", "look", "judge", "correct", "rejudge", "explain", "doctor"):
        assert command in told


def test_judge_gives_one_row_per_row_in_the_same_order(tmp_path: Path) -> None:
    done, table = judged(
        tmp_path,
        {"id": "00123", "text": "Nobody looked up from the desk, so I walked out."},
        {"id": 7, "text": "The jumper itches."},
        {"id": "c", "text": "Priya at the desk was so kind and went out of her way for mum."},
    )
    assert done.returncode == 0
    assert [row["id"] for row in table] == ["00123", "7", "c"]
    assert [row["verdict"] for row in table] == ["poor", "neither", "exceptional"]
    assert {"score", "reason", "teller", "touchpoint", "evidence"} <= set(table[0])


def test_judge_with_a_brand_leaves_a_text_about_another_one_alone(tmp_path: Path) -> None:
    rude = "The driver swore at me and threw the parcel over the gate."
    _, table = judged(
        tmp_path,
        {"id": "1", "text": f"{rude} Shame on Foxglove.", "brand": "Foxglove"},
        {"id": "2", "text": f"{rude} Shame on Tansy.", "brand": "Foxglove"},
    )
    assert [row["verdict"] for row in table] == ["poor", "neither"]


def test_judge_keeps_a_place_for_a_line_it_cannot_read_and_names_it(tmp_path: Path) -> None:
    done, table = judged(tmp_path, {"id": "1", "text": "Fine."}, "{broken", {"id": "3"})
    assert [row["verdict"] for row in table] == ["neither", "unjudged", "unjudged"]
    assert "line 2 is not JSON" in done.stderr
    assert "line 3 has no `text`" in done.stderr


def test_judge_of_an_empty_file_is_a_table_of_no_rows(tmp_path: Path) -> None:
    done, table = judged(tmp_path)
    assert (done.returncode, table) == (0, [])


def test_judge_of_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    done = moments("judge", tmp_path / "none.jsonl")
    assert done.returncode == 2
    assert done.stderr.strip().endswith("No such file or directory.")
    assert "Traceback" not in done.stderr


def test_explain_names_the_words_that_decided() -> None:
    done = moments("explain", "Nobody looked up from the desk, so I walked out.")
    assert done.returncode == 0
    assert "poor" in done.stdout
    assert "looked up" in done.stdout


def test_fetch_prints_posts_as_json_lines_and_never_aborts_on_a_bad_location(
    tmp_path: Path,
) -> None:
    (tmp_path / "good.xml").write_text(FEED)
    (tmp_path / "page.html").write_text("<!doctype html><title>Log in</title>")
    done = moments("fetch", "feed", tmp_path / "page.html", tmp_path / "good.xml", tmp_path / "no")
    posts = [json.loads(line) for line in done.stdout.splitlines()]
    assert [post["post_id"] for post in posts] == ["feed:urn:x:1"]
    assert len(done.stderr.strip().splitlines()) == 3
    assert done.returncode == 3


def test_fetch_of_nothing_readable_says_so_with_its_exit_code(tmp_path: Path) -> None:
    assert moments("fetch", "feed", tmp_path / "none.xml").returncode == 4


def test_fetch_of_an_unknown_kind_names_those_there_are() -> None:
    done = moments("fetch", "telex", "x")
    assert done.returncode == 2
    assert "expected of: feed, reddit, files" in done.stderr


@pytest.mark.parametrize("command", [("run",), ("doctor",), ("serve",)])
def test_without_a_watchlist_there_is_one_sentence(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    env = {"PREFECT_API_URL": "http://127.0.0.1:9/api"}
    os.environ.update(env)
    done = moments(*command, cwd=tmp_path)
    os.environ.pop("PREFECT_API_URL")
    assert done.returncode == 2
    assert "There is no watchlist at watchlist.toml" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_prefect_server_that_does_not_answer_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path, "http://127.0.0.1:9")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    done = moments("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "No Prefect server answers at http://127.0.0.1:9/api." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_date_is_a_mistake_in_usage() -> None:
    assert moments("run", "--as-of", "yesterday").returncode == 2


@pytest.fixture
def running() -> Running:  # type: ignore[misc]
    with serve() as running:
        yield running


@pytest.mark.slow
def test_run_tells_a_day_and_again_changes_nothing(tmp_path: Path, running: Running) -> None:
    watchlist = prepare(tmp_path, running.base_url)
    (tmp_path / "reviews").mkdir()
    words = ("run", "--watchlist", watchlist, "--as-of", DAYS[-1])
    first = moments(*words)
    assert "nothing changed" not in first.stdout
    second = moments(*words)  # which reads the answers to what the first one found
    tables = {p: p.read_bytes() for p in (tmp_path / "tables").rglob("*") if p.is_file()}
    assert len({p.parent.parent.name for p in tables}) >= 7
    third = moments(*words)
    assert "nothing changed" in third.stdout
    assert {p: p.read_bytes() for p in (tmp_path / "tables").rglob("*") if p.is_file()} == tables
    assert "Traceback" not in first.stderr + second.stderr + third.stderr


@pytest.mark.slow
def test_an_unknown_brand_is_told_with_those_there_are(tmp_path: Path) -> None:
    done = moments("run", "--watchlist", prepare(tmp_path, "http://127.0.0.1:9"), "--brand", "X")
    assert done.returncode == 2
    assert "it has: Foxglove" in done.stderr


@pytest.mark.slow
def test_a_dead_network_is_one_sentence_per_source(tmp_path: Path) -> None:
    watchlist = prepare(tmp_path, "http://127.0.0.1:9")
    text = watchlist.read_text().split('[[sources]]\nname = "store-reviews"')[0]
    watchlist.write_text(text)
    done = moments("run", "--watchlist", watchlist)
    assert done.returncode == 4
    told = done.stderr.strip().splitlines()
    assert len(told) == text.count("[[sources]]")
    assert all(": failed: " in line for line in told)


@pytest.mark.slow
def test_doctor_says_what_works_and_what_does_not(tmp_path: Path, running: Running) -> None:
    watchlist = prepare(tmp_path, running.base_url)
    (tmp_path / "reviews").mkdir()
    running.world.now = running.world.now.replace(day=5)  # the newspaper is out of order
    done = moments("doctor", "--watchlist", watchlist)
    assert done.returncode == 3
    assert "✓ source reddit" in done.stdout
    assert "✗ source port-ellery-courier" in done.stdout
    assert "503" in done.stdout
