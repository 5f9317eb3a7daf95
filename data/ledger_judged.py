"""The ledger's part that the judge reads and fills.

pandas is imported with the first frame: a run that finds nothing new needs none.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, select

from data.database import rows_by_post_id, upsert
from data.ledger_columns import CORRECTION, JUDGE_COLUMNS, of_mention, read
from data.ledger_opened import Opened
from data.ledger_tables import judgements, last_corrections, mentions, posts
from data.schemas import STALE, WAITING
from data.untold import untold, untold_beside

if TYPE_CHECKING:
    import pandas as pd


class Judged(Opened):
    """What is judged, and what waits for it."""

    def is_judged(self, brand: str, brand_version: str) -> bool:
        """Whether no post waits, so that `unjudged` would be empty."""
        query = _unjudged(select(posts.c.post_id), brand, brand_version).limit(1)
        with self.transaction() as connection:
            return connection.scalar(query) is None

    def unjudged(self, brand: str, brand_version: str) -> "pd.DataFrame":
        """Posts found for the brand whose present text is not judged: schema WAITING.

        Nor is one of which an analyst has said more since.
        """
        from data.frames import frame

        query = _unjudged(select(*read(WAITING.columns)), brand, brand_version)
        with self.transaction() as connection:
            return frame(connection.execute(query.order_by(posts.c.post_id)), WAITING)

    def stale(
        self, brand: str, model: str, since: datetime, after: str, limit: int
    ) -> "pd.DataFrame":
        """At most `limit` posts dated since then that another model judged: schema STALE.

        In the order of their ids, from beyond `after` on.
        """
        from data.frames import frame

        query = (
            _stale(select(*read(STALE.columns)), brand, model, since)
            .outerjoin(last_corrections, of_mention(last_corrections))
            .where(posts.c.post_id > after)
            .order_by(posts.c.post_id)
            .limit(limit)
        )
        with self.transaction() as connection:
            return frame(connection.execute(query), STALE)

    def count_stale(self, brand: str, model: str, since: datetime) -> int:
        """How many posts dated since then another model judged."""
        query = _stale(select(func.count(posts.c.post_id)), brand, model, since)
        with self.transaction() as connection:
            return connection.scalar(query) or 0

    def judge(
        self,
        brand: str,
        brand_version: str,
        judged: "pd.DataFrame",
        told_beside: Iterable[str] = (),
    ) -> None:
        """Store the judge's columns of `judged`: those of WAITING, and what was made of them.

        `told_beside` are the brands whose tables tell of this one as a competitor.
        """
        if judged.empty:
            return
        whose = {"brand": brand, "brand_version": brand_version}
        names = ["post_id", "revision", *(column.name for column in JUDGE_COLUMNS)]
        rows = [{**row, **whose} for row in judged[names].to_dict("records")]
        with self.transaction() as connection:
            upsert(connection, judgements, rows)
            earliest = judged["dated_at"].min().to_pydatetime()
            untold(connection, brand, earliest)
            for other in told_beside:
                untold_beside(connection, other, earliest)

    def mentioned(self, brand: str, post_ids: Iterable[str]) -> set[str]:
        """Those of the posts that are judged to be about the brand."""
        about = and_(judgements.c.brand == brand, judgements.c.mention.is_(True))
        with self.transaction() as connection:
            return set(rows_by_post_id(connection, judgements, post_ids, about))


def _unjudged(query: Select[Any], brand: str, brand_version: str) -> Select[Any]:
    judged = and_(
        judgements.c.brand == mentions.c.brand,
        judgements.c.post_id == mentions.c.post_id,
        judgements.c.revision == posts.c.revision,
        judgements.c.brand_version == brand_version,
        judgements.c.correction == CORRECTION,
    )
    return (
        query.join(mentions, mentions.c.post_id == posts.c.post_id)
        .outerjoin(last_corrections, of_mention(last_corrections))
        .outerjoin(judgements, judged)
        .where(mentions.c.brand == brand, judgements.c.post_id.is_(None))
    )


def _stale(query: Select[Any], brand: str, model: str, since: datetime) -> Select[Any]:
    return (
        query.join(mentions, mentions.c.post_id == posts.c.post_id)
        .join(judgements, of_mention(judgements))
        .where(mentions.c.brand == brand, judgements.c.model != model, posts.c.dated_at >= since)
    )
