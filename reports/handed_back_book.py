"""The rows of a workbook that is handed back, as `csv_rows` gives those of a CSV file."""

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.corrections import CorrectionError
from reports.handed_back import ID, VERDICT, Row, column_name, csv_rows


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a table, whichever of the two it is.

    Raises `CorrectionError` where it is no such table, OSError where it cannot be read.
    """
    with path.open("rb") as file:
        is_book = file.read(2) == b"PK"  # as every zip file begins
    return _book_rows(path) if is_book else csv_rows(path)


def _book_rows(path: Path) -> Iterator[Row]:
    """Those of the first sheet with the columns that are needed: the sheet may be renamed."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    except CalamineError as error:
        raise CorrectionError(f"{path.name} cannot be read as a workbook: {error}.") from error
    for header, *rows in filter(None, sheets):
        names = [column_name(str(cell)) for cell in header]
        if {ID, VERDICT} <= set(names):
            for number, cells in enumerate(rows, 2):
                if any(cells):
                    yield number, dict(zip(names, map(_text, cells), strict=True))
            return
    raise CorrectionError(
        f"{path.name}: no sheet has the columns {ID} and {VERDICT} in its first row. "
        "Hand back report.xlsx with the columns of its sheet Moments, in any order."
    )


def _text(cell: object) -> str:
    """The cell as it was typed; a whole number bears no point."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else str(cell)
