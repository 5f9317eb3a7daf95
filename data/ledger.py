"""The ledger: everything collected and decided, in one database.

What belongs together is written in one transaction, so a crash at any point loses nothing and
repeats nothing: a page, its posts, the cursor that follows it and its coverage row are one.
Every method raises `LedgerError` where the database cannot be used.
"""

import hashlib
import secrets
import zlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from pandera.pandas import DataFrameSchema
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Select,
    and_,
    delete,
    func,
    select,
)

from data.database import connect, insert_new, rows_by_post_id, transaction, upsert
from data.exclusive import exclusive
from data.frames import frame
from data.ledger_tables import (
    brands,
    coverage,
    cursors,
    judgements,
    last_corrections,
    mentions,
    pages,
    posts,
    settings,
)
from data.observations import observed
from data.records import Coverage, Post, RawPage
from data.schemas import COVERAGE_LOG, JUDGED, POSTS, STALE, WAITING

RUN_SECONDS = 600  # a run takes minutes at most; one that takes longer is stuck

_INSTANT = timedelta(microseconds=1)

_POST_COLUMNS = [posts.c[name] for name in POSTS.columns]
_JUDGE_COLUMNS = [
    column
    for column in judgements.columns
    if column.name not in ("brand", "post_id", "revision", "brand_version")
]
_said = last_corrections.c
_CORRECTION = func.coalesce(_said.number, 0)
_GIVEN = func.coalesce(_said.verdict, "")
_JUDGED_COLUMNS = [  # in the order of JUDGED
    *_POST_COLUMNS,
    mentions.c.found_by,
    *(column for column in _JUDGE_COLUMNS if column.name != "correction"),
    _GIVEN,
    func.coalesce(_said.note, ""),
]
_JUDGED = dict(zip(JUDGED.columns, _JUDGED_COLUMNS, strict=True))


class Ledger:
    """Reads and writes of the ledger; one object per process."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, location: str | Path) -> "Ledger":
        """Open the ledger at a file path or a database URL, made and migrated as needed."""
        return cls(connect(location))

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
        """A transaction for what has a module of its own: incidents and the outbox."""
        return transaction(self._engine)

    # -- what sources bring ---------------------------------------------------------------

    def record(self, page: RawPage, found: Sequence[Post], seen: Coverage) -> int:
        """Store one page, its posts, the cursor after it and its coverage; the new posts' number.

        An observation older than the one the ledger holds changes nothing, so an earlier day
        can be run again.
        """
        with self._transaction() as connection:
            if page.body:
                _keep(connection, seen.source, page)
            new = _observe(connection, seen, found)
            if page.cursor:
                after = {"cursor": page.cursor, "updated_at": page.collected_at}
                upsert(connection, cursors, [{"brand": seen.brand, "source": seen.source, **after}])
            _cover(connection, seen)
        return new

    def record_coverage(self, seen: Coverage) -> None:
        """Store what came of asking a source that brought no page."""
        with self._transaction() as connection:
            _cover(connection, seen)

    def cursor(self, brand: str, source: str) -> str | None:
        """Where the source goes on for this brand; None at first."""
        query = select(cursors.c.cursor).where(cursors.c.brand == brand, cursors.c.source == source)
        with self._transaction() as connection:
            return connection.scalar(query)

    def known(self, brand: str, since: datetime, until: datetime, most: int) -> tuple[str, ...]:
        """Native ids of the `most` newest posts and comments about the brand in [since, until]."""
        about = and_(judgements.c.brand == brand, judgements.c.mention.is_(True))
        query = (
            select(posts.c.native_id)
            .join(judgements, judgements.c.post_id == posts.c.post_id)
            .where(about, posts.c.kind.in_(("post", "comment")), ~posts.c.deleted)
            .where(posts.c.dated_at.between(since, until))
            .order_by(posts.c.dated_at.desc(), posts.c.post_id)
            .limit(most)
        )
        with self._transaction() as connection:
            return tuple(connection.scalars(query))

    def forget_pages(self, before: datetime) -> int:
        """Delete raw pages collected earlier than `before`; how many went."""
        with self._transaction() as connection:
            return connection.execute(delete(pages).where(pages.c.collected_at < before)).rowcount

    # -- what is judged -------------------------------------------------------------------

    def unjudged(self, brand: str, brand_version: str) -> pd.DataFrame:
        """Posts found for the brand whose present text is not judged: schema WAITING.

        Nor is one of which an analyst has said more since.
        """
        judged = and_(
            judgements.c.brand == mentions.c.brand,
            judgements.c.post_id == mentions.c.post_id,
            judgements.c.revision == posts.c.revision,
            judgements.c.brand_version == brand_version,
            judgements.c.correction == _CORRECTION,
        )
        query = (
            select(*_POST_COLUMNS, _CORRECTION, _GIVEN)
            .join(mentions, mentions.c.post_id == posts.c.post_id)
            .outerjoin(last_corrections, _of_mention(last_corrections))
            .outerjoin(judgements, judged)
            .where(mentions.c.brand == brand, judgements.c.post_id.is_(None))
            .order_by(posts.c.post_id)
        )
        with self._transaction() as connection:
            return frame(connection.execute(query), WAITING)

    def stale(
        self, brand: str, model: str, since: datetime, after: str, limit: int
    ) -> pd.DataFrame:
        """At most `limit` posts dated since then that another model judged: schema STALE.

        In the order of their ids, from beyond `after` on.
        """
        before = judgements.c.model, judgements.c.verdict
        query = (
            _stale(select(*_POST_COLUMNS, _CORRECTION, _GIVEN, *before), brand, model, since)
            .outerjoin(last_corrections, _of_mention(last_corrections))
            .where(posts.c.post_id > after)
            .order_by(posts.c.post_id)
            .limit(limit)
        )
        with self._transaction() as connection:
            return frame(connection.execute(query), STALE)

    def count_stale(self, brand: str, model: str, since: datetime) -> int:
        """How many posts dated since then another model judged."""
        query = _stale(select(func.count(posts.c.post_id)), brand, model, since)
        with self._transaction() as connection:
            return connection.scalar(query) or 0

    def judge(
        self,
        brand: str,
        brand_version: str,
        judged: pd.DataFrame,
        told_beside: Iterable[str] = (),
    ) -> None:
        """Store the judge's columns of `judged`: those of WAITING, and what was made of them.

        `told_beside` are the brands whose tables tell of this one as a competitor.
        """
        if judged.empty:
            return
        whose = {"brand": brand, "brand_version": brand_version}
        names = ["post_id", "revision", *(column.name for column in _JUDGE_COLUMNS)]
        rows = [{**row, **whose} for row in judged[names].to_dict("records")]
        with self._transaction() as connection:
            upsert(connection, judgements, rows)
            earliest = judged["dated_at"].min().to_pydatetime()
            _untold(connection, brand, earliest)
            for other in told_beside:
                _untold_beside(connection, other, earliest)

    def mentioned(self, brand: str, post_ids: Iterable[str]) -> set[str]:
        """Those of the posts that are judged to be about the brand."""
        about = and_(judgements.c.brand == brand, judgements.c.mention.is_(True))
        with self._transaction() as connection:
            return set(rows_by_post_id(connection, judgements, post_ids, about))

    # -- what is told ---------------------------------------------------------------------

    def judged(
        self, brand: str, since: datetime, until: datetime, names: Sequence[str] = ()
    ) -> pd.DataFrame:
        """Judged posts of a brand dated in [since, until), by time and id: schema JUDGED.

        `names` are the columns to read, all if none is named.
        """
        schema = JUDGED.select_columns(list(names)) if names else JUDGED
        return self._judged(brand, schema, posts.c.dated_at >= since, posts.c.dated_at < until)

    def corrected(self, brand: str) -> pd.DataFrame:
        """Judged posts of a brand on which an analyst gave a verdict: schema JUDGED."""
        return self._judged(brand, JUDGED, _GIVEN != "")

    def _judged(
        self, brand: str, schema: DataFrameSchema, *which: ColumnElement[bool]
    ) -> pd.DataFrame:
        query = (
            select(*(_JUDGED[name] for name in schema.columns))
            .join(mentions, mentions.c.post_id == posts.c.post_id)
            .join(judgements, _of_mention(judgements))
            .outerjoin(last_corrections, _of_mention(last_corrections))
            .where(mentions.c.brand == brand, *which)
            .order_by(posts.c.dated_at, posts.c.post_id)
        )
        with self._transaction() as connection:
            return frame(connection.execute(query), schema)

    def coverage(self, brand: str, since: datetime, until: datetime) -> pd.DataFrame:
        """What came of asking the brand's sources in [since, until): schema COVERAGE_LOG."""
        query = (
            select(coverage)
            .where(coverage.c.brand == brand, coverage.c.at >= since, coverage.c.at < until)
            .order_by(coverage.c.at, coverage.c.source)
        )
        with self._transaction() as connection:
            return frame(connection.execute(query), COVERAGE_LOG)

    def untold_since(self, brand: str) -> datetime | None:
        """The earliest moment whose day the dated tables do not yet tell as the ledger does."""
        with self._transaction() as connection:
            return connection.scalar(select(brands.c.untold_since).where(brands.c.brand == brand))

    def told(self, brand: str, untold_since: datetime) -> None:
        """Note that the tables tell everything since then, unless more came meanwhile."""
        same = and_(brands.c.brand == brand, brands.c.untold_since == untold_since)
        with self._transaction() as connection:
            connection.execute(brands.update().where(same).values(untold_since=None))

    def pseudonym_key(self) -> bytes:
        """The key that turns authors into pseudonyms, made once and kept with the ledger."""
        with self._transaction() as connection:
            fresh = {"name": "pseudonym_key", "value": secrets.token_hex(32)}
            insert_new(connection, settings, fresh)
            named = settings.c.name == "pseudonym_key"
            return bytes.fromhex(str(connection.scalar(select(settings.c.value).where(named))))

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self._transaction() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in (pages, posts, mentions, judgements, coverage)
            }

    def _transaction(self) -> AbstractContextManager[Connection]:
        return transaction(self._engine)


def _stale(query: Select[Any], brand: str, model: str, since: datetime) -> Select[Any]:
    return (
        query.join(mentions, mentions.c.post_id == posts.c.post_id)
        .join(judgements, _of_mention(judgements))
        .where(mentions.c.brand == brand, judgements.c.model != model, posts.c.dated_at >= since)
    )


def _of_mention(rows: FromClause) -> ColumnElement[bool]:
    """The rows are about the same brand and post as the mention."""
    return and_(rows.c.brand == mentions.c.brand, rows.c.post_id == mentions.c.post_id)


def _keep(connection: Connection, source: str, page: RawPage) -> None:
    """Keep the raw page, once however often it came."""
    row = {
        "source": source,
        "url": page.url,
        "media_type": page.media_type,
        "charset": page.charset,
        "collected_at": page.collected_at,
        "sha256": hashlib.sha256(page.body).hexdigest(),
        "body": zlib.compress(page.body),
    }
    insert_new(connection, pages, row)


def _observe(connection: Connection, seen: Coverage, found: Sequence[Post]) -> int:
    """Store what is new or changed among the posts; how many are new to the brand."""
    fresh = {post.post_id: post for post in found}
    known = rows_by_post_id(connection, posts, fresh)
    seen_again = (observed(post, known.get(post.post_id)) for post in fresh.values())
    changed = [row for row in seen_again if row is not None]
    upsert(connection, posts, changed)
    for row in changed:
        _untold(connection, seen.brand, row["dated_at"])
    claimed = rows_by_post_id(connection, mentions, fresh, mentions.c.brand == seen.brand)
    claims = [
        {
            "brand": seen.brand,
            "post_id": post.post_id,
            "found_by": seen.source,
            "first_seen_at": post.collected_at,
        }
        for post in fresh.values()
        if post.post_id not in claimed
    ]
    upsert(connection, mentions, claims)
    return len(claims)


def _cover(connection: Connection, seen: Coverage) -> None:
    row = asdict(seen) | {"outcome": seen.outcome.value}
    same = and_(*(coverage.c[name] == row[name] for name in ("brand", "source", "at")))
    before = connection.execute(select(coverage).where(same)).mappings().first()
    upsert(connection, coverage, [row])
    if before is None or (before["outcome"], before["detail"]) != (row["outcome"], row["detail"]):
        _untold(connection, seen.brand, seen.at)


def _untold(connection: Connection, brand: str, moment: datetime) -> None:
    """The brand's tables are to be told again from this moment on."""
    known = connection.scalar(select(brands.c.untold_since).where(brands.c.brand == brand))
    if known is None or moment < known:
        upsert(connection, brands, [{"brand": brand, "untold_since": moment}])


def _untold_beside(connection: Connection, brand: str, moment: datetime) -> None:
    """The same because of another brand, of which a run that is telling this one knows nothing.

    That run then takes back only the mark it began with, so this one is always another.
    """
    known = connection.scalar(select(brands.c.untold_since).where(brands.c.brand == brand))
    earlier = moment if known is None else min(moment, known - _INSTANT)
    upsert(connection, brands, [{"brand": brand, "untold_since": earlier}])
