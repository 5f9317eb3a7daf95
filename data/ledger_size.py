"""How large the ledger is."""

from sqlalchemy import Connection, func, select, text

from data.ledger_tables import metadata


def rows_by_table(connection: Connection) -> dict[str, int]:
    """How many rows each table holds, by its name."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
    }


def size_in_bytes(connection: Connection) -> int:
    """What the database takes on disk, without its write-ahead log."""
    if connection.dialect.name == "postgresql":
        asked = "SELECT pg_database_size(current_database())"
    else:
        asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    return int(connection.scalar(text(asked)) or 0)
