"""What makes a poor moment grave: a child, a disability, a death, discrimination, danger."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

_WORDS = Path(__file__).with_name("harm_words.toml")


def harms(posts: pd.DataFrame) -> pd.DataFrame:
    """A boolean column per kind of harm, with the posts' index: does the post tell of it?"""
    words = posts["title"] + "\n" + posts["text"]
    words = words.str.replace("\u2019", "'")
    told = {
        kind: words.str.replace(but_not, " ", regex=True).str.contains(harm, regex=True)
        for kind, (harm, but_not) in patterns().items()
    }
    return pd.DataFrame(told, index=posts.index, dtype=bool)


@cache
def patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Per kind of harm: its words, and the sayings that only hold them."""
    return {
        kind: (_pattern(listed["words"]), _pattern(listed.get("but_not", ["(nothing)"])))
        for kind, listed in _listed().items()
    }


def said(kinds: str) -> str:
    """Kinds of harm ("child, disability") in a reader's words ("a child, a disabled person")."""
    return ", ".join(_listed()[kind]["said"] for kind in kinds.split(", ") if kind)


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


def _pattern(words: list[str]) -> re.Pattern[str]:
    # "#" is any digit and a final "*" any ending; the rest is meant as it is written.
    parts = (
        re.escape(word).replace(r"\#", r"\d").replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for word in words
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
