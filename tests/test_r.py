"""R reads our CSV files as they are, by the rules of its own `read.csv`."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from posts import DAY, asked, day_of, told, written

WORDS = [
    'She said "no", twice; then left.', "Two\nlines, one\r\nof them of Windows.", "NA", "00123",
    "'twas", "# no comment", "50 % off \\n stays", "Ünïcode 🙂 שלום", "=1+1", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """moments.csv of a day on which people wrote such words."""
    rows = [{"quote": words, "person": words} for words in WORDS]
    day = day_of(told(*rows), asked(("reddit", 9, "ok")), ["reddit"], DAY)
    return written(day, tmp_path_factory.mktemp("r")) / "moments.csv"


def read_csv(path: Path) -> list[list[str]]:
    """As `read.csv(path, colClasses = "character", fileEncoding = "UTF-8-BOM")` does.

    By its defaults: separator comma, quote doubled within quotes, no comments, no escapes, no
    stripping; a row must have as many fields as the header, for `fill` would hide one that has not.
    """
    text = path.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff"), "fileEncoding UTF-8-BOM takes the mark off"
    reader = csv.reader(
        io.StringIO(text[1:], newline=""), quotechar='"', doublequote=True, escapechar=None,
        strict=True,
    )  # fmt: skip
    header, *rows = reader
    assert {len(row) for row in rows} == {len(header)}
    return [header, *rows]


def test_by_rs_rules_the_table_is_the_one_that_pandas_reads(moments: Path) -> None:
    header, *rows = read_csv(moments)
    ours = pd.read_csv(moments, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert header == list(ours.columns)
    assert rows == ours.to_numpy().tolist()
    assert len(rows) == len(WORDS)


def test_names_of_columns_are_names_in_r_too(moments: Path) -> None:
    """`check.names` would turn any other into dots."""
    assert all(name.isidentifier() and name.islower() for name in read_csv(moments)[0])


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_itself_reads_the_table(moments: Path) -> None:
    script = (
        f'x <- read.csv("{moments}", colClasses = "character", na.strings = character(),'
        ' fileEncoding = "UTF-8-BOM"); cat(nrow(x), names(x), sep = "\\n")'
    )
    said = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(len(WORDS)), *read_csv(moments)[0]]
