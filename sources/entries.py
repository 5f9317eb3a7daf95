"""A feed document as its entries: what feedparser finds in it, as plain text and whole items.

Runs in the worker process (see worker.py), since feedparser takes minutes over a few hostile
documents. Everything that leaves here is JSON: strings, lists and numbers.
"""

import calendar
import io
import re
from typing import Any, TypedDict

import feedparser

from sources.encoding import decode
from sources.markup import describe, looks_like_html, repair, whole_part, without_declarations
from sources.text import clean, one_line, plain

ENTRIES_AT_MOST = 10_000  # no real feed holds as many; a bomb of empty items holds a million

_MAIL = re.compile(r"[(<]?[^\s@()<>]{1,100}@[^\s@()<>]{1,100}[)>]?")


class Entry(TypedDict):
    """One item, as plain text; dates as written, links as written."""

    guid: str
    link: str
    title: str
    text: str
    author: str
    outlet: str
    language: str
    rating: str
    published: str
    published_stamp: float | None  # feedparser's own reading of it, seconds since 1970


class FeedDocument(TypedDict):
    """One feed; `broken_off` where its end did not arrive."""

    title: str
    home: str  # the site it belongs to, as it says itself
    broken_off: bool
    entries: list[Entry]


class NotAFeed(Exception):
    """The body is something else; the message says what, as in "a web page"."""


def read_entries(body: bytes, charset: str | None) -> FeedDocument:
    """Read a feed; raises NotAFeed."""
    if body.startswith(b"\x1f\x8b"):
        raise NotAFeed("compressed data")
    text = decode(body, charset)
    whole, broken_off = whole_part(repair(text))
    if looks_like_html(whole) or not whole:
        raise NotAFeed(describe(text))
    found = _parse(whole)
    if not found.get("version") and not found["entries"]:
        raise NotAFeed(describe(text))
    return FeedDocument(
        title=_field(found["feed"], "title"),
        home=clean(_text(found["feed"].get("link"))),
        broken_off=broken_off or len(found["entries"]) > ENTRIES_AT_MOST,
        entries=[_entry(entry, found["feed"]) for entry in found["entries"][:ENTRIES_AT_MOST]],
    )


def _parse(text: str) -> Any:
    """Call feedparser with nothing it could take for a file name or an address."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    options = {"response_headers": headers, "sanitize_html": False, "resolve_relative_uris": False}
    try:
        return feedparser.parse(io.BytesIO(text.encode("utf-8", "replace")), **options)
    except Exception:
        bare = without_declarations(text).encode("utf-8", "replace")
        return feedparser.parse(io.BytesIO(bare), **options)


def _entry(entry: Any, feed: Any) -> Entry:
    published = "published" if entry.get("published") else "updated"
    parsed = entry.get(f"{published}_parsed")
    source = entry.get("source")
    guid, link = clean(_text(entry.get("id"))), clean(_text(entry.get("link")))
    return Entry(
        guid=guid,
        link="" if link == guid and "://" not in link else link,  # feedparser takes one for both
        title=_field(entry, "title"),
        text=_body(entry),
        author=_author(entry),
        outlet=_field(source, "title") if source else one_line(_text(entry.get("news_source"))),
        language=_language(entry, feed),
        rating=clean(_text(entry.get("im_rating"))),
        published=clean(_text(entry.get(published))),
        published_stamp=float(calendar.timegm(parsed)) if parsed else None,
    )


def _body(entry: Any) -> str:
    """Return the fullest of an entry's texts."""
    candidates = [content.get("value") for content in entry.get("content") or []]
    candidates.append(entry.get("summary"))
    return max((plain(_text(one)) for one in candidates), key=len)


def _field(of: Any, name: str) -> str:
    return one_line(plain(_text(of.get(name))))


def _author(entry: Any) -> str:
    """Return an author's name, out of forms such as "otter@x.example (Mara Otter)"."""
    said = one_line(plain(_text(entry.get("author"))))
    return one_line(_MAIL.sub(" ", said).strip(" ()<>,")) or said


def _language(entry: Any, feed: Any) -> str:
    """Return the language of an entry, else its feed's."""
    for of in (entry.get("title_detail") or {}, feed):
        if said := _text(of.get("language")):
            return one_line(said)
    return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
