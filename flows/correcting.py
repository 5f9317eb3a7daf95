"""`moments correct`: what analysts say in tables they hand back, kept and told at once."""

import getpass
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from data.corrections import Change, Correction, CorrectionError, apply_corrections
from data.ledger import Ledger
from flows.appointing import judge_of
from flows.days import wall_clock
from flows.judging import judge_new
from flows.meaning import Meant, meaning
from flows.outcomes import Told
from flows.tell import tell
from flows.watchlist import Watchlist, load
from reports.handed_back import Said, said_in
from reports.handed_back_book import rows_of
from reports.locales import count, day_name, number, written_for


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of corrections: those that said something new, and what was told again."""

    changes: tuple[Change, ...]
    told: dict[str, Told]  # by brand


def correct(watchlist: Watchlist, ledger: Ledger, said: Sequence[Correction]) -> Corrected:
    """Apply corrections, all or none, and tell the days concerned again.

    Waits for runs of the brands that go on. Raises `CorrectionError`, `LedgerError`, `BusyError`.
    """
    with _held(watchlist, ledger, {correction.brand for correction in said}):
        changes = tuple(apply_corrections(ledger, said))
        told = _told(watchlist, ledger, {change.correction.brand for change in changes})
    return Corrected(changes, told)


def tell_corrected(watchlist: Watchlist, ledger: Ledger, brand: str) -> dict[str, Told]:
    """Judge the brand's posts on which something was said, and tell their days again.

    By brand: those that it is a competitor of tell of it too.
    """
    with _held(watchlist, ledger, {brand}):
        return _told(watchlist, ledger, {brand})


@contextmanager
def _held(watchlist: Watchlist, ledger: Ledger, brands: set[str]) -> Iterator[None]:
    with ExitStack() as held:
        for brand in _concerned(watchlist, brands):  # sorted, so that two never wait for each other
            held.enter_context(ledger.hold(brand))
        yield


def _told(watchlist: Watchlist, ledger: Ledger, brands: set[str]) -> dict[str, Told]:
    for brand in sorted(brands):
        watched = watchlist.brand(brand)
        judge_new(watched, ledger, watchlist.told_beside(watched), judge_of(watchlist.judge))
    told = {
        brand: tell(watchlist, watchlist.brand(brand), ledger, wall_clock())
        for brand in _concerned(watchlist, brands)
    }
    return {brand: each for brand, each in told.items() if each.days}


def _concerned(watchlist: Watchlist, brands: set[str]) -> list[str]:
    """The brands whose tables tell of these."""
    beside = (watchlist.told_beside(watchlist.brand(brand)) for brand in brands)
    return sorted(brands.union(*beside))


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
        meant = meaning(ledger, said, brands, by or user_name(), wall_clock())
        if mistakes or meant.mistakes:
            raise CorrectionError("\n".join([*mistakes, *meant.mistakes, "Nothing was applied."]))
        corrected = correct(watchlist, ledger, meant.corrections)
    with written_for(watchlist.locale):
        _show(corrected, meant, watchlist, out)


def _read(files: Iterable[Path]) -> tuple[list[Said], list[str]]:
    said, mistakes = list[Said](), list[str]()
    for file in files:
        try:
            said += said_in(file.name, rows_of(file))
        except CorrectionError as error:
            mistakes.append(str(error))
    return said, mistakes


def user_name() -> str:
    """Who is at the keyboard; empty where nobody knows."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""


def _show(corrected: Corrected, meant: Meant, watchlist: Watchlist, out: Console) -> None:
    for correction, before in ((each.correction, each.before) for each in corrected.changes):
        if before is not None:
            now = correction.verdict or "no verdict"
            out.print(
                f"{correction.post_id}: {now} (before: {_said(watchlist, before)})", markup=False
            )
    for old in meant.outdated:
        words = f"{old.post_id}: as an earlier table told it; {_said(watchlist, old)} stands"
        out.print(words, markup=False)
    new = len(corrected.changes)
    rest = len(meant.corrections) + len(meant.outdated) - new
    out.print(f"{count(new, 'correction')} applied, {number(rest)} said nothing new", markup=False)
    for brand, told in corrected.told.items():
        out.print(
            f"{brand}: {count(len(told.changed), 'file')} changed in "
            f"{count(len(told.days), 'dated folder')} under {watchlist.tables}",
            markup=False,
        )


def _said(watchlist: Watchlist, correction: Correction) -> str:
    zone = watchlist.zone(watchlist.brand(correction.brand))
    when = day_name(correction.made_at.astimezone(zone).date())
    return f"{correction.verdict or 'no verdict'}, {when}, {correction.made_by}"
