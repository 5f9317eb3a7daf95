"""What is asked and answered over HTTP, apart from any socket."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from example.outages import Outage

Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in; header names are in lower case."""

    method: str
    path: str  # without the query, without a slash at its end
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    base_url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a body and its headers."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def json_answer(
    found: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Answer:
    """Answer in JSON, all of it ASCII, so that half an emoji travels as it does on Reddit."""
    described = {"content-type": "application/json; charset=UTF-8"} | dict(headers or {})
    return Answer(status, json.dumps(found).encode("ascii"), described)


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer as Reddit does when it does not: a message and the status once more."""
    return json_answer({"message": message, "error": status}, status, headers)


def out_of_order(outage: Outage) -> Answer:
    """Answer for a service that fails today."""
    body = f"<html><body><h1>{outage.status}</h1></body></html>".encode()
    return Answer(outage.status, body, {"content-type": "text/html"} | outage.headers)
