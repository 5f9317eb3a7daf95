"""A message says in a minute what is new; a stranger's words are shown in it and do nothing."""

import re
import unicodedata
from dataclasses import replace
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from alerting import HOUR, NOON, story
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data.incident_records import Change, Incident, Message, MessageKind, News, Notice
from data.vocabulary import Priority, Status
from reports.letters import SUBJECT, TEXT, Entry, Letter, Section, as_text
from reports.links import link
from reports.messages import message
from reports.quoted import quoted
from reports.wording import Setting

SETTING = Setting("Foxglove", NOON + 10 * HOUR, ZoneInfo("Europe/Dublin"))
MARKUP = set("@<>[]`*~|\\#{}")
HOSTILE = [
    "@here @channel @everyone <!channel> <!here|x> <@U024BE7LH> <#C024BE7LR>",
    "[your bank](https://evil.example/login) <https://evil.example|your bank>",
    "look: https://evil.example/x and www.evil.example and evil.example/x?y=1",
    "javascript:alert(1) data:text/html,<script>alert(1)</script>",
    "<script>alert(1)</script><img src=x onerror=alert(1)><a href='https://evil.example'>x</a>",
    "first\r\nBcc: everybody@foxglove.example\r\n\r\nsecond",
    "one\u2028two\u2029three\x00\x07\x1b[31m\u0085four\x0b\x0c",
    "safe\u202egpj.exe\u2066 \u200b\u200e\u2069\ufeff",
    "Z" + "\u0336\u0321\u0315" * 40 + "algo",
    "שלום עולם, the staff",
    "\ud800 half a pair",
    "w" * 100_000,
    "# Heading\n> quote\n- list\n1. list\n```\ncode\n```\n| a | b |",
    "{{ config }} {% raw %} ${jndi:ldap://evil.example/a} %0d%0aBcc: x",
    "=cmd|'/C calc'!A0",
]


LAYOUT = {"html", "head", "meta", "style", "body", "table", "tbody", "tr", "td"}
META = {"lang", "charset", "name", "content"}


def sent(*stories: Incident, changes: tuple[Change, ...] = (Change.OPENED,)) -> Message:
    news = tuple(News(one, changes) for one in stories)
    return message(Notice("care", stories[0].kind, news), SETTING)


def everywhere(words: str, kind: MessageKind) -> Message:
    """A message in which every field that a stranger fills holds the words."""
    one = story(
        kind=kind, quote=words, place=words, person=words, why=words, story=words,
        link=words, priority=Priority.P1, opened_at=NOON - 30 * HOUR,
    )  # fmt: skip
    return sent(one, replace(one, incident="2026-11-03-bbbb"))


class Tags(HTMLParser):
    """The tags of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def check_inert(told: Message) -> None:
    assert "\n" not in told.subject
    assert len(told.subject) <= SUBJECT
    assert len(told.text) <= TEXT
    for line in told.text.splitlines():
        if not line.startswith(("http://", "https://")):
            assert not MARKUP & set(line), line
            assert not re.search(r"(^|\W)_|_(\W|$)|__", line), line
            assert "://" not in line
            assert "javascript:" not in line
    for part in (told.subject, told.text.replace("\n", ""), told.html.replace("\n", "")):
        unseen = {unicodedata.category(letter) for letter in part.translate({0x2060: None})}
        assert unseen <= {c for c in unseen if not c.startswith("C")} | {"Cf"}
        assert part.count("\u2068") >= part.count("\u2069"), "no isolate is ended twice"
        assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u200b\u200e\u200f\ufeff") & set(part)
        part.encode("utf-8")
    page = Tags(told.html)
    assert page.tags <= LAYOUT | {"p", "bdi", "b", "br", "span", "h2", "a"}
    assert page.attributes <= {"style", "href", "class", "role", "width", *META}
    assert told.html.count("<style") == told.html.count("<table") == 1
    assert all(url == link(url) for url in page.links)


@pytest.mark.parametrize("kind", [MessageKind.ESCALATION, MessageKind.PRAISE, MessageKind.BLIND])
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_a_strangers_words_do_nothing_in_any_message(words: str, kind: MessageKind) -> None:
    told = everywhere(words, kind)
    check_inert(told)
    assert "evil.example" not in told.text
    assert "https://evil.example" not in told.html


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400), st.sampled_from([MessageKind.ESCALATION, MessageKind.PRAISE]))
@example("://", MessageKind.ESCALATION)
@example("éhttps://evil.example", MessageKind.PRAISE)
def test_no_text_whatever_does_anything_in_a_message(words: str, kind: MessageKind) -> None:
    check_inert(everywhere(words, kind))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_quoted_words_are_one_short_line(words: str) -> None:
    line = quoted(words, 120)
    assert len(line.splitlines()) <= 1
    assert len(line.translate(dict.fromkeys((0x2060, 0x2068, 0x2069)))) <= 120


def test_ordinary_words_are_quoted_as_they_are() -> None:
    words = "I've waited 40 minutes – “not my department”, she said… Café, naïve, 3.5 stars 🙂"
    assert quoted(words) == words


def test_long_words_are_cut_at_a_word() -> None:
    assert quoted("Nobody came to the desk for an hour", 20) == "Nobody came to the…"


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        ("https://www.example.org/r/a_b/x?y=1&z=2#c", "https://www.example.org/r/a_b/x?y=1&z=2#c"),
        ("HTTP://Example.org", "http://example.org"),
        ("https://example.org/ü (1)", "https://example.org/%C3%BC%20%281%29"),
        ("https://bank.example@evil.example/", ""),
        ("https://bank.example%2f@evil.example/", ""),
        ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org/x", ""),
        ("https://", ""),
        ("https://example.org:bad/", ""),
        ("https://exa mple.org/", ""),
        ("https://example.org/" + "a" * 400, ""),
        ("", ""),
    ],
)
def test_a_link_shows_where_it_leads_or_is_not_offered(url: str, offered: str) -> None:
    assert link(url) == offered


# -- what is said ---------------------------------------------------------------------------------


def test_a_poor_story_tells_what_why_whose_and_when_due() -> None:
    told = sent(
        story(priority=Priority.P1, in_press=True), changes=(Change.ESCALATED, Change.PRESS)
    )
    assert told.subject == (
        "P1 Foxglove: more urgent, now in the press – treated rudely, Port Ellery"
    )
    assert told.text.splitlines() == [
        "P1, more urgent, now in the press: treated rudely, Port Ellery",
        "“Nobody looked up.”",
        "Why: concerns a child",
        "For: frontstage, answer was due Tue 3 Nov 20:00; 3 posts, 40 reactions",
        "Story 2026-11-03-aaaa",
        "https://example.org/1",
        "",
        "All that is open: escalations.csv of 2026-11-03.",
        "To hear no more of one: moments silence STORY --until DATE.",
    ]


def test_a_viral_day_is_counts_and_the_three_most_urgent() -> None:
    many = [story(f"2026-11-03-{n:04x}", quote=f"Telling number {n}.") for n in range(200)]
    told = sent(*many)
    assert told.subject.endswith("and 199 more stories")
    assert told.text.startswith("200 stories: 200 new. The first 3:")
    assert told.text.count("“") == 3
    assert told.html.count("“") == 3


def test_a_resolved_story_tells_how_long_it_was_open_and_quotes_nobody() -> None:
    one = story(status=Status.RESOLVED, resolved_at=NOON + HOUR)
    text = sent(one, changes=(Change.RESOLVED,)).text
    assert "resolved: treated rudely" in text
    assert "Open since Tue 3 Nov 12:00" in text
    assert "“" not in text


def test_praise_names_who_did_it_and_no_priority() -> None:
    tie = story(kind=MessageKind.PRAISE, priority=None, reason="beyond", person="Samuel Okoro")
    told = sent(tie)
    assert told.subject.startswith("Foxglove, worth sharing: Samuel Okoro, more than was asked")
    assert "P2" not in told.text
    assert "silence" not in told.text


def test_a_blind_source_is_never_told_as_no_mentions() -> None:
    reddit = story(
        "source:reddit", kind=MessageKind.BLIND, story="reddit", why="It answers 429.",
        opened_at=NOON - HOUR,
    )  # fmt: skip
    told = sent(reddit)
    assert told.subject == "Foxglove: reddit not seen since Tue 3 Nov 11:00"
    assert "is unknown; that is not the same as nothing" in told.text
    assert "It answers 429." in told.text
    back = replace(reddit, status=Status.RESOLVED, resolved_at=NOON)
    assert "from Tue 3 Nov 11:00 to Tue 3 Nov 12:00" in sent(back, changes=(Change.RESOLVED,)).text


def test_times_are_those_of_the_brands_zone() -> None:
    there = replace(SETTING, zone=ZoneInfo("Pacific/Auckland"))
    one = Notice("care", MessageKind.ESCALATION, (News(story(), (Change.OPENED,)),))
    assert "due Wed 4 Nov 09:00" in message(one, there).text


def test_what_does_not_fit_a_chat_is_left_out_and_that_is_said() -> None:
    entries = tuple(Entry(f"Number {n} " + "x" * 200) for n in range(40))
    text = as_text(Letter("s", ("Opening.",), (Section("All", entries),), ("The end.",)))
    assert len(text) <= TEXT
    assert text.startswith("Opening.\n\nALL\nNumber 0")
    assert text.endswith("(The rest did not fit; the day's tables have it.)\n\nThe end.")


def test_the_mails_text_says_what_the_chat_does() -> None:
    told = sent(story())
    words = re.findall(r"\w+", told.text)
    assert set(words) <= set(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", told.html)))
