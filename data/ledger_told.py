"""The ledger's part that the dated tables are told from.

pandas is imported with the first frame: a run that finds nothing new needs none.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select

from data.columns import Schema
from data.ledger_columns import GIVEN, of_mention, read
from data.ledger_opened import Opened
from data.ledger_tables import brands, coverage, judgements, last_corrections, mentions, posts
from data.schemas import COVERAGE_LOG, JUDGED

if TYPE_CHECKING:
    import pandas as pd


class Told(Opened):
    """What is told."""

    def judged(
        self, brand: str, since: datetime, until: datetime, names: Sequence[str] = ()
    ) -> "pd.DataFrame":
        """Judged posts of a brand dated in [since, until), by time and id: schema JUDGED.

        `names` are the columns to read, all if none is named.
        """
        schema = JUDGED.of(names) if names else JUDGED
        return self._judged(brand, schema, posts.c.dated_at >= since, posts.c.dated_at < until)

    def corrected(self, brand: str) -> "pd.DataFrame":
        """Judged posts of a brand on which an analyst gave a verdict: schema JUDGED."""
        return self._judged(brand, JUDGED, GIVEN != "")

    def _judged(self, brand: str, schema: Schema, *which: ColumnElement[bool]) -> "pd.DataFrame":
        from data.frames import frame

        query = (
            select(*read(schema.columns))
            .join(mentions, mentions.c.post_id == posts.c.post_id)
            .join(judgements, of_mention(judgements))
            .outerjoin(last_corrections, of_mention(last_corrections))
            .where(mentions.c.brand == brand, *which)
            .order_by(posts.c.dated_at, posts.c.post_id)
        )
        with self.transaction() as connection:
            return frame(connection.execute(query), schema)

    def coverage(self, brand: str, since: datetime, until: datetime) -> "pd.DataFrame":
        """What came of asking the brand's sources in [since, until): schema COVERAGE_LOG."""
        from data.frames import frame

        query = (
            select(coverage)
            .where(coverage.c.brand == brand, coverage.c.at >= since, coverage.c.at < until)
            .order_by(coverage.c.at, coverage.c.source)
        )
        with self.transaction() as connection:
            return frame(connection.execute(query), COVERAGE_LOG)

    def untold_since(self, brand: str) -> datetime | None:
        """The earliest moment whose day the dated tables do not yet tell as the ledger does."""
        with self.transaction() as connection:
            return connection.scalar(select(brands.c.untold_since).where(brands.c.brand == brand))

    def told(self, brand: str, untold_since: datetime) -> None:
        """Note that the tables tell everything since then, unless more came meanwhile."""
        same = and_(brands.c.brand == brand, brands.c.untold_since == untold_since)
        with self.transaction() as connection:
            connection.execute(brands.update().where(same).values(untold_since=None))
