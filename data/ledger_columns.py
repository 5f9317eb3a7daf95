"""What is read of a judged post: which columns of which tables make a frame's."""

from sqlalchemy import ColumnElement, FromClause, and_, func

from data.ledger_tables import judgements, last_corrections, mentions, posts
from data.schemas import JUDGED, POSTS

POST_COLUMNS = [posts.c[name] for name in POSTS.columns]
JUDGE_COLUMNS = [
    column
    for column in judgements.columns
    if column.name not in ("brand", "post_id", "revision", "brand_version")
]
_said = last_corrections.c
CORRECTION = func.coalesce(_said.number, 0)
GIVEN = func.coalesce(_said.verdict, "")
JUDGED_COLUMNS = dict(
    zip(
        JUDGED.columns,
        [
            *POST_COLUMNS,
            mentions.c.found_by,
            *(column for column in JUDGE_COLUMNS if column.name != "correction"),
            GIVEN,
            func.coalesce(_said.note, ""),
        ],
        strict=True,
    )
)


def of_mention(rows: FromClause) -> ColumnElement[bool]:
    """The rows are about the same brand and post as the mention."""
    return and_(rows.c.brand == mentions.c.brand, rows.c.post_id == mentions.c.post_id)
