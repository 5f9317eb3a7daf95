"""Where a text speaks of the brand, and where its name means something else.

All forms of the name are one regular expression; links and the exclusions are alternatives that
come first and so swallow the name within them. It is tried only where one of them can begin.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from analysis.arrays import Flags, Ints
from analysis.characters import POST_END
from analysis.tokens import Tokens
from data.records import Brand

_LEXICON = Path(__file__).parent / "lexicon"
_COMMON = _LEXICON / "common_names.txt"
_BUSINESS = _LEXICON / "business_words.txt"
# "at Foxglove" and "Foxglove's" are said of a business or a person, not of a plant; the same in
# languages that are not judged, since the context words are English.
_PLACED = re.compile(
    r"\b(?:at|by|from|in|inside|into|to|via|with|against|thanks?|thank you|bei|chez|en|hos|da|na)"
    r"\s+\Z",
    re.IGNORECASE,
)
_OWNING = re.compile(r"['’]s\b")
# To an expression that ignores case these are plain letters as well.
_PLAIN = {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"}
# What a hashtag may add to a name typed in small letters: "#foxglovefail", not "#foxgloves".
_TAILS = "fail|fails|sucks|help|cares|service|customerservice|support|love|fan|shame|joke|uk|us"


@dataclass(frozen=True)
class Mentions:
    """Where the brand is spoken of. Empty `spans` with `everywhere` when no brand is asked for."""

    posts: Flags  # per post: it speaks of the brand
    words: Flags  # per word: part of a name or handle of the brand


def everywhere(tokens: Tokens) -> Mentions:
    """Mentions for when the texts are taken to be about the business."""
    return Mentions(np.ones(tokens.posts, bool), np.zeros(len(tokens), bool))


def find(tokens: Tokens, brand: Brand) -> Mentions:
    """Where these texts speak of the brand."""
    posts = np.zeros(tokens.posts, bool)
    words = np.zeros(len(tokens), bool)
    spans = _spans(tokens.text, brand)
    if len(spans):
        posts[np.searchsorted(tokens.post_begin, spans[:, 0], "right") - 1] = True
        at = np.searchsorted(spans[:, 0], tokens.begin, "right") - 1
        words = (at >= 0) & (tokens.begin < spans[np.maximum(at, 0), 1])
    return Mentions(posts, words)


def _spans(text: str, brand: Brand) -> Ints:
    """Characters of every mention, one row each."""
    found = list(_hits(text, brand))
    if _is_ambiguous(brand) and brand.context:
        context = _context(brand)
        found = [span for span in found if _is_business(context, text, *span)]
    return np.array(found, np.int64).reshape(-1, 2)


def _hits(text: str, brand: Brand) -> Iterator[tuple[int, int]]:
    """What the expression finds, from left to right."""
    finder, done = _finder(brand), 0
    for begin in _begins(text, brand):
        if begin >= done and (match := finder.match(text, begin)):
            done = match.end()
            if match["hit"]:
                yield match.span("hit")


def _begins(text: str, brand: Brand) -> Iterable[int]:
    """Where an alternative can begin: anywhere unless all begin with plain letters."""
    words = _first_words(brand)
    if not all(word and word.isascii() for word in words):
        return range(len(text))
    for sign, letter in _PLAIN.items():
        text = text.replace(sign, letter)
    small = text.encode("latin-1", "replace").lower()  # a byte a character, and fast to search
    found = [
        match.start() for word in words for match in re.finditer(re.escape(word.encode()), small)
    ]
    for at in [*found]:
        if small[at - 1 : at] in (b"@", b"#"):
            found.append(at - 1)
        elif small[at - 2 : at] == b"u/":
            found.append(at - 2)
    return sorted(found)


@cache
def _first_words(brand: Brand) -> frozenset[str]:
    """What links, exclusions and all forms of the name begin with, in small letters."""
    forms = [*_names(brand), *_excluded(brand)]
    spelt = (re.split(r"[\s'-]", form.strip(), maxsplit=1)[0] for form in forms)
    return frozenset(word.lower() for word in ("http", *spelt, *_tight(brand), *_handles(brand)))


def _is_business(context: re.Pattern[str], text: str, begin: int, end: int) -> bool:
    """An ambiguous name means the business: by how it is said, or by a word of the same post."""
    if text[begin] in "@#" or " " in text[begin:end] or _OWNING.match(text, end):
        return True
    low = text.rfind(POST_END, 0, begin) + 1
    if _PLACED.search(text, max(low, begin - 12), begin):
        return True
    high = text.find(POST_END, end)
    return context.search(text, low, high if high >= 0 else len(text)) is not None


@cache
def _context(brand: Brand) -> re.Pattern[str]:
    """The watchlist's context words and those of any business."""
    lines = _BUSINESS.read_text("utf-8").splitlines()
    words = tuple(line for line in lines if line and not line.startswith("#"))
    return _any_of((*brand.context, *words), re.IGNORECASE)


@cache
def _finder(brand: Brand) -> re.Pattern[str]:
    spelt = "|".join(map(_spelling, _names(brand)))
    tight = "|".join(map(re.escape, _tight(brand)))
    handles = "|".join(map(re.escape, _handles(brand)))
    excluded = _excluded(brand)
    skips = "".join(rf"(?<!\w){_spelling(phrase)}(?!\w)|" for phrase in excluded)
    case = "" if _is_ambiguous(brand) else "i"
    name = rf"(?<![\w@#]){_flag(case)}(?:{spelt})(?!\w))(?!['’-]?\w*@)"
    tag = rf"#{_flag('i')}(?:{tight}))(?:(?-i:(?=[A-Z0-9_]))\w*|{_flag('i')}(?:{_TAILS}))|)(?!\w)"
    handle = rf"(?<!\w)(?:@|u/){_flag('i')}(?:{'|'.join(filter(None, [handles, tight]))}))(?!\w)"
    return re.compile(rf"https?://\S+|{_flag('i')}{skips}(?!))|(?P<hit>{handle}|{tag}|{name})")


def _names(brand: Brand) -> list[str]:
    """The longest first, as an expression takes what fits first."""
    return sorted({brand.name, *brand.aliases}, key=len, reverse=True)


def _tight(brand: Brand) -> list[str]:
    return [re.sub(r"\W", "", name) for name in _names(brand)]


def _handles(brand: Brand) -> list[str]:
    return [handle.removeprefix("u/").lstrip("@") for handle in brand.handles]


def _excluded(brand: Brand) -> list[str]:
    common = (phrase for name in _names(brand) for phrase in _common().get(name.lower(), ()))
    return [*brand.exclusions, *common]


def _flag(flags: str) -> str:
    return f"(?{flags}:" if flags else "(?:"


def _spelling(name: str) -> str:
    """A name as people type it: any white space or hyphen between words, either apostrophe."""
    parts = re.split(r"[\s-]+", name.strip())
    return r"[\s-]+".join(re.escape(part).replace("'", "['’]?") for part in parts)


def _any_of(words: tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelling, words))})(?!\w)", flags)


def _is_ambiguous(brand: Brand) -> bool:
    """The name is a common word: then it must be spelt as the brand spells it."""
    return brand.ambiguous or brand.name.lower() in _common()


@cache
def _common() -> dict[str, tuple[str, ...]]:
    """Names that are common words, each with phrases in which it is one."""
    lines = _COMMON.read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("# "))
    return {
        name.strip(): tuple(phrase.strip() for phrase in phrases.split(",") if phrase.strip())
        for name, _, phrases in pairs
    }
