"""What seeing a post once more means for what the ledger holds of it."""

from collections.abc import Mapping
from typing import Any

from data.records import Post

_CONTENT = ("author", "title", "text", "url", "deleted", "rating")  # a change is a new revision
_PASSING = ("edited", "score", "replies", "shares")  # may change without a new judgement


def observed(post: Post, known: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The row to store after this observation, or None where nothing changed.

    `known` is the ledger's row of the post. What was seen earlier than what the ledger already
    knows changes nothing: days can be run again in any order.
    """
    row = _row(post)
    if known is None:
        return row
    if post.collected_at <= known["observed_at"]:
        return None
    kept = {name: known[name] for name in ("collected_at", "dated_at", "published_at")}
    row |= kept
    if known["deleted"] and not post.deleted:
        return None  # what its author took back stays taken back, whatever a stale cache shows
    changed = any(row[name] != known[name] for name in _CONTENT)
    if not changed and all(row[name] == known[name] for name in _PASSING):
        return None
    return row | {"revision": known["revision"] + changed}


def _row(post: Post) -> dict[str, Any]:
    return {
        "post_id": post.post_id,
        "source": post.source,
        "native_id": post.native_id,
        "kind": post.kind.value,
        "url": post.url,
        "author": "" if post.deleted else post.author,
        "title": "" if post.deleted else post.title,
        "text": "" if post.deleted else post.text,
        "published_at": post.published_at,
        "collected_at": post.collected_at,
        "observed_at": post.collected_at,
        "dated_at": _dated_at(post),
        "revision": 1,
        "edited": post.edited,
        "deleted": post.deleted,
        "language_hint": post.language,
        "score": post.engagement.score,
        "replies": post.engagement.replies,
        "shares": post.engagement.shares,
        "parent_id": post.parent_id,
        "thread_id": post.thread_id,
        "outlet": post.outlet,
        "rating": post.rating,
        "parser_version": post.parser_version,
    }


def _dated_at(post: Post) -> Any:
    """When it was published; when it was first seen, where it has no date or one to come."""
    if post.published_at is None or post.published_at > post.collected_at:
        return post.collected_at
    return post.published_at
