"""The brand's own answer to each post: found, timed from the post, and judged.

own accounts and press rooms, and what papers quote of them -> tone -> the posts they answer
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis.reply_tone import FOLDER, tone
from analysis.text import compose
from data.records import Brand
from data.vocabulary import Kind, Reply, Teller

_RANK = {Reply.NONE: 0, Reply.ROBOTIC: 1, Reply.OWNED: 2}
_BY_RANK = np.array([reply.value for reply in _RANK], object)
_HOUR = 3.6e9  # microseconds
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
_SILENT = re.compile(
    r"declin\w+ to|would (?:issue|make|give) a statement|did not (?:answer|respond|reply)"
    r"|has not (?:answered|responded)|no comment"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the brand said in public, once."""

    row: int
    text: str
    everywhere: bool  # a statement: it answers the story wherever it is told, not one thread


def with_replies(window: pd.DataFrame, brand: Brand) -> pd.DataFrame:
    """The window, which has its stories, with how each post was answered; same rows, same order.

    reply: the best of the answers to a post (owned before robotic; "none"). reply_hours: hours
    from the post to the first of them, NaN where there is none. owned_at: the first that owned
    it, robotic_at: the last in form words, NaT where there is none. An answer by one of the
    brand's handles counts for the posts of the same story before it in its thread, and for the
    one it answers directly; a post, article or quoted spokesman that stands alone, for the whole
    story. What was taken back answers nothing.
    """
    rank = np.zeros(len(window), np.int64)
    hours = np.full(len(window), np.nan)
    owned, robotic = (np.full(len(window), np.datetime64("NaT", "us")) for _ in range(2))
    at = window["dated_at"].astype("int64").to_numpy()
    own = own_posts(window, brand)
    post = window["post_id"].to_numpy(object)
    parent = window["parent_id"].fillna("").to_numpy(object)
    thread = window["thread_id"].fillna(window["post_id"]).to_numpy(object)
    story = window["story"].to_numpy(object)
    rows_of = window.groupby("story").indices
    row_of = {name: row for row, name in enumerate(post)}
    for answer in sorted(answers(window, own), key=lambda each: (at[each.row], post[each.row])):
        row = answer.row
        rows = rows_of[story[row]] if story[row] else np.zeros(0, np.int64)
        rows = rows if answer.everywhere else rows[thread[rows] == thread[row]]
        if parent[row] in row_of:
            rows = np.union1d(rows, [row_of[parent[row]]])
        rows = rows[(at[rows] < at[row]) & ~own[rows]]
        fresh = rows[np.isnan(hours[rows])]
        hours[fresh] = (at[row] - at[fresh]) / _HOUR
        said = tone(answer.text).reply
        rank[rows] = np.maximum(rank[rows], _RANK[said])
        when = np.datetime64(int(at[row]), "us")
        if said == Reply.OWNED:
            owned[rows[np.isnat(owned[rows])]] = when
        else:
            robotic[rows] = when
    return window.assign(
        reply=pd.Series(_BY_RANK[rank], window.index, dtype="str"),
        reply_hours=hours,
        owned_at=pd.Series(owned, window.index).dt.tz_localize("UTC"),
        robotic_at=pd.Series(robotic, window.index).dt.tz_localize("UTC"),
    )


def own_posts(window: pd.DataFrame, brand: Brand) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Per row: written by one of the brand's handles, or by its press room."""
    handles = {_account(handle) for handle in brand.handles} - {""}
    by_handle = window["author"].map(_account).isin(handles)
    released = window["teller"].eq(Teller.COMPANY) & window["kind"].eq(Kind.ARTICLE)
    return (by_handle | released).to_numpy(bool)


def _account(name: str) -> str:
    """An account's name without the marks that platforms put before it."""
    return re.sub(r"^(?:/?u/|@)", "", name.strip().lower())


def answers(
    window: pd.DataFrame, own: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> Iterator[Answer]:
    """What the brand said in these rows, itself or as papers quote it."""
    texts = compose(list(window["title"]), list(window["text"]))
    comment = (
        window["parent_id"].notna().to_numpy()
        | window["kind"].isin([Kind.COMMENT, Kind.REPLY]).to_numpy()
    )
    press = window["kind"].eq(Kind.ARTICLE).to_numpy() & ~own
    told = window["story"].ne("").to_numpy()
    there = ~window["deleted"].to_numpy(bool)
    for row in np.flatnonzero(own & there):
        yield Answer(int(row), texts[row], not comment[row])
    for row in np.flatnonzero(press & told & there):
        if quoted := _spoken_for(texts[row]):
            yield Answer(int(row), quoted, True)


def _spoken_for(text: str) -> str:
    """The sentences in which a paper passes on what the company said."""
    sentences = _SENTENCE.split(text.partition("\n")[2] or text)
    said = [
        each for each in sentences if _spokesman().search(each.lower()) and not _SILENT.search(each)
    ]
    return " ".join(said)


@cache
def _spokesman() -> re.Pattern[str]:
    lines = (FOLDER / "spoken_for.txt").read_text("utf-8").splitlines()
    phrases = "|".join(line for line in lines if line and not line.startswith("#"))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")
