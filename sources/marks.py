"""Watermarks: how far back each listing has to be walked."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from data.records import Post

OVERLAP = timedelta(minutes=15)  # posts reach a listing minutes late, and out of order


class Marks:
    """The newest moment seen in each listing, kept in the cursor once its walk is complete."""

    def __init__(self, cursor: str | None, names: Iterable[str]) -> None:
        known = _load(cursor)
        self._marks = {name: known[name] for name in names if name in known}
        self._seen: dict[str, datetime] = {}

    def stop(self, name: str, since: datetime) -> datetime:
        """Return the moment before which a listing need not be walked."""
        mark = self._marks.get(name)
        return since if mark is None else max(since, mark - OVERLAP)

    def see(self, name: str, posts: list[Post], now: datetime) -> None:
        """Note the newest of some posts; one from the future would hide those before it."""
        dates = [post.published_at for post in posts if post.published_at]
        if newest := max((date for date in dates if date <= now), default=None):
            self._seen[name] = max(newest, self._seen.get(name, newest))

    def advance(self, name: str) -> None:
        """Take what was seen of a listing as its mark: its walk is complete."""
        if seen := self._seen.get(name):
            self._marks[name] = max(seen, self._marks.get(name, seen))

    def cursor(self) -> str:
        """Return all of them as the opaque text that is stored."""
        return json.dumps({name: mark.isoformat() for name, mark in sorted(self._marks.items())})


def _load(cursor: str | None) -> dict[str, datetime]:
    try:
        known = json.loads(cursor or "{}")
        return {name: datetime.fromisoformat(mark).astimezone(UTC) for name, mark in known.items()}
    except (ValueError, TypeError, AttributeError):
        return {}
