"""The example's feeds and its news search, as feedparser reads them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from asking_example import FRIDAY, HTTP, THURSDAY, WEDNESDAY, read

from example.feeds_api import FEEDS
from example.searching import matches
from example.server import Running, serve
from example.world import DAYS, evening


@pytest.fixture
def running() -> Iterator[Running]:
    with serve() as running:
        yield running


@pytest.mark.parametrize("path", FEEDS)
def test_feedparser_reads_a_feed(running: Running, path: str) -> None:
    feed = read(HTTP.get(running.base_url + path))
    assert not feed.bozo
    assert feed.version in {"rss20", "atom10"}
    shown = running.world.shown(FEEDS[path].channel)
    assert [entry.link for entry in feed.entries] == [text.url for text in shown]
    for entry, text in zip(feed.entries, shown, strict=True):
        if text.published_at:
            published = datetime(*entry.published_parsed[:6], tzinfo=UTC)
            assert published == text.published_at


@pytest.mark.parametrize("path", [*FEEDS, "/news/search?q=Foxglove"])
def test_an_unchanged_feed_is_not_sent_again(running: Running, path: str) -> None:
    running.world.now = evening(FRIDAY)
    first = HTTP.get(running.base_url + path)
    for header, value in (
        ("if-none-match", first.headers["etag"]),
        ("if-modified-since", first.headers["last-modified"]),
    ):
        again = HTTP.get(running.base_url + path, headers={header: value})
        assert (again.status_code, again.content) == (304, b"")


def test_a_changed_feed_is_sent_whatever_the_client_has(running: Running) -> None:
    url = f"{running.base_url}/echo.atom"
    running.world.now = evening(WEDNESDAY)
    first = HTTP.get(url)
    running.world.now = evening(THURSDAY)
    etag = {"if-none-match": first.headers["etag"]}
    date = {"if-modified-since": first.headers["last-modified"]}
    assert HTTP.get(url, headers=etag).status_code == 200
    assert HTTP.get(url, headers=date).status_code == 200
    assert HTTP.get(url, headers=date | etag).status_code == 200


def test_the_courier_is_down_on_thursday_and_catches_up_on_friday(running: Running) -> None:
    url = f"{running.base_url}/courier.rss"
    statuses = []
    for day in DAYS:
        running.world.now = evening(day)
        statuses.append(HTTP.get(url).status_code)
    assert statuses == [200, 200, 200, 503, 200, 200, 200]
    running.world.now = evening(FRIDAY)
    assert {"000421", "000423"} <= {entry.get("id") for entry in read(HTTP.get(url)).entries}


def test_some_dates_cannot_be_believed(running: Running) -> None:
    echo = read(HTTP.get(f"{running.base_url}/echo.atom")).entries
    courier = read(HTTP.get(f"{running.base_url}/courier.rss")).entries
    assert max(entry.published_parsed.tm_year for entry in echo) == 2099
    [undated] = [entry for entry in courier if "published" not in entry]
    assert "id" not in undated


def test_one_article_is_in_two_feeds_under_one_address(running: Running) -> None:
    links = [
        {entry.link for entry in read(HTTP.get(running.base_url + path)).entries}
        for path in ("/ledger.atom", "/markets.rss")
    ]
    assert len(links[0] & links[1]) == 1


def test_the_news_search_gives_headlines_with_their_source(running: Running) -> None:
    feed = read(HTTP.get(f"{running.base_url}/news/search", params={"q": '"Tansy & Rowe"'}))
    [entry] = feed.entries
    assert entry.title == "Tansy & Rowe cuts forecast as costs bite - Markets Wire"
    assert entry.source.title == "Markets Wire"
    assert "profit forecast" not in entry.description
    onward = HTTP.get(entry.link)
    assert onward.status_code == 302
    assert onward.headers["location"].startswith("https://www.marketswire.example/")


def test_the_press_room_is_no_news(running: Running) -> None:
    feed = read(HTTP.get(f"{running.base_url}/news/search", params={"q": "Foxglove"}))
    assert "Foxglove Press Room" not in {entry.source.title for entry in feed.entries}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("foxglove", True),
        ("foxglove salon", True),
        ("foxglove bicycle", False),
        ('"salon at foxglove"', True),
        ('"foxglove salon"', False),
        ("bicycle OR (foxglove salon)", True),
        ('foxglove -"the salon"', False),
        ("foxglove when:7d", True),
        ("", False),
    ],
)
def test_a_search_means_what_people_type(query: str, found: bool) -> None:
    assert matches(query, "Outside the Salon at Foxglove") is found
