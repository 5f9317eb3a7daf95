"""`moments judge`: a file of texts in, a table of verdicts out, row for row."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pandas as pd
from rich.console import Console

from analysis.judge import Judge, judge
from data.frames import frame
from data.records import Brand
from data.schemas import POSTS
from data.vocabulary import Verdict
from flows.appointing import judge_for
from flows.exits import UsageError
from reports.cells import inert

ROWS_AT_ONCE = 20_000  # some 20 MB of texts and their arrays
COLUMNS = [
    "id", "verdict", "score", "reason", "teller", "touchpoint", "evidence", "stage", "churn",
    "person", "quote", "p_poor", "p_exceptional", "language", "mention", "model",
]  # fmt: skip


def judge_file(source: Path, output: Path | None, watchlist: Path | None, err: Console) -> None:
    """Judge the texts of a JSON lines file; a line that holds none is kept as `unjudged`.

    The watchlist's judge does it, or the one that ships. Raises `UsageError` where the file
    cannot be read, OSError where the output cannot be written, and as `judge_for`.
    """
    by = judge_for(watchlist)
    with _opened(source) as lines, _writing(output) as file:
        first = True
        for batch in _batches(lines):
            table = judged(batch, by)
            table.to_csv(file, index=False, header=first, lineterminator="\r\n")
            first = False
            for mistake in table.loc[table["evidence"].str.startswith("line "), "evidence"]:
                err.print(f"{source}: {mistake}", style="yellow", markup=False)
        if first:
            pd.DataFrame(columns=COLUMNS).to_csv(file, index=False, lineterminator="\r\n")


def judged(rows: list[dict[str, Any]], by: Judge) -> pd.DataFrame:
    """The verdicts of some rows, in their order: columns COLUMNS."""
    posts = frame([_post(number, row) for number, row in enumerate(rows)], POSTS)
    brands = pd.Series([str(row.get("brand") or "") for row in rows], dtype="str")
    parts = [
        judge(posts[brands == name], Brand(name) if name else None, by) for name in brands.unique()
    ]
    table = pd.concat(parts).sort_index() if parts else posts
    table = table.assign(id=[str(row["id"]) for row in rows], score=table["confidence"].round(4))
    table[["p_poor", "p_exceptional"]] = table[["p_poor", "p_exceptional"]].round(4)
    mistakes = pd.Series([row.get("mistake") for row in rows], dtype="str")
    bad = mistakes.notna()
    table.loc[bad, "verdict"] = Verdict.UNJUDGED.value
    table.loc[bad, "evidence"] = mistakes[bad]
    for name in ("id", "evidence", "person", "quote"):
        table[name] = inert(table[name].astype("str"))
    return table[COLUMNS]


def _batches(lines: IO[str]) -> Iterator[list[dict[str, Any]]]:
    rows = (_row(number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield batch


def _row(number: int, line: str) -> dict[str, Any]:
    """The line's fields; where it holds none, what is wrong with it instead."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": f"line-{number}", "mistake": f"line {number} is not JSON"}
    if not isinstance(row, dict):
        return {"id": f"line-{number}", "mistake": f"line {number} is not a JSON object"}
    row.setdefault("id", f"line-{number}")
    if not isinstance(row.get("text"), str):
        return {"id": row["id"], "mistake": f"line {number} has no `text`"}
    return row


def _post(number: int, row: dict[str, Any]) -> tuple[Any, ...]:
    """The row as schema POSTS has it; what only collecting knows is left empty."""
    source = str(row.get("source") or "files")
    now = datetime.fromtimestamp(0, UTC)
    values = dict.fromkeys(POSTS.columns, None) | {
        "post_id": f"{source}:{number}",
        "source": source,
        "native_id": str(row["id"]),
        "kind": str(row.get("kind") or "post"),
        "author": str(row.get("author") or ""),
        "title": str(row.get("title") or ""),
        "text": row.get("text") or "",
        "url": str(row.get("url") or ""),
        "outlet": str(row.get("outlet") or ""),
        "rating": float("nan"),
        "published_at": _moment(row.get("published_at")),
        "collected_at": now,
        "dated_at": now,
        "revision": 1,
        "edited": False,
        "deleted": False,
    }
    return tuple(values.values())


def _moment(value: Any) -> datetime | None:
    """An ISO time, in UTC where it names no zone; None where it is none."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _opened(source: Path) -> IO[str]:
    try:
        return source.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"Cannot read {source}: {error.strerror}.") from error


def _writing(output: Path | None) -> IO[str]:
    if output is None:
        return open(sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False)
    # No byte order mark here: this table is read by programs, which take it for a column name.
    return output.open("w", encoding="utf-8", newline="", errors="replace")
