"""What analysts say of verdicts: appended to the ledger, never changed; the last one counts.

A correction with a verdict overrides ours in all that is told from then on, whatever model judges
the post later. One without a verdict is a note alone, or takes an earlier correction back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from data.database import rows_by_post_id
from data.errors import UserError
from data.ledger import Ledger
from data.ledger_tables import corrections, last_corrections, mentions
from data.vocabulary import Verdict


class CorrectionError(UserError):
    """Corrections that cannot be applied; one line per mistake, and nothing was applied."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An analyst's word on one post of a brand."""

    brand: str
    post_id: str
    verdict: Verdict | None  # exceptional, poor or neither; None: ours stands
    note: str
    made_by: str  # who
    made_at: datetime
    origin: str  # where it was said: a file's name, or "review"


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that was applied, and the one it replaces."""

    correction: Correction
    before: Correction | None


def apply_corrections(ledger: Ledger, said: Iterable[Correction]) -> list[Change]:
    """Append those that say something new, all or none; the next run judges and tells the rest.

    Raises `CorrectionError` naming the posts that were not found for their brand, `LedgerError`.
    """
    fresh = list(said)
    changes: list[Change] = []
    with ledger.transaction() as connection:
        _refuse_unknown(connection, fresh)
        last = {
            (brand, post): correction
            for brand in dict.fromkeys(each.brand for each in fresh)
            for post, correction in last_of(connection, brand).items()
        }
        for each in fresh:
            before = last.get((each.brand, each.post_id))
            if _says(each) != _says(before):
                changes.append(Change(each, before))
                last[each.brand, each.post_id] = each
        if changes:
            connection.execute(insert(corrections), [_row(change.correction) for change in changes])
    return changes


def last_of(connection: Connection, brand: str) -> dict[str, Correction]:
    """The last word on each of the brand's posts, by post_id."""
    query = select(last_corrections).where(last_corrections.c.brand == brand)
    return {row["post_id"]: _correction(row) for row in connection.execute(query).mappings()}


def history_of(connection: Connection, brand: str, post_id: str) -> list[Correction]:
    """All that was said of a post, the first one first."""
    query = (
        select(corrections)
        .where(corrections.c.brand == brand, corrections.c.post_id == post_id)
        .order_by(corrections.c.number)
    )
    return [_correction(row) for row in connection.execute(query).mappings()]


def brands_of(
    connection: Connection, post_ids: Sequence[str], brands: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Of these brands, those that each post was found for; posts of none are left out."""
    found: dict[str, tuple[str, ...]] = {}
    for brand in brands:
        for post in rows_by_post_id(connection, mentions, post_ids, mentions.c.brand == brand):
            found[post] = (*found.get(post, ()), brand)
    return found


def _says(correction: Correction | None) -> tuple[Verdict | None, str]:
    return (correction.verdict, correction.note) if correction else (None, "")


def _refuse_unknown(connection: Connection, fresh: Sequence[Correction]) -> None:
    known = brands_of(
        connection,
        [each.post_id for each in fresh],
        dict.fromkeys(each.brand for each in fresh),
    )
    unknown = [each for each in fresh if each.brand not in known.get(each.post_id, ())]
    if unknown:
        raise CorrectionError(
            "\n".join(f"No post {each.post_id} was found for {each.brand}." for each in unknown)
        )


def _row(correction: Correction) -> dict[str, Any]:
    return {
        "brand": correction.brand,
        "post_id": correction.post_id,
        "verdict": correction.verdict.value if correction.verdict else "",
        "note": correction.note,
        "made_by": correction.made_by,
        "made_at": correction.made_at,
        "origin": correction.origin,
    }


def _correction(row: Mapping[Any, Any]) -> Correction:
    return Correction(
        row["brand"],
        row["post_id"],
        Verdict(row["verdict"]) if row["verdict"] else None,
        row["note"],
        row["made_by"],
        row["made_at"],
        row["origin"],
    )
