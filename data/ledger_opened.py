"""A ledger that is open: its connections, its transactions, and who holds it."""

from contextlib import AbstractContextManager

from sqlalchemy import Connection, Engine

from data.database import transaction
from data.exclusive import exclusive

RUN_SECONDS = 600  # a run takes minutes at most; one that takes longer is stuck


class Opened:
    """The database behind a ledger."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def place(self) -> str:
        """Where the ledger is, without a password."""
        return self._engine.url.render_as_string(hide_password=True)

    def hold(self, brand: str, wait_seconds: float = RUN_SECONDS) -> AbstractContextManager[None]:
        """One run at a time per brand; raises `BusyError` where another one goes on and on."""
        return exclusive(self._engine, brand, wait_seconds)

    def close(self) -> None:
        """Give back the database's connections."""
        self._engine.dispose()

    def transaction(self) -> AbstractContextManager[Connection]:
        """A transaction, also for what has a module of its own: incidents and the outbox."""
        return transaction(self._engine)
