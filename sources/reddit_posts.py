"""Reddit's things as posts: a submission (t3) or a comment (t1).

What its author or a moderator took away comes out as deleted, and empty: Reddit's terms want it
gone from here too.
"""

import html
import re
from collections.abc import Mapping
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


def post_of(kind: str, thing: Thing, collected_at: datetime) -> Post | None:
    """Return a submission (t3) or a comment (t1) as a post, None for what is neither."""
    name = string(thing.get("name")) or f"{kind}_{string(thing.get('id'))}"
    words = thing.get({"t1": "body", "t3": "title"}.get(kind, ""))
    if not _FULLNAME.fullmatch(name) or not name.startswith(kind) or not isinstance(words, str):
        return None
    title, text = ("", words) if kind == "t1" else (words, _selftext(thing))
    gone = _is_gone(thing, text)
    author = string(thing.get("author"))
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
            score=number(thing.get("score")),
            replies=number(thing.get("num_comments")) if kind == "t3" else None,
            shares=number(thing.get("num_crossposts")) if kind == "t3" else None,
        ),
        parent_id=_identity(thing.get("parent_id") or thing.get("crosspost_parent")),
        thread_id=_identity(thing.get("link_id")),
        outlet=_outlet(thing),
    )


def _selftext(thing: Thing) -> str:
    """Return a submission's text; a crosspost's is that of the post it passes on."""
    if own := string(thing.get("selftext")):
        return own
    originals = thing.get("crosspost_parent_list")
    if isinstance(originals, list) and originals and isinstance(originals[0], dict):
        return "" if _is_gone(originals[0], "") else string(originals[0].get("selftext"))
    return ""


def _is_gone(thing: Thing, text: str) -> bool:
    taken_away = bool(thing.get("removed_by_category"))
    return taken_away or thing.get("author") in _GONE or text.strip() in _GONE


def _permalink(thing: Thing, name: str) -> str:
    link = string(thing.get("permalink"))
    thread = string(thing.get("link_id"))
    if re.match(r"/\w", link):
        return web_link(SITE + link)
    if _FULLNAME.fullmatch(thread):
        return f"{SITE}/comments/{thread[3:]}/_/{name[3:]}/"
    return f"{SITE}/comments/{name[3:]}/"


def _outlet(thing: Thing) -> str:
    name = string(thing.get("subreddit"))
    return one_line(string(thing.get("subreddit_name_prefixed")) or (name and f"r/{name}"))


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


def number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
        return None
    return int(value)


def string(value: object) -> str:
    return value if isinstance(value, str) else ""
