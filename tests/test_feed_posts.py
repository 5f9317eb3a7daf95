"""What comes out of odd and hostile feed documents."""

import json
from datetime import UTC, datetime

import pytest
from feeds import NOW, posts, rss
from hypothesis import given, settings
from hypothesis import strategies as st

from data.records import Post
from data.vocabulary import Kind
from sources.dates import read_date
from sources.entries import NotAFeed, read_entries
from sources.text import clean, plain

NS = 'xmlns="http://www.w3.org/2005/Atom"'


def post(item: str) -> Post:
    return posts(rss(item))[0]


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
