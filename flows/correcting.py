"""`moments correct`: what analysts say in tables they hand back, kept and told at once."""

import getpass
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console

from data.corrections import (
    Change,
    Correction,
    CorrectionError,
    apply_corrections,
    brands_of,
    last_of,
)
from data.ledger import Ledger
from flows.judges import judge_of
from flows.judging import judge_new
from flows.outgoing import wall_clock
from flows.tell import Told, tell
from flows.watchlist import Watchlist, load
from reports.handed_back import Said, said_in
from reports.handed_back_book import rows_of


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of corrections: those that said something new, and what was told again."""

    changes: tuple[Change, ...]
    told: dict[str, Told]  # by brand


def correct(watchlist: Watchlist, ledger: Ledger, said: Sequence[Correction]) -> Corrected:
    """Apply corrections, all or none, and tell the days concerned again.

    Waits for runs of the brands that go on. Raises `CorrectionError`, `LedgerError`, `BusyError`.
    """
    brands = sorted({correction.brand for correction in said})
    with ExitStack() as held:
        for brand in brands:
            held.enter_context(ledger.hold(brand))
        changes = tuple(apply_corrections(ledger, said))
        told = {}
        for brand in sorted({change.correction.brand for change in changes}):
            watched = watchlist.brand(brand)
            beside = watchlist.told_beside(watched)
            judge_new(watched, ledger, beside, judge_of(watchlist.judge))
            told[brand] = tell(watchlist, watched, ledger, wall_clock())
    return Corrected(changes, told)


def correct_files(
    path: Path, files: Sequence[Path], brand: str | None, by: str | None, out: Console
) -> None:
    """Read the files handed back, apply what they say, and tell what came of it.

    Raises `CorrectionError` with every mistake in them; nothing is applied then.
    """
    watchlist = load(path)
    brands = [watchlist.brand(brand).name] if brand else [one.name for one in watchlist.brands]
    said, mistakes = _read(files)
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        meant, unclear = _meant(ledger, said, brands, by or user_name(), wall_clock())
        if mistakes or unclear:
            raise CorrectionError("\n".join([*mistakes, *unclear, "Nothing was applied."]))
        corrected = correct(watchlist, ledger, meant)
    _show(corrected, len(meant), watchlist, out)


def _read(files: Iterable[Path]) -> tuple[list[Said], list[str]]:
    said, mistakes = list[Said](), list[str]()
    for file in files:
        try:
            said += said_in(file.name, rows_of(file))
        except CorrectionError as error:
            mistakes.append(str(error))
    return said, mistakes


def _meant(
    ledger: Ledger, said: Sequence[Said], brands: Sequence[str], by: str, now: datetime
) -> tuple[list[Correction], list[str]]:
    """The rows as corrections of a brand's posts, once each, and the mistakes among them."""
    with ledger.transaction() as connection:
        found = brands_of(connection, [row.post_id for row in said], brands)
        last = {brand: last_of(connection, brand) for brand in brands}
    meant: dict[tuple[str, str], tuple[Correction, str]] = {}
    mistakes = []
    for row in said:
        named = {row.brand.casefold()} if row.brand else {brand.casefold() for brand in brands}
        whose = [brand for brand in found.get(row.post_id, ()) if brand.casefold() in named]
        if len(whose) != 1:
            mistakes.append(_unclear(row, whose))
            continue
        earlier = last[whose[0]].get(row.post_id)
        verdict = earlier.verdict if earlier and row.note_alone else row.verdict
        origin = row.place.rpartition(" row ")[0]
        correction = Correction(whose[0], row.post_id, verdict, row.note, by, now, origin)
        known, place = meant.setdefault((whose[0], row.post_id), (correction, row.place))
        if replace(correction, origin=known.origin) != known:
            mistakes.append(f"{row.place}: it says of {row.post_id} other than {place} does.")
    return [correction for correction, _ in meant.values()], mistakes


def _unclear(row: Said, whose: Sequence[str]) -> str:
    if whose:
        told = " and ".join(whose)
        return f"{row.place}: {row.post_id} was found for {told}. Say which with --brand."
    return (
        f"{row.place}: there is no post {row.post_id}. Take the id as it stands in the column "
        "post_id of moments.csv or posts.parquet."
    )


def user_name() -> str:
    """Who is at the keyboard; empty where nobody knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""


def _show(corrected: Corrected, rows: int, watchlist: Watchlist, out: Console) -> None:
    for correction, before in ((each.correction, each.before) for each in corrected.changes):
        if before is not None:
            then = f"{before.verdict or 'no verdict'}, {before.made_at:%Y-%m-%d}, {before.made_by}"
            now = correction.verdict or "no verdict"
            out.print(f"{correction.post_id}: {now} (before: {then})", markup=False)
    new = len(corrected.changes)
    out.print(f"{new} corrections applied, {rows - new} said nothing new", markup=False)
    for brand, told in corrected.told.items():
        out.print(
            f"{brand}: {len(told.changed)} files changed in {len(told.days)} dated folders under "
            f"{watchlist.tables}",
            markup=False,
        )
