"""The tables of the corpus's datasheet, made from the corpus."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from evaluation.corpus import FOLDER, PARTS, VERDICTS
from evaluation.markdown import share, table

DATASHEET = FOLDER / "DATASHEET.md"
_BEGIN = "<!-- composition: made by `make corpus-check WRITE=1` -->"
_END = "<!-- end of composition -->"
_LONG = 80  # words
_FIGURES = ("posts", *VERDICTS, "stories", "in pairs", "median words", f"over {_LONG} words")
_ACROSS = ("sector", "kind", "teller", "reason", "touchpoint", "stage", "churn")


def current(posts: pd.DataFrame, datasheet: Path = DATASHEET) -> bool:
    """Whether the datasheet tells of these posts."""
    return tables(posts) in datasheet.read_text("utf-8")


def write(posts: pd.DataFrame, datasheet: Path = DATASHEET) -> None:
    """Renew the tables; the words around them stay."""
    before, _, rest = datasheet.read_text("utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    datasheet.write_text(f"{before}{_BEGIN}\n\n{tables(posts)}\n\n{_END}{after}", "utf-8")


def tables(posts: pd.DataFrame) -> str:
    """All tables as Markdown."""
    across = [_across(posts, name) for name in _ACROSS]
    return "\n\n".join([_parts(posts), _writers(posts), *across])


def _parts(posts: pd.DataFrame) -> str:
    groups = [(part, posts[posts["part"] == part]) for part in PARTS] + [("all", posts)]
    return table(["part", *_FIGURES], ([name, *_figures(group)] for name, group in groups))


def _writers(posts: pd.DataFrame) -> str:
    groups = posts.groupby("writer")
    rows = ([str(name), group["part"].iloc[0], *_figures(group)] for name, group in groups)
    return table(["writer", "part", *_FIGURES], rows)


def _figures(posts: pd.DataFrame) -> Iterator[str]:
    words = posts["text"].map(lambda text: len(text.split()))
    yield f"{len(posts):,}"
    for verdict in VERDICTS:
        yield _share_of(posts["verdict"] == verdict)
    yield _share_of(posts["story"])
    yield _share_of(posts["pair"] != "")
    yield f"{words.median():.0f}"
    yield _share_of(words > _LONG)


def _across(posts: pd.DataFrame, column: str) -> str:
    told = posts[posts[column] != ""]
    counts = pd.crosstab(told[column], told["part"]).reindex(columns=list(PARTS), fill_value=0)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    rows = ([str(name), *(f"{int(counts.loc[name, part]):,}" for part in PARTS)] for name in order)
    return table([column, *PARTS], rows)


def _share_of(flags: "pd.Series[bool]") -> str:
    return share(float(flags.mean())) if len(flags) else ""
