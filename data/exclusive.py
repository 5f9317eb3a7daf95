"""Holding a name on a database, so that two runs do not do the same thing at once."""

import hashlib
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

from data.errors import BusyError

_POLL_SECONDS = 1.0

logger = logging.getLogger(__name__)


@contextmanager
def exclusive(engine: Engine, name: str, wait_seconds: float) -> Iterator[None]:
    """Hold the name; the system frees it if the holder is killed.

    Waits, and says so, while another one holds it. Raises `BusyError` after `wait_seconds`.
    """
    holding = _postgresql if engine.dialect.name == "postgresql" else _file
    with holding(engine, name, wait_seconds):
        yield


@contextmanager
def _file(engine: Engine, name: str, wait_seconds: float) -> Iterator[None]:
    """A lock file beside the SQLite file; the system's lock on it, not its being there, holds."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    lock = FileLock(Path(f"{engine.url.database}.{digest}.lock"))
    try:
        with lock.acquire(timeout=0):
            yield
            return
    except Timeout:
        logger.warning("Another run holds %s; waiting for it to end.", name)
    try:
        with lock.acquire(timeout=wait_seconds):
            yield
    except Timeout as error:
        raise _busy(name, engine, wait_seconds) from error


@contextmanager
def _postgresql(engine: Engine, name: str, wait_seconds: float) -> Iterator[None]:
    """An advisory lock of the session, which ends with its connection."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    asking = text("SELECT pg_try_advisory_lock(:number)").bindparams(number=number)
    deadline = time.monotonic() + wait_seconds
    with engine.connect() as connection:
        while not connection.scalar(asking):
            if time.monotonic() > deadline:
                raise _busy(name, engine, wait_seconds)
            time.sleep(_POLL_SECONDS)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})


def _busy(name: str, engine: Engine, wait_seconds: float) -> BusyError:
    place = engine.url.render_as_string(hide_password=True)
    return BusyError(
        f"Another run holds {name} on {place} for more than {wait_seconds:.0f} seconds. "
        "Wait for it to end, or stop it, and run again."
    )
