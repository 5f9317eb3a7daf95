"""Feeds: what is asked, and what an answer means."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from feeds import NOW, URL, feed, rss
from loopback import Loopback, loopback, reply
from pydantic import ValidationError

from data.records import Query
from data.vocabulary import Outcome
from sources.contract import NOTHING_NEW
from sources.errors import Changed, Gone
from sources.exchange import Answer
from sources.feed import Feed
from sources.feed_options import FeedOptions, addresses
from sources.http import Client

QUERY = Query("Foxglove", ("Foxglove", 'Foxglove "Stores"'), NOW - timedelta(days=7), NOW)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


class Answering(Client):
    """A client that has one answer for every address, and remembers what was asked."""

    def __init__(self, body: bytes) -> None:
        super().__init__("feed")
        self.body = body

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return Answer(200, {"content-type": "application/rss+xml"}, self.body)


def test_the_brands_terms_go_into_the_address() -> None:
    options = FeedOptions(url="https://x.example/rss?q={query}&n=10")
    (url,) = addresses(options, QUERY)
    assert parse_qs(urlsplit(url).query) == {"q": ['"Foxglove" OR "Foxglove Stores"'], "n": ["10"]}


def test_the_three_parameters_of_google_news_agree() -> None:
    (url,) = addresses(FeedOptions(preset="google-news", language="de", country="AT"), QUERY)
    asked = parse_qs(urlsplit(url).query)
    assert (asked["hl"], asked["gl"], asked["ceid"]) == (["de"], ["AT"], ["AT:de"])
    assert asked["q"] == ['("Foxglove" OR "Foxglove Stores") after:2026-02-22']


def test_bing_news_is_asked_for_its_feed() -> None:
    (url,) = addresses(FeedOptions(preset="bing-news", country="GB"), QUERY)
    asked = parse_qs(urlsplit(url).query)
    assert (asked["format"], asked["mkt"]) == (["rss"], ["en-GB"])


@pytest.mark.parametrize(
    "options", [{}, {"url": URL, "preset": "bing-news"}, {"url": "ftp://x/"}, {"url": ["x"]}]
)
def test_a_feed_has_one_place_and_that_is_on_the_web(options: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        FeedOptions.model_validate(options)


def test_an_unchanged_feed_is_asked_for_by_its_validators(server: Loopback) -> None:
    source = feed(server.url + "/rss?token=hush")
    server.paths["/rss"] = reply(body=rss("<title>a</title>"), ETag='"v1"', Last_Modified="then")
    (first,) = source.fetch(QUERY, None)
    server.paths["/rss"] = reply("304 Not Modified")
    (second,) = source.fetch(QUERY, first.cursor)
    assert server.asked[1].headers["if-none-match"] == '"v1"'
    assert server.asked[1].headers["if-modified-since"] == "then"
    assert (second.media_type, second.outcome, source.parse(second)) == (NOTHING_NEW, "ok", [])
    assert second.cursor == first.cursor
    assert "hush" not in first.cursor + first.url


def test_once_a_day_the_whole_feed_is_asked_for(server: Loopback) -> None:
    server.paths["/rss"] = reply(body=rss("<title>a</title>"), ETag='"v1"')
    (first,) = feed(server.url + "/rss").fetch(QUERY, None)
    later = Query("Foxglove", ("Foxglove",), QUERY.since, NOW + timedelta(days=1))
    list(feed(server.url + "/rss").fetch(later, first.cursor))
    assert "if-none-match" not in server.asked[1].headers


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "an empty body"),
        (b" \n ", "an empty body"),
        (b'{"error": "no"}', "JSON"),
        (b"<!-- x --><!DOCTYPE html><title>Just a moment...</title>", '"Just a moment..."'),
        (b"<HTML><body>Login</body></HTML>", "a web page"),
        (b"<opml version='1.0'><body/></opml>", "XML of another kind (<opml>)"),
        (b"Service unavailable", "plain text"),
        (b"\x1f\x8b\x08\x00", "compressed data"),
    ],
)
def test_what_came_instead_of_a_feed_is_named(server: Loopback, body: bytes, what: str) -> None:
    server.paths["/rss"] = reply(body=body, ETag='"v2"')
    with pytest.raises(Changed) as caught:
        list(feed(server.url + "/rss").fetch(QUERY, None))
    assert what in str(caught.value)
    assert str(caught.value).endswith("; check the address.")


def test_a_feed_that_broke_off_keeps_its_complete_items_and_is_asked_for_again(
    server: Loopback,
) -> None:
    body = rss("<title>whole</title>", "<title>half</title><description>only the fi")
    server.paths["/rss"] = reply(body=body[:-30], ETag='"v1"')
    source = feed(server.url + "/rss")
    (page,) = source.fetch(QUERY, None)
    assert [found.title for found in source.parse(page)] == ["whole"]
    assert page.outcome is Outcome.TRUNCATED
    assert "v1" not in page.cursor


def test_exactly_a_hundred_articles_mean_that_there_were_more() -> None:
    options = FeedOptions(preset="google-news")
    for count, outcome in ((99, Outcome.OK), (100, Outcome.TRUNCATED)):
        body = rss(*(f"<guid>g{number}</guid><title>x</title>" for number in range(count)))
        (page,) = Feed(options, Answering(body)).fetch(QUERY, None)
        assert page.outcome is outcome
        assert ("split the window" in page.detail) is (count == 100)


def test_an_empty_feed_is_no_error(server: Loopback) -> None:
    server.paths["/rss"] = reply(body=rss())
    (page,) = feed(server.url + "/rss").fetch(QUERY, None)
    assert page.outcome is Outcome.EMPTY


def test_one_bad_feed_does_not_keep_the_others_from_being_read(server: Loopback) -> None:
    server.paths["/good"] = reply(body=rss("<title>good</title>"))
    source = feed(tuple(f"{server.url}/{name}" for name in ("gone", "good", "bad")))
    server.paths["/bad"] = reply(body=b"<html>")
    pages = source.fetch(QUERY, None)
    assert [found.title for found in source.parse(next(pages))] == ["good"]
    with pytest.raises(Gone, match=r"nothing at this address .*\(1 more"):
        next(pages)


def test_a_broken_cursor_is_a_first_visit(server: Loopback) -> None:
    server.paths["/rss"] = reply(body=rss("<title>a</title>"))
    for cursor in ("", "no json", "[]", '{"x": 1}'):
        assert len(list(feed(server.url + "/rss").fetch(QUERY, cursor))) == 1
