"""What the rows of tables that are handed back mean as corrections of a brand's posts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from data.corrections import Correction, brands_of, history_of, last_of
from data.ledger import Ledger
from reports.handed_back import Said


@dataclass(frozen=True, slots=True)
class Meant:
    """Corrections, once per post; the words that stand against outdated rows; the mistakes."""

    corrections: tuple[Correction, ...]
    outdated: tuple[Correction, ...]  # the last word on each post of which a row repeats an old one
    mistakes: tuple[str, ...]


def meaning(
    ledger: Ledger, said: Sequence[Said], brands: Sequence[str], by: str, now: datetime
) -> Meant:
    """What the rows mean, said by this person now, of posts of these brands.

    A row as an earlier table told it, on which more was said since, says nothing: its file was
    written before that, and nobody has touched the row.
    """
    with ledger.transaction() as connection:
        found = brands_of(connection, [row.post_id for row in said], brands)
        last = {brand: last_of(connection, brand) for brand in brands}
    meant: dict[tuple[str, str], tuple[Correction, str]] = {}
    outdated: dict[tuple[str, str], Correction] = {}
    mistakes = []
    for row in said:
        named = {row.brand.casefold()} if row.brand else {brand.casefold() for brand in brands}
        whose = [brand for brand in found.get(row.post_id, ()) if brand.casefold() in named]
        if len(whose) != 1:
            mistakes.append(_unclear(row, whose))
            continue
        key = whose[0], row.post_id
        earlier = last[whose[0]].get(row.post_id)
        if earlier and row.as_told and _was_replaced(ledger, row, earlier):
            outdated[key] = earlier
            continue
        verdict = earlier.verdict if earlier and row.note_alone else row.verdict
        origin = row.place.rpartition(" row ")[0]
        correction = Correction(*key, verdict, row.note, by, now, origin)
        known, place = meant.setdefault(key, (correction, row.place))
        if replace(correction, origin=known.origin) != known:
            mistakes.append(f"{row.place}: it says of {row.post_id} other than {place} does.")
    corrections = tuple(correction for correction, _ in meant.values())
    return Meant(corrections, tuple(outdated.values()), tuple(mistakes))


def _was_replaced(ledger: Ledger, row: Said, last: Correction) -> bool:
    """The row says what was said before the last word, which is another."""
    words = row.verdict, row.note
    if words == (last.verdict, last.note):
        return False
    with ledger.transaction() as connection:
        history = history_of(connection, last.brand, last.post_id)
    return words in [(one.verdict, one.note) for one in history]


def _unclear(row: Said, whose: Sequence[str]) -> str:
    if whose:
        told = " and ".join(whose)
        return f"{row.place}: {row.post_id} was found for {told}. Say which with --brand."
    return (
        f"{row.place}: there is no post {row.post_id}. Take the id as it stands in the column "
        "post_id of moments.csv or posts.parquet."
    )
