"""What a customer says after a complaint: that it was put right, or that it is no better.

Short words such as "all sorted, thanks" tell no moment, so no verdict speaks of them. They count
only of one who complained in the same story, and what speaks for worse comes first: to close a
story that is open is worse than to leave one open that is closed.
"""

import re
from functools import cache

from analysis.reply_tone import FOLDER

_NOT_YET = re.compile(r"(?<!\w)(?:if|would|will|could|should|until|unless|want|please)(?!\w)|\?")


def says_settled(text: str) -> bool:
    """It was put right; not that it would be."""
    said = _said("settled", text) and not _said("worse", text)
    return said and _NOT_YET.search(text.lower()) is None


def says_worse(text: str) -> bool:
    """It is no better, or worse."""
    return _said("worse", text)


def _said(name: str, text: str) -> bool:
    plain = " ".join(text.lower().replace("’", "'").split())
    return _phrases(name).search(plain) is not None


@cache
def _phrases(name: str) -> re.Pattern[str]:
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    body = "|".join(line for line in lines if line and not line.startswith("#"))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")
