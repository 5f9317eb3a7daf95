"""Reddit's listings as posts: searches, new posts, comments, and a thread with its replies.

A thing (a "child") of an odd shape is skipped and counted; a listing of nothing but odd things is
not a listing any more.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from data.records import Post
from sources.reddit_posts import Thing, number, post_of, string
from sources.text import one_line


class NotAListing(Exception):
    """The body is something else; the message says what, as in "a web page"."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One answer; `things` counts what it held, readable or not."""

    posts: list[Post]
    things: int
    odd: int  # of a shape that is not known
    hidden: int  # replies that Reddit holds back behind "more"
    after: str | None  # where the next page begins


def read_listing(body: bytes, collected_at: datetime) -> Listing:
    """Read a listing, or the two of a thread; raises NotAListing."""
    listings = _listings(body)
    posts: list[Post] = []
    things = odd = hidden = 0
    for kind, thing in _things(listings):
        things += 1
        if kind == "more":
            hidden += max(number(thing.get("count")) or 0, 1)
        elif post := post_of(kind, thing, collected_at):
            posts.append(post)
        elif kind in ("t1", "t3", ""):
            odd += 1
    if odd and odd == things:
        raise NotAListing(f"a listing whose {odd} entries have a shape of their own")
    after = listings[-1].get("after")
    return Listing(posts, things, odd, hidden, after if isinstance(after, str) else None)


def _listings(body: bytes) -> list[Thing]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAListing("something that is not JSON") from error
    found = document if isinstance(document, list) else [document]
    listings = [
        one["data"]
        for one in found
        if isinstance(one, dict)
        and one.get("kind") == "Listing"
        and isinstance(one.get("data"), dict)
        and isinstance(one["data"].get("children"), list)
    ]
    if not listings or len(listings) < len(found):
        said = string(document.get("message")) if isinstance(document, dict) else ""
        raise NotAListing(f'an error ("{one_line(said)[:60]}")' if said else "JSON of another kind")
    return listings


def _things(listings: list[Thing]) -> Iterator[tuple[str, Thing]]:
    """Walk the things of listings and of their replies in reading order, to any depth."""
    waiting = [child for listing in listings for child in _children(listing)][::-1]
    while waiting:
        child = waiting.pop()
        kind, thing = (
            (child.get("kind"), child.get("data")) if isinstance(child, dict) else ("", {})
        )
        if not isinstance(thing, dict) or not isinstance(kind, str):
            kind, thing = "", {}
        yield kind, thing
        replies = thing.get("replies")
        if isinstance(replies, dict) and isinstance(replies.get("data"), dict):
            waiting += _children(replies["data"])[::-1]


def _children(listing: Thing) -> list[object]:
    children = listing.get("children")
    return children if isinstance(children, list) else []
