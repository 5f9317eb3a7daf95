"""What tests of feeds share: a made feed, and its posts."""

from datetime import UTC, datetime

from data.records import Post, RawPage
from sources.feed import Feed
from sources.feed_options import FeedOptions

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
URL = "https://harbourgazette.example/rss"


def rss(*items: str, head: str = "<title>Gazette</title>") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel>{head}{inside}</channel></rss>'.encode()


def feed(url: str | tuple[str, ...] = URL, **options: object) -> Feed:
    given = {"url": url, "allowed_hosts": ["127.0.0.1"], **options}
    return Feed(FeedOptions.model_validate(given))


def posts(body: bytes, charset: str | None = None, **options: object) -> list[Post]:
    page = RawPage(URL, body, "application/xml", NOW, "", charset=charset)
    return feed(**options).parse(page)  # type: ignore[arg-type]
