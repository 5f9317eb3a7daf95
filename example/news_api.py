"""A search over all the press in the shape of Google News RSS: headline, source, coded link."""

from datetime import UTC
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree as Xml

from example.codes import coded, decoded
from example.exchange import Answer, Request
from example.feeds_api import FEEDS, conditional, last_change, leaf, rss_channel
from example.searching import matches
from example.texts import Text
from example.world import World

MOST = 100  # hits, however many there are; the real one has no second page either
_OUTLETS = {source.channel: source.title for source in FEEDS.values()}
_PRESS = tuple(channel for channel in _OUTLETS if channel != "pressroom")  # not the brand's own


def search(world: World, request: Request) -> Answer:
    """Answer `/news/search?q=`: articles that match, newest first, without their words."""
    query = request.params.get("q", "")
    hits = [t for t in world.shown("news", *_PRESS) if matches(query, f"{t.title}\n{t.text}")]
    root, channel = rss_channel(f'"{query}" - News', f"{request.base_url}/news", hits[:MOST])
    for text in hits[:MOST]:
        _add(channel, text, request.base_url)
    return conditional(request, root, "application/xml; charset=utf-8", last_change(hits[:MOST]))


def article(world: World, request: Request, code: str) -> Answer:
    """Answer `/news/articles/CODE` by sending the reader on to the newspaper."""
    text = world.get(decoded(code))
    return Answer(302, b"", {"location": text.url}) if text and text.url else Answer(404)


def _add(channel: Xml.Element, text: Text, base_url: str) -> None:
    outlet = text.outlet or _OUTLETS[text.channel]
    link = f"{base_url}/news/articles/{coded(text.id)}?oc=5"
    item = Xml.SubElement(channel, "item")
    leaf(item, "title", f"{text.title} - {outlet}")
    leaf(item, "link", link)
    leaf(item, "guid", coded(text.id), isPermaLink="false")
    if text.published_at:
        leaf(item, "pubDate", format_datetime(text.published_at.astimezone(UTC), usegmt=True))
    shown = f'<a href="{link}" target="_blank">{escape(text.title)}</a>&nbsp;&nbsp;'
    leaf(item, "description", f'{shown}<font color="#6f6f6f">{escape(outlet)}</font>')
    home = "/".join((text.url or base_url).split("/")[:3])
    leaf(item, "source", outlet, url=home)
