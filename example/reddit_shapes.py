"""Posts and comments in the shapes of Reddit's JSON: things ("t3", "t1") within Listings."""

import html
from collections.abc import Sequence
from datetime import datetime, timedelta

from example.exchange import Json
from example.texts import Text

SITE = "https://www.reddit.com"
GROWING = timedelta(days=1)  # votes come in evenly for a day, then no more


def listing(children: Sequence[Json], after: str | None = None) -> Json:
    """Wrap things; `after` is the fullname to go on from, None on the last page."""
    data = {"after": after, "before": None, "dist": len(children), "modhash": None}
    return {"kind": "Listing", "data": data | {"geo_filter": "", "children": list(children)}}


def submission(text: Text, now: datetime, comments: int, original: Text | None = None) -> Json:
    """Return a post as a t3. `comments` counts its comments; `original` is what it crossposts."""
    link = _permalink(text.channel, text.id, text.title)
    data = _common(text, now) | {
        "title": text.title,
        "selftext": _words(text),
        "selftext_html": _marked_up(_words(text)),
        "num_comments": comments,
        "permalink": link,
        "url": text.url or SITE + link,
        "domain": _domain(text),
        "is_self": not text.url,
        "upvote_ratio": 0.94,
        "removed_by_category": {"author": "deleted"}.get(text.deleted or "", text.deleted),
        "over_18": False,
        "spoiler": False,
        "locked": False,
        "num_crossposts": 0,
        "link_flair_text": None,
        "thumbnail": "self",
        "media": None,
    }
    if original:
        data["crosspost_parent"] = original.id
        data["crosspost_parent_list"] = [submission(original, now, 0)["data"]]
    return {"kind": "t3", "data": data}


def comment(text: Text, now: datetime, post: Text, replies: Sequence[Json], depth: int) -> Json:
    """Return a comment as a t1, with its answers inside ("" where it has none)."""
    link = _permalink(post.channel, post.id, post.title)
    data = _common(text, now) | {
        "body": _words(text),
        "body_html": _marked_up(_words(text)),
        "parent_id": text.parent,
        "link_id": post.id,
        "link_title": post.title,
        "link_permalink": SITE + link,
        "link_author": post.author,
        "permalink": f"{link}{text.id[3:]}/",
        "is_submitter": text.author == post.author,
        "depth": depth,
        "score_hidden": False,
        "collapsed": False,
        "controversiality": 0,
        "replies": listing(replies) if replies else "",
    }
    return {"kind": "t1", "data": data}


def escaped(found: object) -> object:
    """Return the JSON with &, < and > as entities, which is how it comes without `raw_json=1`."""
    if isinstance(found, str):
        return html.escape(found, quote=False)
    if isinstance(found, dict):
        return {name: escaped(value) for name, value in found.items()}
    return [escaped(value) for value in found] if isinstance(found, list) else found


def _common(text: Text, now: datetime) -> Json:
    created = (text.published_at or text.appears_at).timestamp()
    score = int(text.score * min(1.0, (now - text.appears_at) / GROWING))
    gone = text.deleted == "author" or (text.deleted and text.parent)
    community = text.channel.removeprefix("r/")
    return {
        "id": text.id[3:],
        "name": text.id,
        "author": "[deleted]" if gone else text.author,
        "author_fullname": None if gone else f"t2_{text.author.casefold()}",
        "created": created,
        "created_utc": created,
        "edited": text.edited_at.timestamp() if text.edited_at else False,
        "score": score,
        "ups": max(score, 0),
        "downs": 0,
        "subreddit": community,
        "subreddit_id": f"t5_{community.casefold()}",
        "subreddit_name_prefixed": text.channel,
        "subreddit_type": "public",
        "stickied": False,
        "archived": False,
        "gilded": 0,
        "distinguished": None,
        "likes": None,
        "saved": False,
    }


def _words(text: Text) -> str:
    gap = {"author": "[deleted]", "moderator": "[removed]"}
    return gap[text.deleted] if text.deleted else text.text


def _marked_up(words: str) -> str | None:
    return f'<div class="md"><p>{html.escape(words)}</p>\n</div>' if words else None


def _domain(text: Text) -> str:
    if not text.url:
        return f"self.{text.channel.removeprefix('r/')}"
    return text.url.partition("://")[2].partition("/")[0]


def _permalink(channel: str, post_id: str, title: str) -> str:
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in title.casefold())
    return f"/{channel}/comments/{post_id[3:]}/{'_'.join(letters.split())[:50]}/"
