"""One HTTP question and its answer, under limits; knows nothing of redirects or politeness."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import httpcore
import httpx

from sources.inflate import ACCEPTED, read_body
from sources.network import Deadline, GuardedBackend


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost."""

    seconds: float = 30.0  # for the whole request, redirects included
    size: int = 10_000_000  # bytes, after decompression; the largest real feeds are near 5 MB
    redirects: int = 5
    interval: float = 1.0  # seconds between two requests to the same public host


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; the headers' names are in lower case."""

    method: str
    url: httpx.URL
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, decompressed."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters, "" where there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset that Content-Type declares."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset" and value.strip(" \"'"):
                return value.strip(" \"'")[:40]
        return None


def exchange(
    question: Question, backend: GuardedBackend, deadline: Deadline, size: int, proxy: str | None
) -> Answer:
    """Ask once over a connection of its own, and read at most `size` bytes.

    Raises what `sources.faults.FAULTS` lists.
    """
    request = httpcore.Request(
        question.method,
        httpcore.URL(
            scheme=question.url.raw_scheme,
            host=question.url.raw_host,
            port=question.url.port,
            target=question.url.raw_path,
        ),
        headers=list(_headers(question).items()),
        content=question.content or None,
        extensions={
            "timeout": dict.fromkeys(("connect", "read", "write", "pool"), deadline.left())
        },
    )
    with httpcore.ConnectionPool(
        ssl_context=_trust(),
        network_backend=backend,
        proxy=httpcore.Proxy(proxy) if proxy else None,
    ) as pool:
        response = pool.handle_request(request)
        try:
            headers = httpx.Headers(response.headers)
            coding = headers.get("content-encoding", "")
            chunks = () if response.status in (204, 304) else response.iter_stream()
            return Answer(response.status, headers, read_body(chunks, coding, size))
        finally:
            response.close()


def _headers(question: Question) -> dict[str, str]:
    fixed = {"accept-encoding": ACCEPTED, "connection": "close"}
    return {"host": question.url.netloc.decode("ascii"), **question.headers, **fixed}


@cache
def _trust() -> ssl.SSLContext:
    """Made once: reading the certificates takes longer than most requests."""
    return httpx.create_ssl_context(trust_env=False)
