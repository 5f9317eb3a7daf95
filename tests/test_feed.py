"""Feeds: what is asked, what an answer means, and what comes out of odd and hostile documents."""

import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback import Loopback, loopback, reply
from pydantic import ValidationError

from data.records import Post, Query, RawPage
from data.vocabulary import Kind, Outcome
from sources.contract import NOTHING_NEW
from sources.dates import read_date
from sources.entries import NotAFeed, read_entries
from sources.errors import Changed, Gone, SourceError
from sources.exchange import Answer
from sources.feed import Feed
from sources.feed_options import FeedOptions, addresses
from sources.http import Client
from sources.text import clean, plain
from sources.worker import Worker, WorkerFailed

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "feeds"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
QUERY = Query("Foxglove", ("Foxglove", 'Foxglove "Stores"'), NOW - timedelta(days=7), NOW)
URL = "https://harbourgazette.example/rss"
NS = 'xmlns="http://www.w3.org/2005/Atom"'

# feedparser takes the square of the number of attributes: minutes for this one.
HOSTILE = b"<rss version='2.0'><channel><item %s><title>x</title></item></channel></rss>" % (
    b" ".join(b'a%d="x"' % number for number in range(50_000))
)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def rss(*items: str, head: str = "<title>Gazette</title>") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel>{head}{inside}</channel></rss>'.encode()


def feed(url: str | tuple[str, ...] = URL, **options: object) -> Feed:
    given = {"url": url, "allowed_hosts": ["127.0.0.1"], **options}
    return Feed(FeedOptions.model_validate(given))


def posts(body: bytes, charset: str | None = None, **options: object) -> list[Post]:
    page = RawPage(URL, body, "application/xml", NOW, "", charset=charset)
    return feed(**options).parse(page)  # type: ignore[arg-type]


def post(item: str) -> Post:
    return posts(rss(item))[0]


class Answering(Client):
    """A client that has one answer for every address, and remembers what was asked."""

    def __init__(self, body: bytes) -> None:
        super().__init__("feed")
        self.body = body

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return Answer(200, {"content-type": "application/rss+xml"}, self.body)


# What is asked


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


# What an answer means


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


# What comes out of a document


def test_a_surrogate_pair_of_references_is_an_emoji_and_loses_nothing() -> None:
    found = posts(rss("<title>a &#xD83D;&#xDE00;</title>", "<title>b &#55357;!</title>"))
    assert [one.title for one in found] == ["a \N{GRINNING FACE}", "b �!"]


def test_an_ampersand_that_nobody_escaped_stays_one() -> None:
    assert post("<title>AT&T & Foxglove</title>").title == "AT&T & Foxglove"
    assert post("<title><![CDATA[AT&T & Foxglove]]></title>").title == "AT&T & Foxglove"


def test_markup_becomes_plain_text_with_its_line_breaks() -> None:
    html = "<p>One<br/>two</p><div>three &amp; <b>four</b></div><style>p{}</style>"
    escaped = html.replace("&", "&amp;").replace("<", "&lt;")
    found = post(f"<title>x</title><description>{escaped}</description>")
    assert found.text == "One\ntwo\n\nthree & four"


@pytest.mark.parametrize("text", ["<3", "a < b", "<!channel>", "<@U1>", "<http://x.example|y>"])
def test_what_only_looks_like_markup_is_text(text: str) -> None:
    assert plain(text) == text


def test_a_date_of_publication_is_never_that_of_an_update() -> None:
    entry = "<published>2026-03-01T10:00:00Z</published><updated>2026-03-02T10:00:00Z</updated>"
    (found,) = posts(f"<feed {NS}><entry><id>a</id>{entry}</entry></feed>".encode())
    assert found.published_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Sun, 01 Mar 2026 10:00:00 GMT", "2026-03-01T10:00"),
        ("Sun, 01 Mar 2026 10:00:00", "2026-03-01T10:00"),
        ("Sun, 1 Mar 26 10:00 EST", "2026-03-01T15:00"),
        ("Sun, 01 Mar 2026 10:00:00 IST", "2026-03-01T04:30"),
        ("Sun, 01 Mar 2026 10:00:00 CEST", "2026-03-01T08:00"),
        ("Sun, 01 Mar 2026 10:00:00 +0545", "2026-03-01T04:15"),
        ("Sun, 01 Mar 2026 10:00:00 GMT+0100", "2026-03-01T09:00"),
        ("Sun, 01 Mar 2026 10:00:00 America/New_York", "2026-03-01T15:00"),
        ("So, 01 Mär 2026 10:00:00 +0100", "2026-03-01T09:00"),
        ("Sun, 01 Mar 2026 24:00:00 GMT", "2026-03-02T00:00"),
        ("2026-03-01T10:00:00.123456789Z", "2026-03-01T10:00"),
        ("2026-03-01", "2026-03-01T00:00"),
        ("1772359200", "2026-03-01T10:00"),
        ("1772359200000", "2026-03-01T10:00"),
        ("Mon, 30 Feb 2026 10:00:00 GMT", None),
        ("Sun, 01 Mar 2026 10:00:00 +9999", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("Fri, 01 Mar 2999 00:00:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_they_were_meant(raw: str, expected: str | None) -> None:
    found = read_date(raw, NOW)
    assert (found and found.strftime("%Y-%m-%dT%H:%M")) == expected


def test_a_missing_date_is_no_date() -> None:
    assert post("<title>x</title>").published_at is None


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://x.example/a", "https://x.example/a"),
        ("//x.example/a", "https://x.example/a"),
        ("/a", "https://harbourgazette.example/a"),
        ("https://otter:hush@x.example/a", "https://x.example/a"),
        ("https://x.example/&quot;&gt;&lt;i&gt;", "https://x.example/%22%3E%3Ci%3E"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("", ""),
    ],
)
def test_only_links_into_the_web_are_kept(link: str, expected: str) -> None:
    assert post(f"<title>x</title><link>{link}</link>").url == expected


def test_a_guid_of_its_own_feed_does_not_meet_that_of_another() -> None:
    assert post("<guid isPermaLink='false'>17</guid>").native_id == (
        "harbourgazette.example/rss#17"
    )
    assert post("<guid>https://x.example/17</guid>").native_id == "https://x.example/17"
    assert post("<link>https://x.example/18</link>").native_id == "https://x.example/18"


def test_ids_do_not_change_with_the_order_of_items() -> None:
    items = [f"<guid>0</guid><link>https://x.example/{n}</link>" for n in range(3)]
    items += [f"<link>https://x.example/same</link><title>{n}</title>" for n in range(2)]
    there, back = posts(rss(*items)), posts(rss(*items[::-1]))
    assert {one.post_id for one in there} == {one.post_id for one in back}
    assert len({one.post_id for one in there}) == 5


def test_a_feed_can_publish_other_things_than_articles() -> None:
    body = rss("<title>x</title>")
    (found,) = posts(body, publishes="review", outlet="Trust Board")
    assert (found.kind, found.outlet) == (Kind.REVIEW, "Trust Board")


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (b"<?xml version='1.0' encoding='iso-8859-1'?>%s", None),
        (b"<?xml version='1.0' encoding='x-bogus'?>%s", None),
        (b"%s", "utf-16"),
        (b"\xef\xbb\xbf%s", "iso-8859-1"),
    ],
)
def test_utf_8_is_read_as_such_whatever_is_declared(body: bytes, charset: str | None) -> None:
    (found,) = posts(body % rss("<title>Café “Foxglove” €5</title>"), charset)
    assert found.title == "Café “Foxglove” €5"


def test_latin_1_is_read_as_such_where_it_is_no_utf_8() -> None:
    (found,) = posts(rss("<title>Café</title>").decode().encode("latin-1"), "utf-8")
    assert found.title == "Café"


def test_one_bad_byte_costs_one_character() -> None:
    body = rss("<title>Ärger über Öl, größer</title>").replace(b"x", b"") + b"<!--\xff-->"
    assert posts(body)[0].title == "Ärger über Öl, größer"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "utf-16", "shift_jis", "nonsense", "hex"]))
def test_no_body_at_all_is_more_than_no_feed(body: bytes, charset: str | None) -> None:
    for document in (body, rss("<title>a</title>").replace(b"a", body)):
        try:
            found = read_entries(document, charset)
        except NotAFeed:
            continue
        json.dumps(found).encode("ascii")


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=200))
def test_plain_text_can_be_written_anywhere(text: str) -> None:
    for made in (plain(text), clean(text)):
        made.encode("utf-8")
        assert not any(ord(c) < 32 and c not in "\n\t" for c in made)
        assert clean(made) == made


# The worker


def test_a_hostile_feed_is_given_up_by_name_and_the_next_one_is_read() -> None:
    worker = Worker(seconds=1)
    source = Feed(FeedOptions(url=URL), worker=worker)
    with pytest.raises(Changed, match=r"harbourgazette\.example .* more than 1 s"):
        source.parse(RawPage(URL, HOSTILE, "application/xml", NOW, ""))
    assert source.parse(RawPage(URL, rss("<title>a</title>"), "application/xml", NOW, ""))
    worker.close()


def test_many_threads_share_one_worker() -> None:
    worker = Worker()
    bodies = [rss(f"<title>{number}</title>") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda body: worker.read_entries(body, None), bodies))
    assert [document["entries"][0]["title"] for document in read] == [str(n) for n in range(40)]
    worker.close()


def test_a_worker_that_died_is_replaced() -> None:
    worker = Worker()
    worker.read_entries(rss(), None)
    assert worker._process is not None
    worker._process.kill()
    with pytest.raises(WorkerFailed):
        worker.read_entries(rss(), None)
    assert worker.read_entries(rss("<title>a</title>"), None)["entries"]
    worker.close()


def test_the_worker_serves_threads_forks_and_the_end_of_the_interpreter() -> None:
    script = """
        import atexit, os, sys, threading
        from sources.worker import WORKER

        def read(what):
            feed = b"<rss version='2.0'><channel><item/></channel></rss>"
            print(what, len(WORKER.read_entries(feed, None)["entries"]), flush=True)

        atexit.register(read, "exit")
        thread = threading.Thread(target=read, args=("thread",))
        thread.start()
        thread.join()
        child = os.fork()
        if child == 0:
            read("fork")
            WORKER.close()
            os._exit(0)
        os.waitpid(child, 0)
        read("parent")
    """
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split("\n"), done.stderr) == (
        ["thread 1", "fork 1", "parent 1", "exit 1", ""],
        "",
    )


# Thousands of feeds of other parsers' tests

NEEDS_FEEDS = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared/feeds")


def read(path: Path, charset: str | None = None) -> tuple[list[Post], str]:
    """Return a saved feed's posts, or what it is instead."""
    try:
        return posts(path.read_bytes(), charset), ""
    except SourceError as error:
        return [], str(error)


@pytest.mark.slow
@NEEDS_FEEDS
def test_no_feed_of_other_parsers_tests_fails_but_by_saying_what_it_is() -> None:
    paths = sorted(path for path in SHARED.rglob("*") if path.is_file())
    instead = [said for _, said in map(read, paths) if said]
    assert len(paths) - len(instead) >= 2_740
    assert sum("sent JSON instead" not in said for said in instead) <= 20
    assert all(said.endswith(".") for said in instead)


def _made() -> list[dict[str, str]]:
    if not SHARED.exists():
        return []
    found = json.loads((SHARED / "made/manifest.json").read_text("utf-8"))
    return [{name: str(value) for name, value in case.items()} for case in found]


@NEEDS_FEEDS
@pytest.mark.parametrize("case", _made(), ids=lambda case: case["file"])
def test_what_is_expected_of_odd_feeds_holds(case: dict[str, str]) -> None:
    found, instead = read(
        SHARED / "made" / case["file"], "utf-8" if "latin1" in case["file"] else None
    )
    assert not instead or case["cls"] in ("not-a-feed", "adversarial", "shape")
    assert instead or len(found) >= int(case.get("entries_min", 0))
    assert sum(len(one.title + one.text) for one in found) < 2_000_000
    assert not any("root:" in one.title + one.text for one in found)
    if case["cls"] == "truncated":
        assert [one.title for one in found] == ["Good one"]
