"""`moments serve`: the watchlist's schedules on a Prefect server."""

import os
import threading
from pathlib import Path

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron
from rich.console import Console

from flows.exits import UsageError
from flows.messaging import keep_telling
from flows.monitor import monitor
from flows.prefect_server import await_server
from flows.watchlist import load

_STARTING = 60  # seconds that a server takes to start on a busy machine
# A run that would overlap is skipped: the next one sees what it would have seen.
_ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW
)


def serve_brands(watchlist: Path, err: Console) -> None:
    """Register a deployment per brand and run them as they come due, until stopped.

    Meanwhile what waits (for quiet hours to end, for a receiver, for a summary's hour) is told.

    Raises `UsageError` where no server is named, or none answers for a minute.
    """
    if not os.environ.get("PREFECT_API_URL"):
        raise UsageError(
            "PREFECT_API_URL is not set. Start a server with `.venv/bin/prefect server start` "
            "and set PREFECT_API_URL=http://127.0.0.1:4200/api."
        )
    watched = load(watchlist)
    deployments = [
        monitor.to_deployment(
            name=brand.name,
            parameters={"watchlist": str(watchlist.resolve()), "brand": brand.name},
            schedule=Cron(brand.schedule or watched.schedule, timezone=str(watched.zone(brand))),
            concurrency_limit=_ONE_AT_A_TIME,
        )
        for brand in watched.brands
    ]
    for brand in watched.brands:
        err.print(f"{brand.name}: {brand.schedule or watched.schedule} ({watched.zone(brand)})")
    await_server(_STARTING)
    stopped = threading.Event()
    threading.Thread(target=keep_telling, args=(watched, stopped), daemon=True).start()
    serve(*deployments, print_starting_message=False)  # type: ignore[arg-type]
    stopped.set()
