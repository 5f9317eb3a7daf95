"""Reddit's listings as posts: searches, new posts, comments, and a thread with its replies.

A thing (a "child") of an odd shape is skipped and counted; a listing of nothing but odd things is
not a listing any more. What its author or a moderator took away comes out as deleted, and empty:
Reddit's terms want it gone from here too.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from data.records import Engagement, Post
from data.vocabulary import Kind
from sources.dates import plausible
from sources.text import clean, one_line
from sources.urls import web_link

SOURCE = "reddit"
SITE = "https://www.reddit.com"

Thing = Mapping[str, object]

_GONE = ("[deleted]", "[removed]", "[ Removed by Reddit ]", "[deleted by user]")
_FULLNAME = re.compile(r"t[13]_[0-9a-z]{1,20}")
_LARGEST = 2**53  # above it a number is nonsense, and no column takes it


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
            hidden += max(_number(thing.get("count")) or 0, 1)
        elif post := _post(kind, thing, collected_at):
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
        said = _string(document.get("message")) if isinstance(document, dict) else ""
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


def _post(kind: str, thing: Thing, collected_at: datetime) -> Post | None:
    """Return a submission (t3) or a comment (t1) as a post, None for what is neither."""
    name = _string(thing.get("name")) or f"{kind}_{_string(thing.get('id'))}"
    words = thing.get({"t1": "body", "t3": "title"}.get(kind, ""))
    if not _FULLNAME.fullmatch(name) or not name.startswith(kind) or not isinstance(words, str):
        return None
    title, text = ("", words) if kind == "t1" else (words, _selftext(thing))
    gone = _is_gone(thing, text)
    author = _string(thing.get("author"))
    return Post(
        source=SOURCE,
        native_id=name,
        kind=Kind.COMMENT if kind == "t1" else Kind.POST,
        url=_permalink(thing, name),
        author="" if author in _GONE else one_line(author),
        title="" if gone else one_line(html.unescape(title)),
        text="" if gone else clean(html.unescape(text)),
        published_at=_moment(thing.get("created_utc"), collected_at),
        collected_at=collected_at,
        edited=thing.get("edited") not in (None, False),
        deleted=gone,
        engagement=Engagement(
            score=_number(thing.get("score")),
            replies=_number(thing.get("num_comments")) if kind == "t3" else None,
            shares=_number(thing.get("num_crossposts")) if kind == "t3" else None,
        ),
        parent_id=_identity(thing.get("parent_id") or thing.get("crosspost_parent")),
        thread_id=_identity(thing.get("link_id")),
        outlet=_outlet(thing),
    )


def _selftext(thing: Thing) -> str:
    """Return a submission's text; a crosspost's is that of the post it passes on."""
    if own := _string(thing.get("selftext")):
        return own
    originals = thing.get("crosspost_parent_list")
    if isinstance(originals, list) and originals and isinstance(originals[0], dict):
        return "" if _is_gone(originals[0], "") else _string(originals[0].get("selftext"))
    return ""


def _is_gone(thing: Thing, text: str) -> bool:
    taken_away = bool(thing.get("removed_by_category"))
    return taken_away or thing.get("author") in _GONE or text.strip() in _GONE


def _permalink(thing: Thing, name: str) -> str:
    link = _string(thing.get("permalink"))
    thread = _string(thing.get("link_id"))
    if not link.startswith("/") and _FULLNAME.fullmatch(thread):
        link = f"/comments/{thread[3:]}/_/{name[3:]}/"
    elif not link.startswith("/"):
        link = f"/comments/{name[3:]}/"
    return web_link(SITE + link)


def _outlet(thing: Thing) -> str:
    name = _string(thing.get("subreddit"))
    return one_line(_string(thing.get("subreddit_name_prefixed")) or (name and f"r/{name}"))


def _identity(fullname: object) -> str | None:
    known = isinstance(fullname, str) and _FULLNAME.fullmatch(fullname)
    return f"{SOURCE}:{fullname}" if known else None


def _moment(stamp: object, collected_at: datetime) -> datetime | None:
    if isinstance(stamp, bool) or not isinstance(stamp, int | float):
        return None
    try:
        return plausible(datetime.fromtimestamp(stamp, UTC), collected_at)
    except (ValueError, OverflowError, OSError):
        return None


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
        return None
    return int(value)


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
