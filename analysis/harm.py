"""What makes a poor moment grave: a child, a disability, a death, discrimination, danger."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_WORDS = Path(__file__).with_name("harm_words.toml")


def harms(posts: pd.DataFrame) -> pd.DataFrame:
    """A boolean column per kind of harm, with the posts' index: does the post tell of it?"""
    words = pa.array((posts["title"] + "\n" + posts["text"]).str.replace("\u2019", "'"))
    told = {}
    for kind, (harm, but_not) in patterns().items():
        meant = pc.replace_substring_regex(words, but_not, " ") if but_not else words
        told[kind] = np.asarray(pc.match_substring_regex(meant, harm))
    return pd.DataFrame(told, index=posts.index, dtype=bool)


@cache
def patterns() -> dict[str, tuple[str, str]]:
    """Per kind of harm: a pattern of its words, and one of the sayings that only hold them."""
    return {
        kind: (_pattern(listed["words"]), _pattern(listed.get("but_not", [])))
        for kind, listed in _listed().items()
    }


def said(kinds: str) -> str:
    """Kinds of harm ("child, disability") in a reader's words ("a child, a disabled person")."""
    return ", ".join(_listed()[kind]["said"] for kind in kinds.split(", ") if kind)


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


def _pattern(words: list[str]) -> str:
    """One pattern for all words, in RE2's syntax: Arrow searches far faster than Python."""
    # "#" is any digit and a final "*" any ending; the rest is meant as it is written.
    parts = (
        re.escape(word).replace(r"\#", r"\d").replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for word in words
    )
    return rf"(?i)\b(?:{'|'.join(parts)})\b" if words else ""
