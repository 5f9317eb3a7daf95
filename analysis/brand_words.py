"""How a brand is spelt, as expressions: its names and handles, what else they mean, and by which
words an ambiguous name is known to mean the business."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.characters import POST_END
from data.records import Brand

_LEXICON = Path(__file__).parent / "lexicon"
_COMMON = _LEXICON / "common_names.txt"
_BUSINESS = _LEXICON / "business_words.txt"
_VERBS = _LEXICON / "business_verbs.txt"
_LETTERS = re.compile(rb"[a-z]+")
# What a hashtag may add to a name typed in small letters: "#foxglovefail", not "#foxgloves".
_TAILS = "fail|fails|sucks|help|cares|service|customerservice|support|love|fan|shame|joke|uk|us"
# To an expression that ignores case these are plain letters as well.
_PLAIN = {"İ": "i", "ı": "i", "ſ": "s", "\u212a": "k"}


def small_letters(text: str) -> bytes:
    """The text in small letters, a byte a character: fast to search for plain letters."""
    for sign, letter in _PLAIN.items():
        text = text.replace(sign, letter)
    return text.encode("latin-1", "replace").lower()


@dataclass(frozen=True)
class Context:
    """Words by which an ambiguous name is known to mean the business."""

    pattern: re.Pattern[str]
    opens: frozenset[
        bytes
    ]  # the plain letters they begin with; none if one begins with other signs

    def is_in(self, text: str, small: bytes, low: int, high: int) -> bool:
        """One of them is said between these characters."""
        if not self.opens:
            return self.pattern.search(text, low, high) is not None
        runs = _LETTERS.finditer(small, low, high)
        tried = (
            self.pattern.match(text, run.start(), high) for run in runs if run[0] in self.opens
        )
        return any(tried)


@cache
def first_words(brand: Brand) -> frozenset[str]:
    """What links, exclusions and all forms of the name begin with, in small letters."""
    forms = [*names_of(brand), *excluded_of(brand)]
    spelt = (re.split(r"[\s'-]", form.strip(), maxsplit=1)[0] for form in forms)
    return frozenset(word.lower() for word in ("http", *spelt, *_tight(brand), *_handles(brand)))


@cache
def context_of(brand: Brand) -> Context:
    """The watchlist's context words and those of any business."""
    words = (*brand.context, *_lines(_BUSINESS))
    first = [re.split(r"[\s-]", word.strip(), maxsplit=1)[0].lower() for word in words]
    runs = {
        _LETTERS.match(spelt.encode("latin-1", "replace"))
        for word in first
        for spelt in (word, word.replace("'", ""))
    }
    opens = frozenset(run[0] for run in runs if run)
    return Context(_any_of(words, re.IGNORECASE), frozenset() if None in runs else opens)


@cache
def acting() -> re.Pattern[str]:
    """A verb of business after the name: "Foxglove has cancelled", "Foxglove told me"."""
    verb = _any_of(_lines(_VERBS), re.IGNORECASE).pattern
    return re.compile(rf"\s+(?:(?:has|have|had|is|are)\s+)?{verb}", re.IGNORECASE)


@cache
def finder_of(brand: Brand) -> re.Pattern[str]:
    """Finds links, exclusions and, as `hit`, all forms of the name, whichever comes first."""
    spelt = "|".join(map(_spelling, names_of(brand)))
    tight = "|".join(map(re.escape, _tight(brand)))
    handles = "|".join(map(re.escape, _handles(brand)))
    excluded = excluded_of(brand)
    skips = "".join(rf"(?<!\w){_spelling(phrase)}(?!\w)|" for phrase in excluded)
    case = "" if is_ambiguous(brand) else "i"
    name = rf"(?<![\w@#]){_flag(case)}(?:{spelt})(?!\w))(?!['’-]?\w*@)"
    tag = rf"#{_flag('i')}(?:{tight}))(?:(?-i:(?=[A-Z0-9_]))\w*|{_flag('i')}(?:{_TAILS}))|)(?!\w)"
    handle = rf"(?<!\w)(?:@|u/){_flag('i')}(?:{'|'.join(filter(None, [handles, tight]))}))(?!\w)"
    link = rf"https?://[^\s{POST_END}]+"  # ends with its post, though what ends that is no space
    return re.compile(rf"{link}|{_flag('i')}{skips}(?!))|(?P<hit>{handle}|{tag}|{name})")


def names_of(brand: Brand) -> list[str]:
    """Its name and other names, the longest first, as an expression takes what fits first."""
    return sorted({brand.name, *brand.aliases}, key=len, reverse=True)


def _tight(brand: Brand) -> list[str]:
    return [re.sub(r"\W", "", name) for name in names_of(brand)]


def _handles(brand: Brand) -> list[str]:
    return [handle.removeprefix("u/").lstrip("@") for handle in brand.handles]


def excluded_of(brand: Brand) -> list[str]:
    """Phrases in which a name means something else."""
    common = (phrase for name in names_of(brand) for phrase in _common().get(name.lower(), ()))
    return [*brand.exclusions, *common]


def _flag(flags: str) -> str:
    return f"(?{flags}:" if flags else "(?:"


def _spelling(name: str) -> str:
    """A name as people type it: any white space or hyphen between words, either apostrophe."""
    parts = re.split(r"[\s-]+", name.strip())
    return r"[\s-]+".join(re.escape(part).replace("'", "['’]?") for part in parts)


def _any_of(words: tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelling, words))})(?!\w)", flags)


def is_ambiguous(brand: Brand) -> bool:
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


def _lines(path: Path) -> tuple[str, ...]:
    lines = path.read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
