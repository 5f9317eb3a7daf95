"""The ledger's part that sources fill: pages, posts, who is mentioned, cursors, coverage."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, and_, delete, select

from data.database import insert_new, rows_by_post_id, upsert
from data.ledger_opened import Opened
from data.ledger_tables import coverage, cursors, judgements, mentions, pages, posts
from data.observations import observed
from data.records import Coverage, Post, RawPage
from data.untold import untold


class Collected(Opened):
    """What sources bring."""

    def record(self, page: RawPage, found: Sequence[Post], seen: Coverage) -> int:
        """Store one page, its posts, the cursor after it and its coverage; the new posts' number.

        An observation older than the one the ledger holds changes nothing, so an earlier day
        can be run again.
        """
        with self.transaction() as connection:
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
        with self.transaction() as connection:
            _cover(connection, seen)

    def cursor(self, brand: str, source: str) -> str | None:
        """Where the source goes on for this brand; None at first."""
        query = select(cursors.c.cursor).where(cursors.c.brand == brand, cursors.c.source == source)
        with self.transaction() as connection:
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
        with self.transaction() as connection:
            return tuple(connection.scalars(query))

    def forget_pages(self, before: datetime) -> int:
        """Delete raw pages collected earlier than `before`; how many went."""
        with self.transaction() as connection:
            return connection.execute(delete(pages).where(pages.c.collected_at < before)).rowcount


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
        untold(connection, seen.brand, row["dated_at"])
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
        untold(connection, seen.brand, seen.at)
