"""Watermarks: how far back each listing has to be walked."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from data.records import Post
from sources.threads import Threads

_THREADS = "threads"  # no listing is called so: their names have two words
OVERLAP = timedelta(minutes=15)  # posts reach a listing minutes late, and out of order


class Marks:
    """The newest moment seen in each listing, kept in the cursor once its walk is complete.

    Beside the marks the cursor carries what is known of `threads`.
    """

    def __init__(
        self, cursor: str | None, names: Iterable[str], threads: Iterable[str] = ()
    ) -> None:
        known = _load(cursor)
        self._marks = {
            name: mark for name in names if (mark := _moment(known.get(name))) is not None
        }
        self._seen: dict[str, datetime] = {}
        remembered = known.get(_THREADS)
        self.threads = Threads(remembered if isinstance(remembered, dict) else {}, threads)

    def stop(self, name: str, since: datetime) -> datetime:
        """Return the moment before which a listing need not be walked."""
        mark = self._marks.get(name)
        return since if mark is None else max(since, mark - OVERLAP)

    def see(self, name: str, posts: list[Post], now: datetime) -> None:
        """Note the newest of some posts; one from the future would hide those before it."""
        self.threads.see(posts)
        dates = [post.published_at for post in posts if post.published_at]
        if newest := max((date for date in dates if date <= now), default=None):
            self._seen[name] = max(newest, self._seen.get(name, newest))

    def advance(self, name: str) -> None:
        """Take what was seen of a listing as its mark: its walk is complete."""
        if seen := self._seen.get(name):
            self._marks[name] = max(seen, self._marks.get(name, seen))

    def cursor(self) -> str:
        """Return all of them as the opaque text that is stored."""
        known: dict[str, object] = {
            name: mark.isoformat() for name, mark in sorted(self._marks.items())
        }
        if threads := self.threads.state():
            known[_THREADS] = threads
        return json.dumps(known)


def _load(cursor: str | None) -> dict[str, object]:
    try:
        known = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _moment(mark: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(mark)).astimezone(UTC)
    except ValueError:
        return None
