"""What a run shows on Prefect's own page; the tables on disk never depend on it."""

import csv
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from httpx import HTTPError
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.exceptions import PrefectException

from flows.outcomes import Run
from flows.watchlist import Watchlist
from reports.folders import folder_of

_TABLES = {
    "escalations": ["priority", "status", "due", "owner", "why", "quote", "link"],
    "moments": [
        "time", "verdict", "confidence", "reason", "quote", "touchpoint", "teller", "link",
    ],
    "coverage": ["source", "outcome", "seen", "mentions", "moments", "failures", "detail"],
}  # fmt: skip

logger = logging.getLogger(__name__)


class Progress:
    """How far a run has come, as a bar on its page."""

    def __init__(self, brand: str) -> None:
        self._bar: UUID | None = None
        with _harmless():
            bar = create_progress_artifact(0.0, f"{_key(brand)}-progress", "Asking sources")
            self._bar = bar if isinstance(bar, UUID) else None  # nothing waits for it elsewhere

    def reached(self, percent: float, next_step: str) -> None:
        """So much is done, and this comes now."""
        if self._bar is not None:
            with _harmless():
                update_progress_artifact(self._bar, percent, next_step)


def publish(run: Run, watchlist: Watchlist, day: date) -> None:
    """Put the day's summary, its tables and where its files are on the run's page."""
    folder = folder_of(watchlist.tables, day, run.brand)
    if not folder.exists():
        return
    key = _key(run.brand)
    with _harmless():
        create_markdown_artifact((folder / "summary.md").read_text("utf-8"), f"{key}-summary")
        for name, columns in _TABLES.items():
            create_table_artifact(_columns(folder / f"{name}.csv", columns), f"{key}-{name}")
        files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        lines = [
            f"- [{path.name}]({path.as_uri()}), {path.stat().st_size:,} bytes" for path in files
        ]
        create_markdown_artifact(f"In `{folder}`:\n\n" + "\n".join(lines), f"{key}-files")


def _columns(path: Path, names: list[str]) -> dict[str, list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] for row in rows] for name in names}


@contextmanager
def _harmless() -> Iterator[None]:
    """A server that does not answer costs the page, not the run."""
    try:
        yield
    except (PrefectException, HTTPError) as error:
        logger.warning("The run's page could not be written (%s); the tables are.", error)


def _key(brand: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", brand.lower()).strip("-") or "brand"
