"""Reddit's API through praw, with our own client underneath.

praw signs in and builds the requests. What it does less well is done below it, in an adapter of
the session it is given: a deadline (praw's `timeout` has no effect), no address of a private
network, no sleeping for minutes over a rate limit and no hidden retries: every status but success
becomes one of our errors before praw sees it, and praw retries none of those.
"""

import io
import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import praw
import requests
from praw.exceptions import PRAWException
from prawcore.exceptions import OAuthException, PrawcoreException, RequestException
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from sources.errors import Blocked, Changed, Gone, SourceError
from sources.exchange import Answer
from sources.http import Client
from sources.listing import SOURCE
from sources.status import check_status
from sources.urls import host_of

API = "https://oauth.reddit.com"
SIGN_IN = "https://www.reddit.com"
INTERVAL = 0.6  # seconds between requests: Reddit allows 100 a minute

_TOKEN_PATH = "/api/v1/access_token"
_LEAST_LEFT = 1.0  # requests left of the rate limit at which Reddit is left alone until its reset


class WrongCredentials(Blocked):
    """Reddit does not know this client: nothing else needs to be asked."""


class RedditApi:
    """Signed-in GET requests that answer JSON."""

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        user_agent: str,
        client: Client,
        api: str = API,
        sign_in: str = SIGN_IN,
    ) -> None:
        session = requests.Session()
        session.trust_env = False  # no netrc, no proxies of the environment
        adapter = _Adapter(client)
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        self.url = api.rstrip("/")
        self._reddit = praw.Reddit(
            client_id=client_id,
            client_secret=client_secret,
            user_agent=user_agent or default_user_agent(),
            username=None,
            password=None,
            oauth_url=self.url,
            reddit_url=sign_in.rstrip("/"),
            check_for_updates=False,
            check_for_async=False,
            requestor_kwargs={"session": session},
        )

    def get(self, path: str, params: Mapping[str, str | int]) -> bytes:
        """Return an answer as JSON; raises SourceError, whatever praw raises."""
        url = f"{self.url}/{path}"
        try:
            answer = self._reddit.request(method="GET", path=path, params=dict(params))
        except RequestException as error:
            if isinstance(error.original_exception, SourceError):
                raise error.original_exception from error
            raise _changed(url, type(error.original_exception).__name__) from error
        except OAuthException as error:
            raise _wrong_credentials(f'"{error.error}"', url) from error
        except (PrawcoreException, PRAWException, KeyError, ValueError, TypeError) as error:
            raise _changed(url, type(error).__name__) from error
        return json.dumps(answer).encode()


def default_user_agent() -> str:
    """Return a user agent of the form that Reddit asks for, but for the account's name."""
    try:
        release = version("service-moments")
    except PackageNotFoundError:  # run from a checkout
        release = "0"
    return f"python:service-moments:{release}"


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
        raise _wrong_credentials(str(answer.status), url)
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


def _wrong_credentials(what: str, url: str) -> WrongCredentials:
    return WrongCredentials(
        f"Reddit did not accept the credentials ({what}): check client_id and client_secret, and"
        " that the app still exists.",
        SOURCE,
        url,
    )


def _changed(url: str, what: str) -> Changed:
    return Changed(
        f"{host_of(url)} answered in a form that is not Reddit's ({what}); check oauth_url, and"
        " whether Reddit has changed its API.",
        SOURCE,
        url,
    )
