"""Politeness: a pause between two requests to the same host, and the waits that hosts ask for."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 60.0  # seconds a run sleeps for a host; a longer wait is reported instead
DEFAULT_HOLD = 60.0  # seconds a host is left alone after a 429 that names no time
_LONGEST_HOLD = 86_400.0  # a Retry-After of years would silence a source for ever


class Pace:
    """When each host may be asked again; shared by all threads of a process."""

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, interval: float) -> float:
        """Sleep until it is this caller's turn, and reserve it.

        Returns 0, or the seconds still to wait where that is too long to sleep here.
        """
        with self._lock:
            now = self._clock()
            turn = max(now, self._free_at.get(host, now))
            if turn - now > LONGEST_WAIT:
                return turn - now
            self._free_at[host] = turn + interval
        if turn > now:
            self._sleep(turn - now)
        return 0.0

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so many seconds from now."""
        with self._lock:
            until = self._clock() + min(seconds, _LONGEST_HOLD)
            self._free_at[host] = max(until, self._free_at.get(host, until))


PACE = Pace()


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that Retry-After asks for, None where it says nothing usable.

    A date is measured against the answer's own Date: the two clocks need not agree.
    """
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return min(float(said[:9]), _LONGEST_HOLD)
    until, now = _date(said), _date(headers.get("date", ""))
    if until is None or now is None or until <= now:
        return None
    return min((until - now).total_seconds(), _LONGEST_HOLD)


def _date(said: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
