"""Corrections as labelled posts: `moments corrections`, and what `moments refit` learns from."""

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.text import compose
from data.ledger import Ledger
from data.vocabulary import Verdict
from flows.watchlist import Watchlist, load
from reports.pseudonyms import pseudonyms
from reports.replace import replace

_OF_A_MOMENT = ("reason", "touchpoint", "stage", "churn", "person")


def export_labels(path: Path, brand: str | None, output: Path | None) -> None:
    """Write the corrected posts as JSON lines in the form of the corpus, or print them.

    Raises OSError where the output cannot be written.
    """
    rows = labelled(load(path), brand)
    lines = "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows)
    content = lines.encode("utf-8", "replace")
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        replace(output, content)


def labelled(
    watchlist: Watchlist, brand: str | None, language: str | None = None
) -> list[dict[str, Any]]:
    """The posts on which an analyst gave a verdict, as the corpus has them; words as published.

    Authors are pseudonyms; what else is told of a moment is ours, given the analyst's verdict.
    """
    brands = [watchlist.brand(brand)] if brand else list(watchlist.brands)
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        key = ledger.pseudonym_key()
        found = [(one.name, ledger.corrected(one.name)) for one in brands]
    rows = []
    for name, posts in found:
        said = posts[~posts["deleted"] & posts["verdict"].eq(posts["analyst_verdict"])]
        said = said[said["language"].eq(language)] if language else said
        texts = compose(said["title"].tolist(), said["text"].tolist())
        writers = pseudonyms(said["source"], said["author"], key)
        rows += _rows(name, said, texts, writers.tolist())
    return rows


def _rows(
    brand: str, said: pd.DataFrame, texts: Sequence[str], writers: Sequence[str]
) -> list[dict[str, Any]]:
    return [
        {
            "id": post["post_id"], "part": "train", "writer": writer, "sector": "", "brand": brand,
            "kind": post["kind"], "text": text, "verdict": post["verdict"],
            "teller": post["teller"], "story": False, "pair": "", "tags": [],
            **{name: post[name] if post["verdict"] != Verdict.NEITHER else ""
               for name in _OF_A_MOMENT},
        }
        for post, text, writer in zip(said.to_dict("records"), texts, writers, strict=True)
    ]  # fmt: skip
