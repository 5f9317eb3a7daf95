"""What each character of a text is to a reader: a letter, a stop, the end of a post."""

from collections.abc import Callable

import numpy as np

from analysis.arrays import Bytes, Points
from analysis.pieces import (
    APOSTROPHE,
    CLAUSE,
    COMMA,
    DIGIT,
    LETTER,
    NEWLINE,
    POST,
    QUOTE,
    SIGN,
    SILENT,
    SPACE,
    STOP,
    TAG,
)  # fmt: skip

POST_END = "\x00"  # cleaning removes control characters, so no text holds one
_POINTS = 0x110000  # how many there are
_LATIN_1 = 0xFF
_ARROWS = 0x2190  # arrows and emoji upwards speak too
_MARKS = {
    POST_END: POST,
    "\n": NEWLINE,
    ",": COMMA,
    **dict.fromkeys("'’", APOSTROPHE),
    **dict.fromkeys('"“”', QUOTE),
    **dict.fromkeys(".!?…", STOP),
    **dict.fromkeys(";:–—()[]|•·", CLAUSE),
    **dict.fromkeys("@#", TAG),
}


def _kind(sign: str) -> int:
    if sign in _MARKS:
        return _MARKS[sign]
    if sign.isspace():
        return SPACE
    if sign.isalnum():
        return DIGIT if sign.isdecimal() else LETTER
    return SIGN if ord(sign) > _ARROWS else SILENT


def characters(text: str) -> Points:
    """The characters of a text as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


class ByCharacter:
    """What a function says of each character, by its number; each is asked for once."""

    def __init__(self, says: Callable[[str], int]) -> None:
        """What it says is 1 or more."""
        self._says = says
        self._told = np.zeros(_POINTS, np.uint8)
        self._told[: _LATIN_1 + 1] = [says(chr(point)) for point in range(_LATIN_1 + 1)]

    def told(self, points: Points) -> Bytes:
        """What it says of each character there is; 0 for some that are not among these."""
        foreign = points[np.flatnonzero(points > _LATIN_1)]
        new = np.unique(foreign[self._told[foreign] == 0])
        self._told[new] = [self._says(chr(point)) for point in new.tolist()]
        return self._told


KINDS = ByCharacter(_kind)
