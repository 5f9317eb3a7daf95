"""The session that praw is given: its requests go over our own client.

Every status but success becomes one of our errors here, before praw sees it, so that praw retries
none; and what Reddit says of its rate limit is kept from praw, which would sleep over it, and
given to the pace of the client.
"""

import io

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from sources.errors import Blocked, Gone
from sources.exchange import Answer
from sources.http import Client
from sources.reddit_posts import SOURCE
from sources.status import check_status

_TOKEN_PATH = "/api/v1/access_token"
_LEAST_LEFT = 1.0  # requests left of the rate limit at which Reddit is left alone until its reset


class WrongCredentials(Blocked):
    """Reddit does not know this client: nothing else needs to be asked."""


def session(client: Client) -> requests.Session:
    """Return a session of requests that opens no socket of its own."""
    made = requests.Session()
    made.trust_env = False  # no netrc, no proxies of the environment
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Adapter(client))
    return made


def wrong_credentials(what: str, url: str) -> WrongCredentials:
    return WrongCredentials(
        f"Reddit did not accept the credentials ({what}): check client_id and client_secret, and"
        " that the app still exists.",
        SOURCE,
        url,
    )


class _Adapter(BaseAdapter):
    """Carries the requests of a requests.Session over our client."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: object = None,
    ) -> requests.Response:
        url, body = request.url or "", request.body or b""
        content = body if isinstance(body, bytes) else str(body).encode()
        headers = {name: str(value) for name, value in request.headers.items()}
        answer = self._client.exchange(request.method or "GET", url, headers, content)
        _check(answer, url)
        self._mind_rate_limit(answer, url)
        return _response(request, answer)

    def close(self) -> None:
        """Nothing is kept open."""

    def _mind_rate_limit(self, answer: Answer, url: str) -> None:
        try:
            left = float(answer.headers.get("x-ratelimit-remaining", "1000"))
            reset = float(answer.headers.get("x-ratelimit-reset", "0"))
        except ValueError:
            return
        if left < _LEAST_LEFT and reset > 0:
            self._client.hold(url, reset)


def _check(answer: Answer, url: str) -> None:
    """Raise what a status means in Reddit's case."""
    signing_in = _TOKEN_PATH in url
    if signing_in and answer.status in (400, 401):
        raise wrong_credentials(str(answer.status), url)
    if 300 <= answer.status < 400:
        raise Gone(
            "Reddit sends elsewhere, as it does for a community that does not exist; check the"
            " names of the communities.",
            SOURCE,
            url,
        )
    try:
        check_status(answer.status, answer.headers, SOURCE, url)
    except Blocked as error:
        raise Blocked(
            f"Reddit refused the request ({answer.status}): check that client_id and client_secret"
            " are right and that Reddit approved the app; a private community needs its"
            " moderators' consent.",
            SOURCE,
            url,
        ) from error


def _response(request: requests.PreparedRequest, answer: Answer) -> requests.Response:
    """Return an answer in the words of requests, but for the rate limit: praw sleeps over it."""
    response = requests.Response()
    response.request = request
    response.url = request.url or ""
    response.status_code = answer.status
    response.encoding = "utf-8"
    response.raw = io.BytesIO(answer.body)
    response.headers = CaseInsensitiveDict(
        {
            name: value
            for name, value in answer.headers.items()
            if not name.lower().startswith(("x-ratelimit", "content-encoding", "content-length"))
        }
    )
    return response
