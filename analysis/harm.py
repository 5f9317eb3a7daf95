"""What makes a poor moment grave: a child, a disability, a death, discrimination, danger."""

import re
import tomllib
from functools import cache
from pathlib import Path

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
    """Per kind of harm in harm_words.toml: its words, and the sayings that only hold them."""
    kinds = tomllib.loads(_WORDS.read_text("utf-8"))
    return {
        kind: (_pattern(listed["words"]), _pattern(listed.get("but_not", ["(nothing)"])))
        for kind, listed in kinds.items()
    }


def _pattern(words: list[str]) -> re.Pattern[str]:
    # "#" is any digit and a final "*" any ending; the rest is meant as it is written.
    parts = (
        re.escape(word).replace(r"\#", r"\d").replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
        for word in words
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
