"""What tests of the example share: its week, and a client."""

import io
from typing import Any

import feedparser
import httpx

from example.reddit_api import CLIENT_ID, CLIENT_SECRET
from example.server import Running
from example.texts import read_week
from example.world import DAYS

HTTP = httpx.Client()  # one for all: each new one reads the certificates again
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
TEXTS = tuple(read_week())


def get(running: Running, path: str, **params: str) -> httpx.Response:
    """Ask Reddit with its token, as a client without praw would."""
    token = HTTP.post(
        f"{running.base_url}/api/v1/access_token",
        auth=(CLIENT_ID, CLIENT_SECRET),
        data={"grant_type": "client_credentials"},
    ).json()["access_token"]
    headers = {"authorization": f"bearer {token}"}
    return HTTP.get(running.base_url + path, params=params, headers=headers)


def read(response: httpx.Response) -> Any:
    media_type = {"content-type": response.headers["content-type"]}
    return feedparser.parse(io.BytesIO(response.content), response_headers=media_type)
