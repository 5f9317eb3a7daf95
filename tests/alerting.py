"""What tests of alerting share: incidents and routes by hand, and receivers on loopback."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from data.incident_records import Incident, MessageKind, Route
from data.ledger import Ledger
from data.records import Coverage, Engagement, Post, RawPage
from data.vocabulary import Kind, Outcome, Priority, Status
from flows.watchlist import Watchlist, load

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL_KINDS = frozenset(MessageKind)
RUDE = {
    "text": "The woman at the Foxglove desk shouted at my autistic son and told us to leave.",
    "title": "Shouted at in Foxglove", "score": 900,
}  # fmt: skip


def story(name: str = "2026-11-03-aaaa", **changes: Any) -> Incident:
    """A poor story of P2 that opened at noon."""
    one = Incident(
        "Foxglove", MessageKind.ESCALATION, name, name, Status.NEW, NOON, NOON, Priority.P2,
        due=NOON + 8 * HOUR, owner="frontstage", why="concerns a child", reason="rude",
        touchpoint="help", place="Port Ellery", quote="Nobody looked up.",
        link="https://example.org/1", posts=3, reach=40,
    )  # fmt: skip
    return replace(one, **changes)


def route(**changes: Any) -> Route:
    """A route that takes everything."""
    return replace(Route("care", ALL_KINDS), **changes)


@dataclass
class Receiver:
    """An HTTP receiver on loopback that keeps what it is sent; `status` is what it answers."""

    url: str = ""
    status: int = 200
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The messages' ids in the order they came."""
        return [headers["X-Moments-Id"] for headers in self.headers]


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Serve a receiver; its address for apprise is `url`."""
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if kept.status < 300:
                kept.bodies.append(json.loads(body))
                kept.headers.append(dict(self.headers))
            self.send_response(kept.status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")  # what Slack says

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"json://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


WATCHLIST = """
time_zone = "Europe/Dublin"
tables = "tables"
ledger = "ledger.sqlite"

[[brands]]
name = "Foxglove"

[[sources]]
name = "reddit"
kind = "files"
paths = ["posts.jsonl"]
"""
ROUTE = """
[[routes]]
name = "{name}"
target = "env:TEST_ROUTE_{variable}"
{keys}
"""


def with_routes(folder: Path, **routes: str) -> Watchlist:
    """A watchlist with routes of these names and keys; the variable is the name in capitals."""
    text = WATCHLIST + "".join(
        ROUTE.format(name=name, variable=name.upper(), keys=keys) for name, keys in routes.items()
    )
    (folder / "watchlist.toml").write_text(text, encoding="utf-8")
    return load(folder / "watchlist.toml")


def keep(ledger: Ledger, rows: Sequence[dict[str, Any]], seen_at: datetime = NOON) -> None:
    """Store judged posts: `text` is needed, the rest has what a rude moment usually has."""
    named = {row.get("id", f"t3_{n}"): row for n, row in enumerate(rows)}
    posts = [
        Post(
            "reddit", name, row.get("kind", Kind.POST), f"https://www.reddit.example/{name}",
            row.get("author", f"u/author_of_{name}"), row.get("title", ""), row["text"],
            row.get("at", NOON - HOUR), seen_at,
            engagement=Engagement(score=row.get("score", 5)), outlet=row.get("outlet", "r/quay"),
        )
        for name, row in named.items()
    ]  # fmt: skip
    page = RawPage("https://www.reddit.example/", b"", "application/json", seen_at, "{}")
    ledger.record(page, posts, Coverage("Foxglove", "reddit", seen_at, Outcome.OK, 1, len(posts)))
    waiting = ledger.unjudged("Foxglove", "v1")
    judged = {
        name: [named[native_id].get(name, usual) for native_id in waiting["native_id"]]
        for name, usual in _JUDGED.items()
    }
    quotes = waiting["text"].str.slice(0, 200)
    ledger.judge("Foxglove", "v1", waiting.assign(**judged, quote=quotes))


_JUDGED = {
    "own_verdict": "",
    "model": "m1", "language": "en", "mention": True, "verdict": "poor", "confidence": 0.9,
    "p_poor": 0.9, "p_exceptional": 0.01, "reason": "rude", "teller": "customer",
    "touchpoint": "help", "stage": "frontstage", "churn": "no", "person": "", "evidence": "",
}  # fmt: skip
