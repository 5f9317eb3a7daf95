"""Cleaning: what a platform left in a text that nobody wrote.

The words stay as they were typed; only mark-up, invisible and control characters go.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from analysis.arrays import Bytes, Flags, Ints, Points
from analysis.characters import ByCharacter, characters
from analysis.compiled import compiled

_BATCH = 500  # texts looked at together, so few that they stay in the processor's cache
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
    whole = list(texts)
    for place in [place for place, title in enumerate(titles) if title]:
        if not whole[place].startswith(titles[place]):
            whole[place] = f"{titles[place]}\n{whole[place]}"
    for begin in range(0, len(whole), _BATCH):
        for place in _odd(whole[begin : begin + _BATCH]):
            whole[begin + place] = clean(whole[begin + place])
    return whole


def _odd(texts: list[str]) -> list[int]:
    """The places of texts that cleaning may change; most are as they should be."""
    points = characters("".join(texts))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    odd = _holding(points, _ODD.told(points), np.cumsum(sizes)) | (sizes > LIMIT)
    return np.flatnonzero(odd).tolist()


def _oddity(sign: str) -> int:
    written = sign == "\n" or (sign.isprintable() and sign not in "<&")
    return _PLAIN if written and not _DISGUISED.match(sign) else _STRANGE


_PLAIN, _STRANGE = 1, 2
_ODD = ByCharacter(_oddity)


@compiled
def _holding(points: Points, told: Bytes, ends: Ints) -> Flags:
    """Per text, given where each ends: it holds a strange character."""
    flags, at = np.zeros(len(ends), np.bool_), 0
    for text in range(len(ends)):
        while at < ends[text]:
            flags[text] |= told[points[at]] == _STRANGE
            at += 1
    return flags
