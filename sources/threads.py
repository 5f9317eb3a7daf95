"""Which threads are worth reading: those with other numbers of comments than when last read.

A listing tells the number of each post that it holds, and `/api/info` those of a hundred posts in
one answer, so a quiet thread costs nothing. What a count does not show, words edited or taken back,
the latter tells too, of each post and comment that is asked for.
"""

from collections.abc import Iterable, Mapping

from data.records import Post

AT_ONCE = 100  # posts and comments of one /api/info, by Reddit's own limit


class Threads:
    """How many comments each wanted thread had when it was last read."""

    def __init__(self, known: Mapping[str, object], wanted: Iterable[str]) -> None:
        self._read = {
            thread: count for thread in wanted if isinstance(count := known.get(thread), int)
        }
        self._counts: dict[str, int] = {}

    def see(self, posts: Iterable[Post]) -> None:
        """Note the numbers of comments that posts now have."""
        for post in posts:
            self._counts[post.native_id.removeprefix("t3_")] = post.engagement.replies or 0

    def due(self, thread: str) -> bool:
        """Return whether the thread may hold what was not read yet."""
        return self._counts.get(thread, 1) != self._read.get(thread, 0)

    def note(self, thread: str) -> None:
        """Note that the thread is read as it is now."""
        self._read[thread] = self._counts.get(thread, 0)

    def state(self) -> dict[str, int]:
        """Return all that is to be remembered, as JSON can hold it."""
        return dict(sorted(self._read.items()))
