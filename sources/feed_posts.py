"""A feed's entries as posts: what identifies each, where it was published, and when."""

import re
from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

from data.records import Post
from data.vocabulary import Kind
from sources.dates import read_date
from sources.entries import Entry, FeedDocument
from sources.identity import bounded, digest
from sources.text import language_code
from sources.urls import web_link

SOURCE = "feed"

_WORLDWIDE = re.compile(r"https?://[^/\s]+\.[^/\s]+|tag:|urn:", re.IGNORECASE)


def posts_of(
    document: FeedDocument, url: str, collected_at: datetime, kind: Kind, outlet: str
) -> list[Post]:
    """Return a feed's entries as posts, each once; `url` is the feed's, `outlet` may be ""."""
    found: dict[str, Post] = {}
    for entry, native_id in zip(
        document["entries"], identify(document["entries"], url), strict=True
    ):
        published_by = outlet or entry["outlet"] or document["title"]
        post = _post(entry, native_id, url, collected_at, kind, published_by)
        found.setdefault(native_id, post)
    return list(found.values())


def identify(entries: list[Entry], url: str) -> list[str]:
    """Return a native id for each entry, the same at every visit and unique among all feeds.

    A guid that several links share, or a link that several texts share, identifies none of them
    alone: what tells them apart is then part of the id.
    """
    bases = [_base_id(entry, url) for entry in entries]
    distinct = {(base, _difference(entry)) for base, entry in zip(bases, entries, strict=True)}
    sharing = Counter(base for base, _ in distinct)
    return [
        bounded(base if sharing[base] == 1 else f"{base}#{digest(_difference(entry))}")
        for base, entry in zip(bases, entries, strict=True)
    ]


def _base_id(entry: Entry, url: str) -> str:
    place = _place(url)
    if guid := entry["guid"]:
        return guid if _WORLDWIDE.match(guid) else f"{place}#{guid}"
    if link := web_link(entry["link"], url):
        return link
    return f"{place}#{digest(entry['title'], entry['text'])}"


def _difference(entry: Entry) -> str:
    """Return what tells an entry from others of the same id."""
    if entry["guid"] and entry["link"]:
        return entry["link"]
    return f"{entry['title']}\n{entry['text']}"


def _place(url: str) -> str:
    """Return a feed's host and path; its query may hold secrets and today's date."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{parts.path}"


def _post(
    entry: Entry, native_id: str, url: str, collected_at: datetime, kind: Kind, outlet: str
) -> Post:
    title = _without_outlet(entry["title"], entry["outlet"])
    return Post(
        source=SOURCE,
        native_id=native_id,
        kind=kind,
        url=web_link(entry["link"], url),
        author=entry["author"],
        title=title,
        text=_without_echo(entry["text"], title, entry["outlet"]),
        published_at=read_date(entry["published"], collected_at, entry["published_stamp"]),
        collected_at=collected_at,
        language=language_code(entry["language"]),
        outlet=outlet,
        rating=_rating(entry["rating"]),
    )


def _without_outlet(title: str, outlet: str) -> str:
    """Take the publication off a headline: news searches write "Headline - Gazette"."""
    return title.removesuffix(f" - {outlet}") if outlet else title


def _without_echo(text: str, title: str, outlet: str) -> str:
    """Return "" for a text that only repeats the headline, as news searches send it."""
    words = " ".join(text.split())
    return "" if words in (title, f"{title} {outlet}", f"{title} - {outlet}") else text


def _rating(said: str) -> float | None:
    try:
        stars = float(said)
    except ValueError:
        return None
    return stars if 1 <= stars <= 5 else None
