"""The database under the ledger: SQLite in WAL mode on one machine, PostgreSQL for several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    make_url,
    select,
    true,
)
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from data.errors import LedgerError
from data.exclusive import exclusive
from data.migrate import migrate

_BUSY_SECONDS = 30  # how long a writer waits for another one before it says so
_IDS_PER_QUERY = 500  # below every database's limit of bound values


def connect(location: str | Path) -> Engine:
    """Open the database at a file path or a URL, made and migrated as needed.

    Raises `LedgerError` where that cannot be done.
    """
    text = str(location)
    try:
        url = make_url(text if "://" in text else f"sqlite:///{text}")
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        with exclusive(engine, "migrations", _BUSY_SECONDS):
            migrate(engine)
    except (OSError, DatabaseError, ArgumentError, NoSuchModuleError) as error:
        raise LedgerError(_sentence(text, error)) from error
    return engine


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction whose database errors are told as one sentence."""
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise LedgerError(_sentence(place, error)) from error


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row unless one with its key is there."""
    connection.execute(_insert(connection, table).values(**row).on_conflict_do_nothing())


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, replacing those with the same primary key."""
    if not rows:
        return
    statement = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    values = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    connection.execute(
        statement.on_conflict_do_update(index_elements=keys, set_=values), list(rows)
    )


def rows_by_post_id(
    connection: Connection,
    table: Table,
    post_ids: Iterable[str],
    where: ColumnElement[bool] | None = None,
) -> dict[str, Mapping[str, Any]]:
    """The table's rows of these posts, by post_id."""
    wanted = list(post_ids)
    found: dict[str, Mapping[str, Any]] = {}
    for start in range(0, len(wanted), _IDS_PER_QUERY):
        some = table.c.post_id.in_(wanted[start : start + _IDS_PER_QUERY])
        query = select(table).where(some, true() if where is None else where)
        found |= {row["post_id"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def _insert(connection: Connection, table: Table) -> Any:
    # Any: the two dialects' inserts share `on_conflict_*` but no base class that declares it.
    # Only the one in use is imported: PostgreSQL's takes 0.05 s.
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _sentence(place: str, error: Exception) -> str:
    cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    if isinstance(error, OSError):  # its words name the path, which may hold any of those below
        cause = error.strerror or cause
    if "full" in cause or "No space left" in cause:
        return f"The ledger {place} cannot grow: the disk is full. Free some space and run again."
    if "locked" in cause:
        return (
            f"The ledger {place} is in use by another run for more than {_BUSY_SECONDS} seconds. "
            "Wait for it to end and run again."
        )
    if "not a database" in cause or "malformed" in cause:
        return (
            f"The ledger {place} is damaged or is not a ledger ({cause}). "
            "Restore it from a backup, or move it away to begin anew."
        )
    return f"The ledger {place} cannot be used: {cause}. Check that the place can be written."
