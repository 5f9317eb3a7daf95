"""Cleaning: what a platform left in a text that nobody wrote.

The words stay as they were typed; only mark-up, invisible and control characters go.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

LIMIT = 20_000  # characters judged of one post; the longest reviews measured have 6,000

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.*?-->", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# Letters in disguise: full width, and the mathematical alphabets people style their posts with.
_DISGUISED = re.compile("[\uff01-\uff5e\U0001d400-\U0001d7ff\u3000]")


def clean(text: str) -> str:
    """A text without mark-up, invisible and control characters, at most LIMIT long."""
    text = text[:LIMIT]
    if "<" in text or "&" in text:
        text = _TAG.sub(" ", html.unescape(text))
    if not text.replace("\n", "").isprintable():
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    if text.isascii() or not _DISGUISED.search(text):
        return text
    return unicodedata.normalize("NFKC", text)


def compose(titles: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Title and text of each post as one cleaned text; a title the text repeats is said once."""
    return [
        clean(text if not title or text.startswith(title) else f"{title}\n{text}")
        for title, text in zip(titles, texts, strict=True)
    ]
