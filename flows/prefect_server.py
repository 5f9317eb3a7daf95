"""The Prefect server that the environment names, if it names one."""

import os
import time

from httpx import InvalidURL, TransportError
from prefect.client.orchestration import get_client

from flows.exits import UsageError

_PAUSE = 1.0  # seconds


def await_server(seconds: float) -> None:
    """Return once the server at PREFECT_API_URL answers, at once where none is named.

    Raises `UsageError` where none answers for so many seconds.
    """
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        return
    until = time.monotonic() + seconds
    while (error := _fault()) is not None:
        if time.monotonic() >= until:
            raise UsageError(
                f"No Prefect server answers at {url}. Start it with `.venv/bin/prefect server "
                "start`, correct PREFECT_API_URL, or unset it: `moments run` needs no server."
            ) from error
        time.sleep(_PAUSE)


def _fault() -> Exception | None:
    """Why nobody answers; a refusal is an answer too."""
    try:
        error = get_client(sync_client=True).api_healthcheck()
    except (TransportError, InvalidURL) as unreachable:
        return unreachable
    return error if isinstance(error, TransportError) else None
