"""The ledger: everything collected and decided, in one database.

What belongs together is written in one transaction, so a crash at any point loses nothing and
repeats nothing: a page, its posts, the cursor that follows it and its coverage row are one.
Every method raises `LedgerError` where the database cannot be used.
"""

import secrets
from pathlib import Path

from sqlalchemy import func, select

from data.database import connect, insert_new
from data.ledger_collected import Collected
from data.ledger_judged import Judged
from data.ledger_stories import Stories
from data.ledger_tables import coverage, judgements, mentions, pages, posts, settings
from data.ledger_told import Told


class Ledger(Collected, Judged, Stories, Told):
    """Reads and writes of the ledger; one object per process.

    What sources bring, what is judged, what stories are called and what is told are each a class
    of their own module.
    """

    @classmethod
    def open(cls, location: str | Path) -> "Ledger":
        """Open the ledger at a file path or a database URL, made and migrated as needed."""
        return cls(connect(location))

    def pseudonym_key(self) -> bytes:
        """The key that turns authors into pseudonyms, made once and kept with the ledger."""
        with self.transaction() as connection:
            fresh = {"name": "pseudonym_key", "value": secrets.token_hex(32)}
            insert_new(connection, settings, fresh)
            named = settings.c.name == "pseudonym_key"
            return bytes.fromhex(str(connection.scalar(select(settings.c.value).where(named))))

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self.transaction() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (pages, posts, mentions, judgements, coverage)
            }
