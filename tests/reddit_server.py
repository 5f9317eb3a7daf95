"""A Reddit of a few lines on loopback: signs in, lists what it is given, and fails as told."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Reply = tuple[int, dict[str, str], bytes]
TOKEN = {"access_token": "t", "token_type": "bearer", "expires_in": 3600, "scope": "*"}


def answer(document: object, status: int = 200, **headers: str) -> Reply:
    """Return a JSON reply; a header's name is written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": "application/json", **named}, json.dumps(document).encode()


def listing(*children: object, after: str | None = None) -> dict[str, object]:
    return {"kind": "Listing", "data": {"after": after, "children": list(children)}}


def submission(number: int, created: float, **more: object) -> dict[str, object]:
    data: dict[str, object] = {
        "name": f"t3_p{number}",
        "id": f"p{number}",
        "title": f"Foxglove, visit {number}",
        "selftext": "The girl at the till walked me to my bus.",
        "author": "otter",
        "subreddit": "askatown",
        "permalink": f"/r/askatown/comments/p{number}/visit/",
        "created_utc": created,
        "score": 3,
        "num_comments": 1,
        "num_crossposts": 0,
        "edited": False,
    }
    return {"kind": "t3", "data": {**data, **more}}


@dataclass
class RedditServer:
    """What it serves: `things` in every listing, or a path's own reply from `replies`."""

    url: str = ""
    things: list[dict[str, Any]] = field(default_factory=list)
    replies: dict[str, Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    token: Reply = field(default_factory=lambda: answer(TOKEN))
    asked: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)

    def reply(self, path: str) -> Reply:
        parts = urlsplit(path)
        self.asked.append(parts.path)
        if parts.path == "/api/v1/access_token":
            return self.token
        params = dict(parse_qsl(parts.query))
        if parts.path in self.replies:
            return self.replies[parts.path](params)
        return answer(self._page(params))

    def _page(self, params: dict[str, str]) -> dict[str, object]:
        names = [thing["data"]["name"] for thing in self.things]
        start = names.index(params["after"]) + 1 if "after" in params else 0
        page = self.things[start : start + int(params.get("limit", "25"))]
        more = start + len(page) < len(self.things)
        return listing(*page, after=page[-1]["data"]["name"] if more and page else None)


@contextmanager
def reddit_server() -> Iterator[RedditServer]:
    """Run a server on a free port of loopback."""
    reddit = RedditServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = reddit.reply(self.path)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            reddit.posted.append(self.rfile.read(size).decode())
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    reddit.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield reddit
    finally:
        server.shutdown()
        server.server_close()
