"""Posts that are one story for a plain reason: the same link, or the same words.

rows -> near-duplicate texts, verbatim quotes, shared links -> (earlier, later, why)
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np
import pandas as pd

from analysis.duplicates import near_duplicates
from data.vocabulary import Kind, Teller

COPY = 0.5  # of the word triples of both: a repost with a few typos, a syndicated article
QUOTED = 8  # word triples in common, ten words in a row: nobody writes those again by chance
HEADLINE = 3  # of two headlines alone: few papers find the same five words by themselves
_TIES = 4  # earlier posts a post is tied to; in a burst of copies more change nothing
_OVERLAP = 0.05  # below which even ten words are not looked for: both texts are very long
_LINK = re.compile(r"https?://[^\s<>\"')\]]+")
_TRACKING = re.compile(r"utm_|fbclid|gclid|igsh|mc_|ref$|ref_|source$|share|cmp|ito$|at_")
_PLAIN_PATH = re.compile(r"/?[a-z]*/?")  # "/help": a page of a site, not a story


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows that tell the same, and why."""

    earlier: int
    later: int
    why: str


def links(rows: pd.DataFrame, texts: Sequence[str], alone: Sequence[bool]) -> list[Link]:
    """Pairs among the rows (sorted by time) that stand `alone`, so are no comments in a thread."""
    return [*_same_words(rows, texts, alone), *_same_link(rows, texts, alone)]


def normal(url: str) -> str:
    """A link without what differs between copies of it; "" where it leads to no one text."""
    try:
        parts = urlsplit(url.strip().rstrip(".,;:!?"))
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = re.sub(r"^(?:www|m|mobile|amp|old|np)\.", "", parts.hostname.lower())
    kept = [(key, value) for key, value in parse_qsl(parts.query) if not _TRACKING.match(key)]
    path = re.sub(r"/(?:amp)?/?$", "", parts.path)
    if not kept and _PLAIN_PATH.fullmatch(path):
        return ""
    return f"{host}{path}?{urlencode(sorted(kept))}".rstrip("?")


def _same_words(rows: pd.DataFrame, texts: Sequence[str], alone: Sequence[bool]) -> Iterator[Link]:
    # What a company repeats under many tales ties none of them together.
    company = (rows["teller"].eq(Teller.COMPANY) & rows["kind"].ne(Kind.ARTICLE)).to_numpy()
    shown = [
        text if free and not own else ""
        for text, free, own in zip(texts, alone, company, strict=True)
    ]
    press = rows["kind"].eq(Kind.ARTICLE).to_numpy()
    pairs = near_duplicates([_LINK.sub(" ", text) for text in shown], _OVERLAP)
    copy = pairs.jaccard >= COPY
    headline = copy & (pairs.shared >= HEADLINE) & press[pairs.first] & press[pairs.second]
    same = np.flatnonzero((pairs.shared >= QUOTED) | headline)
    same = same[np.argsort(pairs.second[same], kind="stable")]
    later = pairs.second[same]
    rank = np.arange(len(same)) - np.searchsorted(later, later)  # among its own
    for pair in same[rank < _TIES].tolist():
        how = "near-duplicate of" if copy[pair] else "quotes"
        yield Link(int(pairs.first[pair]), int(pairs.second[pair]), how)


def _same_link(rows: pd.DataFrame, texts: Sequence[str], alone: Sequence[bool]) -> Iterator[Link]:
    first: dict[str, int] = {}
    company = set(rows["teller"].eq(Teller.COMPANY).to_numpy().nonzero()[0].tolist())
    own = rows["url"].where(rows["kind"].isin([Kind.ARTICLE, Kind.POST]), "").to_list()
    for row, (url, text, free) in enumerate(zip(own, texts, alone, strict=True)):
        inside = [] if row in company else _LINK.findall(text)
        for link in dict.fromkeys(filter(None, map(normal, [url, *inside]))):
            if link in first and free:
                yield Link(first[link], row, "same link as")
            first.setdefault(link, row)
