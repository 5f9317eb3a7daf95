"""What can keep a source from being read: one root, and one class per outcome a user can act on.

Each error is one sentence for a person: what happened, where, what to do. The address it carries
is without secrets, so an error may be logged and stored as it is.
"""

from typing import ClassVar

from data.vocabulary import Outcome
from sources.urls import redact


class SourceError(Exception):
    """The root; `source` is the kind that failed, `url` the address without its secrets."""

    outcome: ClassVar[Outcome] = Outcome.FAILED

    def __init__(self, message: str, source: str, url: str = "") -> None:
        self.source = source
        self.url = redact(url) if url else ""
        super().__init__(message, source, self.url)  # all three, so that it can be pickled

    def __str__(self) -> str:
        return str(self.args[0])


class Unreachable(SourceError):
    """No answer, half an answer or a server error: the only one worth trying again soon."""


class Throttled(SourceError):
    """Asked too often; `retry_after` is the number of seconds to leave it alone, if known."""

    outcome = Outcome.THROTTLED

    def __init__(
        self, message: str, source: str, url: str = "", retry_after: float | None = None
    ) -> None:
        super().__init__(message, source, url)
        self.retry_after = retry_after
        self.args = (message, source, self.url, retry_after)


class Blocked(SourceError):
    """Not allowed: by the platform (401, 403, 451) or by us (a private address)."""

    outcome = Outcome.BLOCKED


class Gone(SourceError):
    """There is nothing at this address (404, 410)."""


class Changed(SourceError):
    """An answer that is not what this platform used to send."""

    outcome = Outcome.CHANGED


_FROM_BEST_TO_WORST = tuple(Outcome)


def worst(errors: list[SourceError]) -> SourceError:
    """Return the gravest of several errors; its sentence says how many others there were."""
    gravest = max(errors, key=lambda error: _FROM_BEST_TO_WORST.index(error.outcome))
    if len(errors) > 1:
        others = f" ({len(errors) - 1} more of this source's addresses failed.)"
        gravest.args = (f"{gravest}{others}", *gravest.args[1:])
    return gravest
