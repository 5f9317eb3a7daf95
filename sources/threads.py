"""Which threads are worth reading again: those that grew, and each once a day.

Reddit tells how many comments a hundred posts have in one answer (`/api/info`), so a quiet thread
costs nothing. The daily reading is for what a count does not show: comments edited or taken back.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from data.records import Post

DAILY = timedelta(hours=24)
AT_ONCE = 100  # posts of one /api/info, by Reddit's own limit


class Threads:
    """How many comments each wanted thread had when it was last read, and when that was."""

    def __init__(self, known: Mapping[str, object], wanted: Iterable[str]) -> None:
        self._read = {
            thread: entry for thread in wanted if (entry := _entry(known.get(thread))) is not None
        }
        self._counts: dict[str, int] = {}

    def see(self, posts: Iterable[Post]) -> None:
        """Note the numbers of comments that posts now have."""
        for post in posts:
            self._counts[post.native_id.removeprefix("t3_")] = post.engagement.replies or 0

    def due(self, thread: str, now: datetime) -> bool:
        """Return whether the thread may hold what was not read yet."""
        if thread not in self._read:
            return self._counts.get(thread, 1) > 0
        count, read_at = self._read[thread]
        return self._counts.get(thread) != count or now - read_at >= DAILY

    def note(self, thread: str, now: datetime) -> None:
        """Note that the thread is read as it is now."""
        self._read[thread] = (self._counts.get(thread, 0), now)

    def state(self) -> dict[str, list[object]]:
        """Return all that is to be remembered, as JSON can hold it."""
        return {
            thread: [count, at.isoformat()] for thread, (count, at) in sorted(self._read.items())
        }


def _entry(known: object) -> tuple[int, datetime] | None:
    match known:
        case [int(count), str(at)]:
            try:
                return count, datetime.fromisoformat(at)
            except ValueError:
                return None
    return None
