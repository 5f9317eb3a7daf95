"""`moments fetch` reads any location, and says in one sentence what is wrong with a bad one."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from loopback import loopback, reply
from reddit_server import listing, submission

from data.vocabulary import Outcome
from sources.locations import read

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ITEM = b"<item><title>Foxglove</title></item>"
FEED = b"<rss version='2.0'><channel><title>T</title>%s</channel></rss>" % ITEM


def test_an_address_on_this_machine_may_be_typed_by_a_person() -> None:
    with loopback() as server:
        server.paths["/rss"] = reply(body=FEED)
        posts, outcome, detail = read("feed", server.url + "/rss", NOW)
    assert ([post.title for post in posts], outcome, detail) == (["Foxglove"], Outcome.OK, "")


def test_but_it_does_not_lead_to_other_hosts_of_a_private_network() -> None:
    with loopback() as server:
        server.paths["/rss"] = reply("302 Found", Location=f"http://localhost:{server.port}/rss")
        assert read("feed", server.url + "/rss", NOW)[1] is Outcome.BLOCKED


def test_a_saved_feed_is_read_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "saved.txt").write_bytes(FEED)
    posts, outcome, _ = read("feed", str(tmp_path / "saved.txt"), NOW)
    assert (len(posts), outcome) == (1, Outcome.OK)


def test_of_a_folder_all_feeds_are_read_and_the_bad_ones_named(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"bad{number}.xml").write_bytes(b"<html>")
    (tmp_path / "good.xml").write_bytes(FEED)
    posts, outcome, detail = read("feed", str(tmp_path), NOW)
    assert (len(posts), outcome) == (1, Outcome.CHANGED)
    assert "bad0.xml" in detail
    assert "3 more of 6 files" in detail


def test_a_feed_that_breaks_off_is_truncated(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(FEED[:-16])
    posts, outcome, _ = read("feed", str(tmp_path / "a.xml"), NOW)
    assert (len(posts), outcome) == (1, Outcome.TRUNCATED)


def test_a_saved_listing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "search.json"
    path.write_text(json.dumps(listing(submission(1, NOW.timestamp()))), "utf-8")
    posts, outcome, _ = read("reddit", str(path), NOW)
    assert ([post.native_id for post in posts], outcome) == (["t3_p1"], Outcome.OK)


def test_saved_rows_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Foxglove"}\nno row\n', "utf-8")
    posts, outcome, detail = read("files", str(tmp_path), NOW)
    assert (len(posts), outcome) == (1, Outcome.OK)
    assert "(2)" in detail


@pytest.mark.parametrize("kind", ["feed", "reddit", "files", "smoke signals"])
@pytest.mark.parametrize(
    "location",
    [
        "",
        "\0",
        "/nowhere/at/all",
        "http://",
        "http://[x",
        "https://127.0.0.1:1/",
        "*[",
        "~nobody/x",
    ],
)
def test_no_location_is_bad_enough_to_raise(kind: str, location: str) -> None:
    posts, outcome, detail = read(kind, location, NOW)
    assert posts == []
    assert outcome not in (Outcome.OK, Outcome.EMPTY)
    assert detail.endswith(".")
    assert "\0" not in detail


@pytest.mark.parametrize("kind", ["feed", "reddit", "files"])
@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"{", b"[[[[", b"\x1f\x8b", b"<", b"null"])
def test_no_file_is_bad_enough_to_raise(kind: str, body: bytes, tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl", "a.csv", "a.xml"):
        (tmp_path / name).write_bytes(body)
        posts, outcome, detail = read(kind, str(tmp_path / name), NOW)
        assert posts == []
        assert outcome is not Outcome.OK
        assert detail.endswith(".") or outcome is Outcome.EMPTY
