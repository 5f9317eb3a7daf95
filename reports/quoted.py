"""Strangers' words made fit for a message: one short line that shows and does nothing.

Whatever stands in a post, no receiver is pinged, no link is offered that is not ours, no line,
header or direction of writing is broken, and no chat's markup is obeyed.
"""

import re
import unicodedata
from collections.abc import Iterator

# Controls, formats (bidi marks, zero width), surrogates, private and unassigned, line breaks.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_MARKS = 3  # on one letter; no alphabet needs more, and towers of them hide the lines around
_ADDRESS = re.compile(
    r"(?i)(?:\b[a-z][a-z0-9+.-]*)?://\S*|\b(?:www\.|mailto:|javascript:|data:)\S*"
)
_DOMAIN = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")  # evil.example, which chats would make a link
_JOINED = ".\u2060"
_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # a_name_of_words is no emphasis, _this_ is
# Look-alikes that no chat reads as markup: pings, tags, links, emphasis, code, tables, channels.
_LOOK_ALIKES = str.maketrans(
    {
        "@": "＠", "<": "‹", ">": "›", "[": "［", "]": "］", "`": "ˋ", "*": "∗", "~": "∼",
        "|": "¦", "\\": "＼", "#": "＃", "{": "｛", "}": "｝",
    }
)  # fmt: skip


def quoted(words: str, most: int = 240) -> str:
    """One line of at most `most` characters without controls, links or tricks of direction."""
    line = " ".join("".join(_seen(words[: most * 8])).split())
    return _isolated(_DOMAIN.sub(_JOINED, cut(_ADDRESS.sub("(link)", line), most)))


def cut(line: str, most: int) -> str:
    """The line, ended at a word and with an ellipsis where it is longer than `most`."""
    if len(line) <= most:
        return line
    short = line[: most - 1]
    at_word = short.rsplit(" ", 1)[0]
    return (at_word if len(at_word) > most // 2 else short).rstrip(" ,;:.-") + "…"


def inert(line: str) -> str:
    """The line with every sign that a chat takes for markup replaced by one that looks like it."""
    return _EMPHASIS.sub("＿", line.translate(_LOOK_ALIKES))


def _seen(words: str) -> Iterator[str]:
    marks = 0
    for letter in words:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MARKS:
            yield " " if category in _UNSEEN else letter


def _isolated(line: str) -> str:
    """Words written from right to left do not turn round what stands beside them."""
    if any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in line):
        return f"\u2068{line}\u2069"
    return line
