"""The labelled posts this project wrote for itself: one JSON object a line, one file per writer.

    id part writer sector brand kind verdict reason teller touchpoint stage churn person
    story pair tags text

`corpus/DATASHEET.md` says what they are and are not; `GUIDE.md` there says what the labels mean.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from data.vocabulary import Kind

FOLDER = Path(__file__).parent / "corpus"
PARTS = ("train", "dev", "test", "unread")
VERDICTS = ("exceptional", "poor", "neither")
COLUMNS = {
    "id": "str",
    "part": "str",  # one of PARTS; a writer lies in one part
    "writer": "str",
    "sector": "str",
    "brand": "str",
    "kind": "str",  # tweet, post, comment, reply, review, sentence (of a review), headline, article
    "text": "str",
    "verdict": "str",
    "reason": "str",  # "" from here to churn where the post is no moment; teller is always there
    "teller": "str",
    "touchpoint": "str",
    "stage": "str",
    "churn": "str",
    "person": "str",
    "story": "bool",  # told in scenes, not a blunt line
    "pair": "str",  # posts of one minimal pair share this
    "tags": "str",  # of nocue, sarcasm, mixed, contrast, hard; a space between
}
_KINDS = {
    "tweet": Kind.POST,
    "sentence": Kind.REVIEW,
    "headline": Kind.ARTICLE,
}


class CorpusError(ValueError):
    """A line of the corpus that cannot be read; the message names file and line."""


def load(part: str | None = None, folder: Path = FOLDER) -> pd.DataFrame:
    """The labelled posts of a part (of all, without one), by id. Raises CorpusError."""
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in _rows(path)]
    if not rows:
        raise CorpusError(f"{folder}: no labelled posts (*.jsonl) here")
    posts = frame_of(rows)
    if part is not None:
        posts = posts[posts["part"] == part]
    return posts.sort_values("id", ignore_index=True)


def frame_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Labelled posts, one dict each, as a frame with COLUMNS."""
    tagged = [row | {"tags": " ".join(row["tags"])} for row in rows]
    return pd.DataFrame.from_records(tagged, columns=list(COLUMNS)).astype(COLUMNS)


def as_posts(corpus: pd.DataFrame) -> pd.DataFrame:
    """Labelled posts as the frame the judge reads; same rows, no label among its columns."""
    kinds = corpus["kind"].map(lambda kind: str(_KINDS.get(kind, kind)))
    return pd.DataFrame(
        {"post_id": corpus["id"], "kind": kinds.astype("str"), "title": "", "text": corpus["text"]}
    )


def digest(folder: Path = FOLDER) -> str:
    """Sixteen hex digits that change when any labelled post does."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            " ".join(row["tags"])  # raises where there are none
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(f"{path.name} line {number}: {error!r}") from error
        if missing := COLUMNS.keys() - row.keys():
            raise CorpusError(f"{path.name} line {number}: no {', '.join(sorted(missing))}")
        rows.append(row)
    return rows
