"""What a run shows on Prefect's own page; the tables on disk never depend on it."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pandas as pd
from httpx import HTTPError
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.exceptions import PrefectException

from flows.watchlist import Watchlist
from reports.day_files import folder_of

if TYPE_CHECKING:
    from flows.monitor import Run

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


def publish(run: "Run", watchlist: Watchlist, day: date) -> None:
    """Put the day's summary, its tables and where its files are on the run's page."""
    folder = folder_of(watchlist.tables, day, run.brand)
    if not folder.exists():
        return
    key = _key(run.brand)
    with _harmless():
        create_markdown_artifact((folder / "summary.md").read_text("utf-8"), f"{key}-summary")
        for name, columns in _TABLES.items():
            table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
            create_table_artifact({c: table[c].to_list() for c in columns}, f"{key}-{name}")
        files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        lines = [
            f"- [{path.name}]({path.as_uri()}), {path.stat().st_size:,} bytes" for path in files
        ]
        create_markdown_artifact(f"In `{folder}`:\n\n" + "\n".join(lines), f"{key}-files")


@contextmanager
def _harmless() -> Iterator[None]:
    """A server that does not answer costs the page, not the run."""
    try:
        yield
    except (PrefectException, HTTPError) as error:
        logger.warning("The run's page could not be written (%s); the tables are.", error)


def _key(brand: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", brand.lower()).strip("-") or "brand"
