"""Words as the page shows them: strangers' texts made harmless, ours made readable."""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pandas as pd

from reports.links import link
from reports.locales import day_of_week

# Controls, marks of direction and other signs that are not seen. The joiners U+200C and U+200D
# stay: Persian words and families of emoji are spelt with them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")  # half an emoji cannot be written at all
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_TOWER = re.compile(f"({_MARKS}{{3}}){_MARKS}+")  # more than three on a letter hide other lines
_EVIDENCE = re.compile(r'"([^"]{2,})"')


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a quote; `marked` where it is evidence."""

    words: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A safe address and the host that a reader is shown before going there."""

    url: str
    host: str


def clean(words: str) -> str:
    """One line that shows what was written and turns round nothing that stands beside it."""
    seen = _UNFIT.sub("\ufffd", _UNSEEN.sub(" ", words))
    return " ".join(_TOWER.sub(r"\1", seen).split())


def said(value: str) -> str:
    """A value of the vocabulary as a person says it: after sales."""
    return value.replace("_", " ")


def marked(quote: str, evidence: str) -> list[Part]:
    """The quote in pieces, those marked which the evidence names in quotation marks."""
    line = clean(quote)
    named = [re.escape(clean(words)) for words in _EVIDENCE.findall(evidence)]
    if not any(named):
        return [Part(line, False)]
    longest = sorted(filter(None, named), key=len, reverse=True)
    pieces = re.split(f"(?i)({'|'.join(longest)})", line)
    return [Part(words, bool(n % 2)) for n, words in enumerate(pieces) if words]


def safe_link(url: str) -> Link | None:
    """The link, if it leads to where it seems to and by http or https."""
    safe = link(url)
    return Link(safe, (urlsplit(safe).hostname or "").removeprefix("www.")) if safe else None


def local(moment: datetime, zone: ZoneInfo) -> str:
    """Thu 5 Nov, 13:42; empty where the moment is not known."""
    if pd.isna(moment):
        return ""
    at = moment.astimezone(zone)
    return f"{day_of_week(at)}, {at:%H:%M}"
