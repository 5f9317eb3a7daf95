"""What an analyst says in a table that is handed back, whatever a spreadsheet did to the file.

    file -> rows (number as the spreadsheet counts them, cells by column) -> Said

A reader of another format yields the same rows; `said_in` does the rest.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from data.corrections import CorrectionError
from data.vocabulary import Verdict
from reports.cells import active

Row = tuple[int, Mapping[str, str]]

ID, VERDICT, NOTE, OURS = "post_id", "analyst_verdict", "note", "verdict"
# What people write for the three words; `_AGREES` is said of the row's own verdict.
_WORDS = {
    Verdict.EXCEPTIONAL: {"exceptional", "great", "good", "positive"},
    Verdict.POOR: {"poor", "bad", "negative"},
    Verdict.NEITHER: {"neither", "none", "neutral", "no moment", "not a moment"},
}
_AGREES = {"right", "correct", "agree", "agreed", "yes"}
_TAKES_BACK = {"withdraw", "withdrawn", "undo"}
_ROUNDED = re.compile(r"(?:\w+:)?\d([.,]\d+)?E\+\d+", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

csv.field_size_limit(10_000_000)  # a quote is short, but a table may hold whole posts


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of a post."""

    place: str  # "moments.csv row 7"
    post_id: str
    verdict: Verdict | None  # None: an earlier one is taken back, or only a note is given
    note: str
    note_alone: bool = False  # an earlier verdict stays as it is
    brand: str = ""  # where the table names it
    as_told: bool = False  # so a table of ours may have told it, untouched


def said_in(place: str, rows: Iterable[Row]) -> list[Said]:
    """What the rows say; those in which nothing was filled are passed over.

    Raises `CorrectionError` with a line per mistake.
    """
    said, mistakes = [], []
    for number, cells in rows:
        if _cell(cells, VERDICT) or _cell(cells, NOTE):
            try:
                said.append(_said(f"{place} row {number}", cells))
            except CorrectionError as error:
                mistakes.append(str(error))
    if mistakes:
        raise CorrectionError("\n".join(mistakes))
    return said


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file: any usual separator and encoding, columns in any order.

    Raises `CorrectionError` where it is not such a table, OSError where it cannot be read.
    """
    text = _decoded(path.read_bytes())
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep="):  # Excel's own hint, which it does not show
        text = text.split("\n", 1)[1]
        lines = lines[1:]
    header = lines[0] if lines else ""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    names = [column_name(cell) for cell in next(reader, [])]
    if missing := [name for name in (ID, VERDICT) if name not in names]:
        raise CorrectionError(
            f"{path.name}: there is no column {' and no '.join(missing)} in its first row. "
            "Hand back moments.csv with its columns as they were, in any order."
        )
    for number, cells in enumerate(reader, 2):
        if any(cell.strip() for cell in cells[len(names) :]):
            raise CorrectionError(
                f"{path.name} row {number}: it has more cells than the first row has columns. "
                "A note with a separator in it must stand in double quotes."
            )
        if any(cells):
            yield number, dict(zip(names, cells, strict=False))


def _said(place: str, cells: Mapping[str, str]) -> Said:
    post_id, word, note = _cell(cells, ID), _cell(cells, VERDICT), _cell(cells, NOTE)
    if not post_id:
        raise CorrectionError(f"{place}: it has no post_id.")
    if _ROUNDED.fullmatch(post_id):
        raise CorrectionError(
            f"{place}: the post_id {post_id} is a number that the spreadsheet rounded. Copy the "
            "id anew from the original table, into a column formatted as text."
        )
    ours = _cell(cells, OURS)
    verdict = _verdict(place, word, ours) if word else None
    # In a table of ours an analyst's verdict is the verdict told.
    as_told = OURS in cells and (not word or verdict == ours)
    return Said(place, post_id, verdict, note, not word, _cell(cells, "brand"), as_told)


def _verdict(place: str, word: str, ours: str) -> Verdict | None:
    plain = " ".join(re.sub(r"[^\w]+", " ", word.casefold()).split())
    if plain in _TAKES_BACK:
        return None
    wanted = ours.casefold() if plain in _AGREES else plain
    for verdict, words in _WORDS.items():
        if wanted in words:
            return verdict
    raise CorrectionError(
        f"{place}: {word!r} is no verdict. Write exceptional, poor or neither (or `right` beside "
        "our own verdict, or `withdraw` to take a correction back)."
    )


def _cell(cells: Mapping[str, str], name: str) -> str:
    return active(cells.get(name) or "").strip()


def column_name(cell: str) -> str:
    """A column's name however a header writes it."""
    return "_".join(cell.casefold().replace("_", " ").split())


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
