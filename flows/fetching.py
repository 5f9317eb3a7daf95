"""`moments fetch`: what a source location holds, as JSON lines."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from rich.console import Console

from data.records import Post
from flows.exits import Exit, UsageError, of_outcomes
from sources.locations import read
from sources.registry import SOURCES


def fetch_locations(
    kind: str, locations: list[str], as_json: bool, out: Console, err: Console
) -> Exit:
    """Print every location's posts and one coverage line each; the exit code for the shell."""
    if kind not in SOURCES:
        raise UsageError(f"There is no kind of source {kind!r}; expected of: {', '.join(SOURCES)}.")
    seen = []
    for location in locations:
        posts, outcome, detail = read(kind, location, datetime.now(UTC))
        for post in posts:
            sys.stdout.write(json.dumps(_row(post), ensure_ascii=False, default=_text) + "\n")
        seen.append(outcome)
        told = {
            "location": location,
            "outcome": outcome.value,
            "posts": len(posts),
            "detail": detail,
        }
        line = f"{location}: {outcome.value}, {len(posts)} posts. {detail}".strip()
        err.print(json.dumps(told) if as_json else line, markup=False)
    return of_outcomes(seen)


def _row(post: Post) -> dict[str, Any]:
    return {"post_id": post.post_id, **asdict(post)}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
