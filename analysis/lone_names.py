"""Names of one plain word, and by which signs around it one is known to stand alone."""

import re
import string
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import cache

import numpy as np

from analysis.arrays import Flags
from analysis.brand_words import excluded_of, names_of, small_letters
from data.records import Brand

_NOT_NAMES = ("http://", "https://", "u/")  # how links and handles begin
_PLAIN_SIGNS = (string.ascii_lowercase + string.digits).encode()
_SPACES = bytes(sign for sign in range(128) if chr(sign).isspace())
# Signs that are no part of a name, handle or tag; "?" may stand for a letter that is not Latin.
_APART = bytes(sign for sign in range(128) if not chr(sign).isalnum() and chr(sign) not in "_@#?")


@dataclass(frozen=True)
class LoneName:
    """A name of one plain word, and the signs around it by which nothing else is meant.

    Flags are one per byte of `small_letters`.
    """

    spelt: tuple[str, ...]  # as the brand spells it
    opens: Flags  # before it
    closes: Flags  # after it
    follows: Flags  # after it and a space


@cache
def lone_names(brand: Brand) -> dict[str, LoneName]:
    """The names of one plain word, in small letters."""
    spelt: dict[str, list[str]] = {}
    for name in names_of(brand):
        if name.isascii() and name.isalnum():
            spelt.setdefault(name.lower(), []).append(name)
    excluded = {*map(_gapped, excluded_of(brand))}
    others = excluded.union(map(_gapped, (*names_of(brand), *_NOT_NAMES)))
    return {
        word: _lone(tuple(names), word.encode(), others)
        for word, names in spelt.items()
        if word.encode() not in excluded
    }


def _lone(spelt: tuple[str, ...], word: bytes, forms: Set[bytes]) -> LoneName:
    rests = {form[len(word) :] for form in forms if form.startswith(word) and form != word}
    goes_on = {rest[0] for rest in rests}
    spaced = ord(" ") in goes_on
    behind = {sign for rest in rests if rest[0] == ord(" ") for sign in rest[1:2]}
    closes = set(_APART).difference(b"'-", goes_on, _SPACES if spaced else b"")
    return LoneName(spelt, _flags(_APART), _flags(closes), _flags(set(_PLAIN_SIGNS) - behind))


def _gapped(form: str) -> bytes:
    """A form in small letters, one space between its words and without apostrophes."""
    return small_letters(" ".join(re.split(r"[\s-]+", form.strip())).replace("'", ""))


def _flags(signs: Iterable[int]) -> Flags:
    flags = np.zeros(256, bool)
    flags[[*signs]] = True
    return flags
