"""The ledger's tables, as SQLAlchemy Core knows them; `data/migrations` makes them.

`posts` is what platforms published, whatever the brand; `mentions` says for which brand and by
which source a post was found; `judgements` says what we make of it for that brand.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    func,
    select,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC by every database (SQLite itself knows no zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a datetime without a time zone reached the ledger: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData()

pages = Table(
    "pages",
    metadata,
    Column("page_id", Integer, primary_key=True),
    Column("source", Text, nullable=False),  # the source's name in the watchlist
    Column("url", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("charset", Text),
    Column("collected_at", UtcDateTime, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
    UniqueConstraint("source", "sha256", name="uq_pages_source_sha256"),
)

posts = Table(
    "posts",
    metadata,
    Column("post_id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("native_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("published_at", UtcDateTime),
    Column("collected_at", UtcDateTime, nullable=False),  # first seen
    Column("observed_at", UtcDateTime, nullable=False),  # last seen to change
    Column("dated_at", UtcDateTime, nullable=False),  # the moment that decides its day
    Column("revision", Integer, nullable=False),  # 1, and one more at each change of the text
    Column("edited", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("language_hint", Text),
    Column("score", Integer),
    Column("replies", Integer),
    Column("shares", Integer),
    Column("parent_id", Text),
    Column("thread_id", Text),
    Column("outlet", Text, nullable=False),
    Column("rating", Float),
    Column("parser_version", Integer, nullable=False),
    Index("ix_posts_dated_at", "dated_at"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("post_id", Text, ForeignKey("posts.post_id"), primary_key=True),
    Column("found_by", Text, nullable=False),  # the source's name in the watchlist
    Column("first_seen_at", UtcDateTime, nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("post_id", Text, ForeignKey("posts.post_id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("model", Text, nullable=False),
    Column("brand_version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("mention", Boolean, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("p_exceptional", Float, nullable=False),
    Column("p_poor", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("teller", Text, nullable=False),
    Column("touchpoint", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("churn", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("own_verdict", Text, nullable=False),  # the model's, where an analyst gave one; else ""
    Column("correction", Integer, nullable=False),  # the last one it knows; 0 for none
)

# What analysts said, appended; the last one on a post counts.
corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("brand", Text, nullable=False),
    Column("post_id", Text, ForeignKey("posts.post_id"), nullable=False),
    Column("verdict", Text, nullable=False),  # "": a note alone, or an earlier one taken back
    Column("note", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("origin", Text, nullable=False),  # the file's name, or where else it was said
    Index("ix_corrections_post", "brand", "post_id"),
)

_last = (
    select(func.max(corrections.c.number).label("number"))
    .group_by(corrections.c.brand, corrections.c.post_id)
    .subquery()
)
last_corrections = (
    select(corrections).join(_last, _last.c.number == corrections.c.number).subquery("last_said")
)

cursors = Table(
    "cursors",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("cursor", Text, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

coverage = Table(
    "coverage",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("at", UtcDateTime, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("detail", Text, nullable=False),
)

brands = Table(
    "brands",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("untold_since", UtcDateTime),  # the earliest change not yet in the dated tables
)

# Under which name a post's story was told on a day, where that was new. A story keeps its name.
story_names = Table(
    "story_names",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("day", Date, primary_key=True),  # local
    Column("post_id", Text, primary_key=True),
    Column("story", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("incident", Text, primary_key=True),  # stable; the story's id when it was opened
    Column("story", Text, nullable=False),  # the story's present id, or the source's name
    Column("status", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("priority", Text),
    Column("in_press", Boolean, nullable=False),
    Column("robotic_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("due", UtcDateTime),
    Column("owner", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("touchpoint", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("reach", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
)

# By these posts an incident is known again when its story merges, loses posts or is renamed.
incident_posts = Table(
    "incident_posts",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("post_id", Text, primary_key=True),
    Column("incident", Text, nullable=False),
)

# What each route was last told of an incident: what is to be told is the difference.
tellings = Table(
    "tellings",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("incident", Text, primary_key=True),
    Column("route", Text, primary_key=True),
    Column("told_at", UtcDateTime, nullable=False),
    Column("status", Text, nullable=False),
    Column("priority", Text),
    Column("in_press", Boolean, nullable=False),
    Column("robotic_at", UtcDateTime),
    Column("robotic_level", Text, nullable=False),
)

silences = Table(
    "silences",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("incident", Text, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("message_id", Text, primary_key=True),
    Column("brand", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),  # emptied some days after delivery: it quotes people
    Column("html", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("last_error", Text, nullable=False),
    Column("delivered_at", UtcDateTime),
    Index("ix_outbox_waiting", "delivered_at", "next_attempt_at"),
)

digests = Table(
    "digests",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("period", Text, primary_key=True),  # daily, weekly
    Column("day", Date, primary_key=True),  # the last local day it tells of
    Column("made_at", UtcDateTime, nullable=False),
)

# When a brand's incidents were last brought up to date: an earlier day run again decides nothing.
decisions = Table(
    "decisions",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),  # when it was last asked what is to be told
)

runs = Table(
    "runs",
    metadata,
    Column("brand", Text, primary_key=True),
    Column("started_at", UtcDateTime, primary_key=True),  # by the wall's clock
    Column("clock", UtcDateTime, nullable=False),  # the run's own, earlier with --as-of
    Column("ended_at", UtcDateTime),  # none: it goes on, or was killed
    Column("judged", Integer, nullable=False),
    Column("error", Text, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
