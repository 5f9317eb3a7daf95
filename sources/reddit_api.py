"""Reddit's API through praw, with our own client underneath.

praw signs in and builds the requests. What it does less well is done below it, in an adapter of
the session it is given: a deadline (praw's `timeout` has no effect), no address of a private
network, no sleeping for minutes over a rate limit and no hidden retries: every status but success
becomes one of our errors before praw sees it, and praw retries none of those.
"""

import json
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

import praw
from praw.exceptions import PRAWException
from prawcore.exceptions import OAuthException, PrawcoreException, RequestException

from sources.errors import Changed, SourceError
from sources.http import Client
from sources.reddit_posts import SOURCE
from sources.reddit_session import session, wrong_credentials
from sources.urls import host_of

API = "https://oauth.reddit.com"
SIGN_IN = "https://www.reddit.com"
INTERVAL = 0.6  # seconds between requests: Reddit allows 100 a minute

# What praw raises over answers of a shape it does not expect, a token without its fields included.
_STUMBLES = (
    PrawcoreException,
    PRAWException,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)


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
            requestor_kwargs={"session": session(client)},
        )

    def get(self, path: str, params: Mapping[str, str | int]) -> bytes:
        """Return an answer as JSON; raises SourceError, whatever praw raises."""
        url = f"{self.url}/{path}"
        try:
            answer = self._reddit.request(method="GET", path=path, params=dict(params))
            return json.dumps(answer).encode()
        except RequestException as error:
            cause = error.original_exception
            if isinstance(cause, SourceError):
                raise cause from cause.__cause__  # praw's own error holds the credentials
            raise _changed(url, type(cause).__name__) from error
        except OAuthException as error:
            raise wrong_credentials(f'"{error.error}"', url) from error
        except _STUMBLES as error:
            raise _changed(url, type(error).__name__) from error


def default_user_agent() -> str:
    """Return a user agent of the form that Reddit asks for, but for the account's name."""
    try:
        release = version("service-moments")
    except PackageNotFoundError:  # run from a checkout
        release = "0"
    return f"python:service-moments:{release}"


def _changed(url: str, what: str) -> Changed:
    return Changed(
        f"{host_of(url)} answered in a form that is not Reddit's ({what}); check oauth_url, and"
        " whether Reddit has changed its API.",
        SOURCE,
        url,
    )
