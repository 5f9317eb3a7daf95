"""From which moment on a brand's dated tables do not tell what the ledger holds."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from data.database import upsert
from data.ledger_tables import brands

_INSTANT = timedelta(microseconds=1)


def untold(connection: Connection, brand: str, moment: datetime) -> None:
    """The brand's tables are to be told again from this moment on."""
    known = connection.scalar(select(brands.c.untold_since).where(brands.c.brand == brand))
    if known is None or moment < known:
        upsert(connection, brands, [{"brand": brand, "untold_since": moment}])


def untold_beside(connection: Connection, brand: str, moment: datetime) -> None:
    """The same because of another brand, of which a run that is telling this one knows nothing.

    That run then takes back only the mark it began with, so this one is always another.
    """
    known = connection.scalar(select(brands.c.untold_since).where(brands.c.brand == brand))
    earlier = moment if known is None else min(moment, known - _INSTANT)
    upsert(connection, brands, [{"brand": brand, "untold_since": earlier}])
