"""Where on Reddit a brand is looked for, and as whom."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Annotated

from pydantic import Field, SecretStr, StringConstraints

from data.records import Query
from sources.contract import SourceOptions

_LONGEST_QUERY = 400  # characters; Reddit refuses more than 512
_NAME = re.compile(r"t[13]_[0-9a-z]{1,20}")
_SPANS = (  # Reddit's names for how far back a search goes
    (timedelta(hours=1), "hour"),
    (timedelta(days=1), "day"),
    (timedelta(days=7), "week"),
    (timedelta(days=28), "month"),
    (timedelta(days=365), "year"),
)

Community = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{2,50}$")]


class RedditOptions(SourceOptions):
    """Credentials of a Reddit app, and where to look."""

    client_id: str = Field(min_length=1, description="Of the app registered with Reddit.")
    client_secret: SecretStr = Field(min_length=1, description="Of the same app.")
    user_agent: str = Field(
        default="",
        pattern=r"^$|^[\x20-\x7e]{7,200}$",
        description="As Reddit asks for it: python:APP:VERSION (by /u/NAME).",
    )
    searches: bool = Field(default=True, description="Search all of Reddit for the brand's terms.")
    communities: tuple[Community, ...] = Field(
        default=(), description="Communities read whole, posts and comments; without r/."
    )
    replies: bool = Field(default=True, description="Read the replies to the posts found.")
    oauth_url: str = Field(
        default="",
        pattern=r"^$|^https?://",
        description="A gateway's address, instead of Reddit's API.",
    )
    reddit_url: str = Field(
        default="", pattern=r"^$|^https?://", description="Where to sign in for it, if elsewhere."
    )
    seconds: float = Field(default=30, gt=0, le=300, description="For one request.")


@dataclass(frozen=True, slots=True)
class Walk:
    """A listing to be walked from its newest entry back."""

    name: str  # under which the cursor remembers it
    path: str
    params: tuple[tuple[str, str], ...] = ()


def walks(options: RedditOptions, query: Query) -> list[Walk]:
    """Return the listings in which a brand is looked for."""
    found = []
    if options.searches:
        span = _span(query.now - query.since)
        for words in _searches(query.terms):
            params = (("q", words), ("sort", "new"), ("type", "link"), ("t", span))
            found.append(Walk(f"search {_digest(words)}", "search", params))
    if options.communities:
        names = "+".join(sorted(set(options.communities), key=str.lower))
        for what in ("new", "comments"):
            found.append(Walk(f"{what} {_digest(names)}", f"r/{names}/{what}"))
    return found


def known_names(native_ids: Iterable[str]) -> list[str]:
    """Return the names of Reddit's posts and comments among some ids, each once."""
    return [name for name in dict.fromkeys(native_ids) if _NAME.fullmatch(name)]


def thread_names(native_ids: Iterable[str]) -> list[str]:
    """Return the threads that the posts among some ids begin, each once."""
    names = known_names(native_ids)
    return [name.removeprefix("t3_") for name in names if name.startswith("t3_")]


def _searches(terms: tuple[str, ...]) -> list[str]:
    """Return the terms joined into as few searches as Reddit's limit allows."""
    searches: list[str] = []
    for term in dict.fromkeys(" ".join(term.replace('"', " ").split()) for term in terms):
        quoted = f'"{term}"'
        if searches and len(searches[-1]) + len(quoted) < _LONGEST_QUERY:
            searches[-1] += f" OR {quoted}"
        elif term:
            searches.append(quoted[:_LONGEST_QUERY])
    return searches


def _span(wanted: timedelta) -> str:
    return next((name for span, name in _SPANS if wanted <= span), "all")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
