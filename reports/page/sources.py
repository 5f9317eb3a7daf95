"""Coverage: how well each source was seen on the day."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.vocabulary import NOT_ASKED, Outcome
from reports.page.words import clean, said

_WHAT = {
    Outcome.TRUNCATED: "was cut off",
    Outcome.THROTTLED: "was throttled",
    Outcome.BLOCKED: "was blocked",
    Outcome.CHANGED: "sent what it never sent before",
    Outcome.FAILED: "failed",
    NOT_ASKED: "was not asked",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One source; `state` is seen, again (seen again after failures) or unseen."""

    name: str
    state: str
    outcome: str
    since: str
    detail: str
    mentions: int
    moments: int
    told: str  # what was wrong, as the end of a sentence


def sources(coverage: pd.DataFrame) -> list[Source]:
    """The sources of schema COVERAGE, in its order."""
    return [_source(row) for row in coverage.itertuples()]


def unseen(coverage: pd.DataFrame) -> list[Source]:
    """Those that did not see the whole day all the time."""
    return [source for source in sources(coverage) if source.state != "seen"]


def _source(row: Any) -> Source:
    failed = row.failures > 0 or row.outcome == NOT_ASKED
    state = "unseen" if not row.seen else "again" if failed else "seen"
    told = _WHAT.get(row.outcome, "was not seen")
    return Source(
        name=clean(row.source),
        state=state,
        outcome=said(row.outcome),
        since=_span(row.first_failure, row.last_failure),
        detail=clean(row.detail),
        mentions=int(row.mentions),
        moments=int(row.moments),
        told="was blind for a while" if state == "again" else told,
    )


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
