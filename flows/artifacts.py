"""What a run shows on Prefect's own page; the tables on disk never depend on it."""

import logging
import re
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
from httpx import HTTPError
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.exceptions import PrefectException

from flows.watchlist import Watchlist
from reports.dated import folder_of

if TYPE_CHECKING:
    from flows.monitor import Run

_SHOWN = ["time", "verdict", "confidence", "reason", "quote", "touchpoint", "teller", "link"]

logger = logging.getLogger(__name__)


def publish(run: "Run", watchlist: Watchlist, day: date) -> None:
    """Put the day's summary, moments and coverage on the run's page.

    A server that does not answer costs the page, not the run.
    """
    folder = folder_of(watchlist.tables, day, run.brand)
    if not folder.exists():
        return
    key = re.sub(r"[^a-z0-9]+", "-", run.brand.lower()).strip("-") or "brand"
    try:
        create_markdown_artifact((folder / "summary.md").read_text("utf-8"), f"{key}-summary")
        for name, columns in (("moments", _SHOWN), ("coverage", None)):
            table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
            shown = columns or table.columns
            create_table_artifact({c: table[c].to_list() for c in shown}, f"{key}-{name}")
    except (PrefectException, HTTPError) as error:
        logger.warning("The run's page could not be written (%s); the tables are.", error)
