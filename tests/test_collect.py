"""What one run brings of a source, asked for a brand through the real flow."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from reddit_server import RedditServer, answer, listing, reddit_server, submission

from data.ledger import Ledger
from flows import collect as collecting
from flows.collect import collect, query_for
from flows.judging import judge_new
from flows.watchlist import load

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WATCHLIST = """
ledger = "ledger.sqlite"
[[brands]]
name = "Foxglove"
ambiguous = true
context = ["till"]
[[sources]]
name = "reddit"
kind = "reddit"
client_id = "otter"
client_secret = "env:FOXGLOVE_SECRET"
oauth_url = "{url}"
"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[RedditServer]:
    monkeypatch.setenv("FOXGLOVE_SECRET", "hush")
    with reddit_server() as running:
        yield running


def threads(server: RedditServer) -> list[str]:
    """The threads that were asked for."""
    return [path for path in server.asked if path.startswith("/comments/")]


def posted(server: RedditServer, number: int, **more: object) -> None:
    """Let somebody post, and somebody else answer."""
    post = submission(number, (NOW - timedelta(hours=number)).timestamp(), **more)
    reply = {
        "name": f"t1_c{number}",
        "body": "Same here, nobody at the till looked up.",
        "author": "heron",
        "link_id": f"t3_p{number}",
        "parent_id": f"t3_p{number}",
        "created_utc": NOW.timestamp() - 60,
    }
    thread = [listing(post), listing({"kind": "t1", "data": reply})]
    server.things.append(post)
    server.replies[f"/comments/p{number}"] = lambda params: answer(thread)


def run(folder: Path, server: RedditServer, now: datetime) -> list[str]:
    """Collect and judge; the ids of what the ledger then holds about the brand."""
    path = folder / "watchlist.toml"
    path.write_text(WATCHLIST.format(url=server.url), encoding="utf-8")
    watched = load(path)
    brand = watched.brands[0]
    server.asked.clear()
    with closing(Ledger.open(watched.ledger)) as ledger:
        collect(watched.sources[0], query_for(brand, ledger, now), ledger, now)
        judge_new(brand, ledger)
        judged = ledger.judged(brand.name, NOW - timedelta(days=30), now)
    return sorted(judged.loc[judged["mention"], "native_id"])


def test_the_first_run_reads_the_replies_to_the_posts_it_finds(
    tmp_path: Path, server: RedditServer
) -> None:
    posted(server, 1)
    posted(server, 2, title="My foxglove is in bloom", selftext="Does it like shade?")
    assert run(tmp_path, server, NOW) == ["t1_c1", "t3_p1"]
    assert threads(server) == ["/comments/p1"], "the plant's thread is not read"
    run(tmp_path, server, NOW + timedelta(hours=1))
    assert threads(server) == [], "nobody answered since"


def test_the_replies_that_a_run_leaves_for_later_are_read_by_the_next(
    tmp_path: Path, server: RedditServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "FRESH", 2)
    for number in (1, 2, 3):
        posted(server, number)
    run(tmp_path, server, NOW)
    assert threads(server) == ["/comments/p1", "/comments/p2"], "the newest"
    assert "t1_c3" in run(tmp_path, server, NOW + timedelta(hours=1))
    assert threads(server) == ["/comments/p3"]
