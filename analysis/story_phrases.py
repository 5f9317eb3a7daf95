"""Phrases that tell what a post or comment is, read from `story_lexicon/*.txt`."""

import re
from functools import cache

from analysis.story_words import FOLDER


@cache
def phrases(name: str) -> dict[str, re.Pattern[str]]:
    """The sections of a file, each as one pattern over plain text in small letters."""
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    sections = re.split(r"^\[(\w+)\].*$", text, flags=re.MULTILINE)
    return {
        section: re.compile(rf"(?<!\w)(?:{'|'.join(body.split(chr(10)))})(?!\w)")
        for section, body in zip(sections[1::2], map(str.strip, sections[2::2]), strict=True)
    }


def says(name: str, section: str, text: str) -> bool:
    """The text has a phrase of this section of the file."""
    return phrases(name)[section].search(text.lower().replace("’", "'")) is not None
