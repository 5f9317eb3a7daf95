"""The loopback server of the week: `serve()` in a test, `python -m example` by hand.

It shows the world as of its clock, which `POST /clock` with an ISO time and zone sets.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from example import feeds_api, news_api, reddit_api
from example.exchange import Answer, Request, json_answer, out_of_order, refusal
from example.reddit_api import signed_in
from example.world import World

PORT = 8765
_LARGEST_BODY = 10_000  # bytes; nothing sent here is longer than a time or a sign-in

logger = logging.getLogger(__name__)


def clock(world: World, request: Request) -> Answer:
    """Tell the time of the world, after setting it where one is sent."""
    if request.method == "POST":
        try:
            now = datetime.fromisoformat(request.body.strip())
        except ValueError:
            return refusal(400, "Send a time such as 2026-11-04T23:30:00+00:00.")
        if now.tzinfo is None:
            return refusal(400, "The time has no zone; add one, such as +00:00.")
        world.now = now
    return json_answer({"now": world.now.isoformat()})


@dataclass(frozen=True, slots=True)
class Route:
    """Which service answers a path, and how; groups of the pattern go to the function."""

    service: str
    pattern: re.Pattern[str]
    answer: Callable[..., Answer]


ROUTES = (
    Route("clock", re.compile("/clock"), clock),
    Route("reddit sign-in", re.compile("/api/v1/access_token"), reddit_api.sign_in),
    Route("reddit", re.compile("/search"), signed_in(reddit_api.search)),
    Route("reddit", re.compile(r"/r/([\w+]+)/search"), signed_in(reddit_api.search)),
    Route("reddit", re.compile(r"/r/([\w+]+)/new"), signed_in(reddit_api.new_posts)),
    Route("reddit", re.compile(r"/r/([\w+]+)/comments"), signed_in(reddit_api.new_comments)),
    Route("reddit", re.compile(r"(?:/r/\w+)?/comments/(\w+)"), signed_in(reddit_api.thread)),
    Route("reddit", re.compile("/api/info"), signed_in(reddit_api.info)),
    Route("news", re.compile("/news/search"), news_api.search),
    Route("news", re.compile(r"/news/articles/([\w-]+)"), news_api.article),
    *(
        Route(feed.channel, re.compile(re.escape(path)), feeds_api.feed)
        for path, feed in feeds_api.FEEDS.items()
    ),
)


def answer(world: World, request: Request) -> Answer:
    """Answer any request: by the first route that fits, unless its service is down today."""
    for route in ROUTES:
        if match := route.pattern.fullmatch(request.path):
            outage = world.outage(route.service)
            return out_of_order(outage) if outage else route.answer(world, request, *match.groups())
    return refusal(404, "Not Found")


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs, and the world that it shows."""

    base_url: str
    world: World


@contextmanager
def serve(port: int = 0, world: World | None = None) -> Iterator[Running]:
    """Serve the world on loopback until the block ends; port 0 takes any that is free.

    Raises OSError where the port is taken.
    """
    shown = world or World()
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(shown))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield Running(f"http://127.0.0.1:{server.server_port}", shown)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(world: World) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer waits 40 ms for an acknowledgement

        def do_GET(self) -> None:
            self._respond()

        def do_POST(self) -> None:
            self._respond()

        def _respond(self) -> None:
            found = answer(world, self._request())
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            if found.status != 304:
                self.send_header("content-length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def _request(self) -> Request:
            url = urlsplit(self.path)
            length = min(int(self.headers.get("content-length", "0")), _LARGEST_BODY)
            return Request(
                method=self.command,
                path=url.path.rstrip("/") or "/",
                params=dict(parse_qsl(url.query)),
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length).decode("utf-8", "replace"),
                base_url=f"http://{self.headers.get('host', '')}",
            )

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's word)
            logger.debug(format, *args)

    return Handler
