"""The newspapers, the share wire and the brand's press room, as RSS 2.0 and Atom.

A text is put into the feed's HTML as it stands: a hostile one brings its markup with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from xml.etree import ElementTree as Xml

from example.exchange import Answer, Request
from example.texts import Text
from example.world import World

SHOWN = 20  # items that a feed holds; older ones fall out
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Xml.register_namespace("dc", _DUBLIN_CORE)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: whose texts it carries and in which of the two forms."""

    channel: str
    title: str
    home: str
    atom: bool = False


FEEDS = {
    "/courier.rss": Feed("courier", "Port Ellery Courier", "https://www.portellerycourier.example"),
    "/echo.atom": Feed("echo", "Saltmarsh Echo", "https://www.saltmarshecho.example", atom=True),
    "/ledger.atom": Feed(
        "ledger", "The National Ledger", "https://www.nationalledger.example", atom=True
    ),
    "/markets.rss": Feed("markets", "Markets Wire", "https://www.marketswire.example"),
    "/pressroom.rss": Feed(
        "pressroom", "Foxglove Press Room", "https://press.foxglovestores.example"
    ),
}


def feed(world: World, request: Request) -> Answer:
    """Answer for a feed as of now, with 304 where the client has seen just this."""
    source = FEEDS[request.path]
    texts = world.shown(source.channel)[:SHOWN]
    written = _atom(source, texts) if source.atom else _rss(source, texts)
    media_type = "application/atom+xml" if source.atom else "application/rss+xml"
    return conditional(request, written, f"{media_type}; charset=utf-8", last_change(texts))


def conditional(
    request: Request, written: Xml.Element, media_type: str, changed: datetime
) -> Answer:
    """Answer with ETag and Last-Modified, or with 304 where they match what the client names."""
    body = Xml.tostring(written, encoding="utf-8", xml_declaration=True)
    headers = {
        "etag": f'"{sha256(body).hexdigest()[:16]}"',
        "last-modified": format_datetime(changed, usegmt=True),
    }
    if _unchanged(request, headers["etag"], changed):
        return Answer(304, b"", headers)
    return Answer(200, body, headers | {"content-type": media_type})


def last_change(texts: Sequence[Text]) -> datetime:
    """Return when these texts last changed, in UTC; the week's eve where there are none."""
    moments = [text.edited_at or text.appears_at for text in texts]
    return max(moments, default=datetime(2026, 11, 1, tzinfo=UTC)).astimezone(UTC)


def leaf(parent: Xml.Element, name: str, words: str, **attributes: str) -> Xml.Element:
    """Add an element; what XML cannot hold is left out of its words."""
    element = Xml.SubElement(parent, name, attributes)
    element.text = _NOT_IN_XML.sub("", words)
    return element


def rss_channel(title: str, home: str, texts: Sequence[Text]) -> tuple[Xml.Element, Xml.Element]:
    """Return an RSS document and its channel, without items."""
    root = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(root, "channel")
    for name, words in (("title", title), ("link", home), ("description", f"News from {title}")):
        leaf(channel, name, words)
    leaf(channel, "lastBuildDate", format_datetime(last_change(texts), usegmt=True))
    return root, channel


def _rss(source: Feed, texts: Sequence[Text]) -> Xml.Element:
    root, channel = rss_channel(source.title, source.home, texts)
    for text in texts:
        item = Xml.SubElement(channel, "item")
        leaf(item, "title", text.title)
        leaf(item, "link", text.url or source.home)
        leaf(item, "description", _paragraphs(text.text))
        if text.id != text.url:  # not every feed gives its items an id
            leaf(item, "guid", text.id, isPermaLink="false")
        if text.author:
            leaf(item, f"{{{_DUBLIN_CORE}}}creator", text.author)
        if text.published_at:
            leaf(item, "pubDate", format_datetime(text.published_at.astimezone(UTC), usegmt=True))
    return root


def _atom(source: Feed, texts: Sequence[Text]) -> Xml.Element:
    root = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    leaf(root, "id", f"{source.home}/")
    leaf(root, "title", source.title)
    leaf(root, "updated", last_change(texts).isoformat())
    for text in texts:
        published = (text.published_at or text.appears_at).isoformat()
        entry = Xml.SubElement(root, "entry")
        leaf(entry, "id", text.id)
        leaf(entry, "title", text.title)
        leaf(entry, "link", "", rel="alternate", href=text.url or source.home)
        leaf(entry, "published", published)
        leaf(entry, "updated", text.edited_at.isoformat() if text.edited_at else published)
        leaf(Xml.SubElement(entry, "author"), "name", text.author)
        leaf(entry, "content", _paragraphs(text.text), type="html")
    return root


def _paragraphs(words: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in words.split("\n\n"))


def _unchanged(request: Request, etag: str, changed: datetime) -> bool:
    if named := request.headers.get("if-none-match"):  # it outweighs the date, RFC 9110 13.2.2
        return etag in named or named.strip() == "*"
    try:
        since = parsedate_to_datetime(request.headers["if-modified-since"])
    except (KeyError, ValueError):
        return False
    return changed.replace(microsecond=0) <= since
