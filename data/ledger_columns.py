"""What is read of a judged post: which of the ledger's columns makes which of a frame's."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func

from data.ledger_tables import judgements, last_corrections, mentions, posts

JUDGE_COLUMNS = [
    column
    for column in judgements.columns
    if column.name not in ("brand", "post_id", "revision", "brand_version")
]
_said = last_corrections.c
CORRECTION = func.coalesce(_said.number, 0)
GIVEN = func.coalesce(_said.verdict, "")
_READ: dict[str, ColumnElement[Any]] = {
    **{column.name: column for column in (*JUDGE_COLUMNS, *posts.columns)},
    "found_by": mentions.c.found_by,
    "model_before": judgements.c.model,
    "verdict_before": judgements.c.verdict,
    "correction": CORRECTION,
    "analyst_verdict": GIVEN,
    "note": func.coalesce(_said.note, ""),
}


def read(names: Iterable[str]) -> list[ColumnElement[Any]]:
    """The columns to select for those of a frame, in its order; the query joins their tables."""
    return [_READ[name] for name in names]


def of_mention(rows: FromClause) -> ColumnElement[bool]:
    """The rows are about the same brand and post as the mention."""
    return and_(rows.c.brand == mentions.c.brand, rows.c.post_id == mentions.c.post_id)
