# being written by the replies helper
"""Whether and how the brand answered in public.

    window -> the brand's answers -> what each answers: a post, a thread, a story -> the best tone
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.text import compose
from data.records import Brand
from data.vocabulary import Kind, Reply, Teller

_WORDS = Path(__file__).with_name("reply_words.toml")
_BETWEEN = r"(?:[\w']+,?\s+){0,4}"  # what "..." stands for


class Sound(NamedTuple):
    """A kind of words, and what it adds to an answer's sum."""

    kind: str
    weight: float
    at_most: int
    pattern: str


def with_replies(window: pd.DataFrame, brand: Brand) -> pd.DataFrame:
    """The window (schema JUDGED, with `story`) with reply and reply_hours added.

    A post is answered by what the brand's handles (whatever the marks and case they are written
    with) say to it, or later in its thread, and by a later statement in its story: an article
    told by the company, or a post of its own that opens a thread. reply (none, robotic, owned):
    the best tone so far. reply_hours: from the post to the first answer, NaN without one. The
    brand's own words have no answer. Same rows, same order.
    """
    own = window["author"].fillna("").map(_account).isin([_account(name) for name in brand.handles])
    article = window["kind"].eq(Kind.ARTICLE)
    spoken = own | (article & window["teller"].eq(Teller.COMPANY))
    answers = window[spoken & ~window["deleted"]]
    answers = answers.assign(owned=owned(compose(list(answers["title"]), list(answers["text"]))))
    best, hours = _answered(window[~spoken], answers)
    tone = best.map({0: Reply.ROBOTIC.value, 1: Reply.OWNED.value})
    return window.assign(
        reply=tone.reindex(window.index).fillna(Reply.NONE.value).astype("str"),
        reply_hours=hours.reindex(window.index).astype("float64"),
    )


def _answered(posts: pd.DataFrame, answers: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """By index of `posts`: whether an answer was owned (1 or 0), and hours to the first."""
    opens = answers["parent_id"].isna() & (
        answers["thread_id"].isna() | answers["thread_id"].eq(answers["post_id"])
    )
    thread = posts["thread_id"].fillna(posts["post_id"])
    met = pd.concat(
        [
            _met(posts["post_id"], posts, answers["parent_id"], answers).assign(direct=True),
            _met(thread, posts, answers["thread_id"], answers).assign(direct=False),
            _met(posts["story"], posts, answers["story"][opens], answers).assign(direct=False),
        ]
    )
    # A direct answer comes after its post, whatever the clocks of the platform say.
    by = met[met["direct"] | (met["hours"] >= 0)].groupby("row")
    return by["owned"].max().astype("int64"), by["hours"].min().clip(lower=0.0)


def _met(
    asked: pd.Series, posts: pd.DataFrame, given: pd.Series, answers: pd.DataFrame
) -> pd.DataFrame:
    """Each post with each answer of the same key: row, owned, hours."""
    left = pd.DataFrame({"key": asked, "row": posts.index, "asked": posts["dated_at"]})
    right = pd.DataFrame(
        {"key": given, "owned": answers["owned"][given.index], "at": answers["dated_at"][given.index]}
    )
    right = right[right["key"].notna() & right["key"].ne("")]
    pairs = left.merge(right, on="key")
    hours = (pairs["at"] - pairs["asked"]).dt.total_seconds() / 3600
    return pairs[["row", "owned"]].assign(hours=hours)


def owned(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether each answer is owned; the others are robotic. Cleaned texts, in English."""
    start, kinds = sounds()
    counted = counts(texts)
    weights = np.array([sound.weight for sound in kinds])
    return np.asarray(start + counted @ weights > 0, np.bool_)


def counts(texts: Sequence[str]) -> NDArray[np.int64]:
    """How often each answer has each kind of words, up to its most: answers x kinds."""
    words = pa.array([text.replace("\u2019", "'").strip() for text in texts], pa.string())
    found = [
        np.minimum(np.asarray(pc.count_substring_regex(words, sound.pattern)), sound.at_most)
        for sound in sounds()[1]
    ]
    return np.stack(found, axis=1).astype(np.int64)


@cache
def sounds() -> tuple[float, tuple[Sound, ...]]:
    """Where an answer starts, and the kinds of words that are weighed."""
    listed: dict[str, Any] = tomllib.loads(_WORDS.read_text("utf-8"))
    stand_for = {name: "|".join(words) for name, words in listed.pop("stand_for").items()}
    start = float(listed.pop("start"))
    return start, tuple(
        Sound(kind, float(of["weight"]), int(of["at_most"]), _pattern(of, stand_for))
        for kind, of in listed.items()
    )


def _pattern(listed: dict[str, Any], stand_for: dict[str, str]) -> str:
    """One pattern for all words of a kind, in RE2's syntax: Arrow counts far faster than Python."""
    parts = []
    for word in listed["words"]:
        part = re.escape(word).replace(r"\ \.\.\.\ ", rf"\s+{_BETWEEN}")
        part = part.replace(r"\#", r"\d").replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for name, either in stand_for.items():
            part = part.replace(f"<{name}>", f"(?:{either})")
        parts.append(part)
    return "|".join([rf"(?i)\b(?:{'|'.join(parts)})\b", *listed.get("patterns", [])])


def _account(name: str) -> str:
    """An account's name without the marks that platforms put before it."""
    return name.strip().casefold().removeprefix("/").removeprefix("u/").lstrip("@")
