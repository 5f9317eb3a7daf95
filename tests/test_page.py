"""The page tells the day at a glance, loads nothing, and shows strangers' words as words."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import hostile
import pytest
from labelled import told as labelled
from pages_of import FRIDAY, Element, busy, hostile_page, html_of, labelled_page, read, shown
from posts import DAY, asked, day_of, told, written

from example.world import DAYS
from reports.dated import write_index
from reports.page import index
from reports.page.words import clean, marked, safe_link

pytestmark = pytest.mark.xdist_group("labelled")  # the week is told once, on one worker

TAGS = {
    "html", "head", "meta", "title", "link", "style", "script", "body", "header", "nav", "main",
    "section", "footer", "article", "figure", "figcaption", "h1", "h2", "h3", "p", "a", "ul", "ol",
    "li", "dl", "dt", "dd", "div", "span", "b", "i", "strong", "small", "mark", "bdi", "time",
    "blockquote", "data", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "form",
    "label", "input", "select", "option", "button", "svg", "g", "defs", "pattern", "path", "rect",
    "line", "text",
}  # fmt: skip


@pytest.fixture(scope="module")
def friday() -> Element:
    return read(labelled_page())


@pytest.fixture(scope="module")
def attacked() -> Element:
    return read(hostile_page())


@pytest.fixture(params=["friday", "attacked"])
def either(request: pytest.FixtureRequest) -> Element:
    return request.getfixturevalue(request.param)


def policy(root: Element) -> dict[str, str]:
    """The content security policy, rule by rule."""
    metas = root.all("meta")
    text = next(m for m in metas if "http-equiv" in m.attributes).attributes["content"]
    return dict(rule.strip().split(" ", 1) for rule in text.split(";"))


def quoted(root: Element) -> Iterator[Element]:
    return root.one("table", "moments").one("tbody").all("p", "quote")


def test_nothing_but_the_two_inline_files_may_run_or_load(either: Element) -> None:
    rules = policy(either)
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert (rules["base-uri"], rules["form-action"]) == ("'none'", "'none'")
    for tag in ("script", "style"):
        (inline,) = list(either.all(tag))
        assert not inline.attributes
        digest = b64encode(sha256("".join(map(str, inline.children)).encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


def test_only_our_own_elements_and_attributes_stand_in_it(either: Element) -> None:
    for element in either.all():
        assert element.tag in TAGS
        for name in element.attributes:
            assert not name.startswith("on")
            assert name not in ("style", "src", "srcset", "action", "formaction", "xlink:href")


def test_every_link_leads_to_the_web_or_to_a_place_we_know(either: Element) -> None:
    known = re.compile(r"https?://[\w.:-]+(/\S*)?|#[\w-]+|(moments|daily|coverage)\.csv|\.\./\S+")
    for link in either.all("a"):
        assert known.fullmatch(link.attributes["href"])
    assert [link.attributes["href"] for link in either.all("link")] == ["data:,"]
    metas = {meta.attributes.get("name"): meta.attributes["content"] for meta in either.all("meta")
             if "content" in meta.attributes}  # fmt: skip
    assert metas["referrer"] == "no-referrer"


def test_nothing_is_fetched_by_the_style_sheet() -> None:
    style = read(labelled_page()).one("style").text
    assert "@import" not in style
    assert set(re.findall(r"url\((.*?)\)", style)) == {"#hatch"}


def test_more_than_500_hostile_texts_are_shown_as_they_were_written(attacked: Element) -> None:
    payloads = hostile.payloads()
    assert len(payloads) > 500
    seen = {quote.text for quote in quoted(attacked)}
    missing = [words for words in payloads if clean(words[:280]) not in seen]
    assert missing == []


def test_a_hostile_brand_and_source_are_words_too(attacked: Element) -> None:
    assert attacked.one("h1").text == "</title><script>window.pwned=1</script>"
    assert "<img src=x onerror=pwned=1>" in attacked.one("table", "coverage").text


def test_what_strangers_wrote_cannot_turn_round_its_neighbours(attacked: Element) -> None:
    html = hostile_page().decode()
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)
    for quote in quoted(attacked):
        assert [child.tag for child in quote.children if isinstance(child, Element)] == ["bdi"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("a\x00b\x1b[31mred", "a b [31mred"),
        ("half an emoji \ud83d", "half an emoji \ufffd"),
        ("\u202eevil\u202c", "evil"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 3),
        ("two\r\n lines\u2028", "two lines"),
    ],
)
def test_words_are_one_line_that_shows(words: str, seen: str) -> None:
    assert clean(words) == seen


def test_the_words_that_decided_are_marked_where_they_stand() -> None:
    parts = marked("Nobody looked up, so I left.", 'poor: ignored "nobody looked up" (+1.8)')
    assert [(part.words, part.marked) for part in parts] == [
        ("Nobody looked up", True),
        (", so I left.", False),
    ]
    assert [part.marked for part in marked("So I left.", "poor: the telling as a whole")] == [False]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://bank.example@evil.example/", "data:text/html,x", ""]
)
def test_a_link_that_is_not_what_it_seems_is_not_offered(url: str) -> None:
    assert safe_link(url) is None


def test_the_same_day_is_the_same_bytes() -> None:
    labelled.cache_clear()
    assert html_of(shown(labelled(FRIDAY))) == labelled_page()


def test_the_page_is_whole_without_javascript(friday: Element) -> None:
    day = labelled(FRIDAY)
    text = friday.one("main").text
    told_of = shown(day).moments
    assert len(list(quoted(friday))) == len(told_of)
    for words in told_of["quote"]:
        assert clean(words) in text
    for heading in ("Today against normal", "Needs an answer", "To celebrate", "Coverage",
                    "The weeks behind it", "Where and why", "Consistency by place",
                    "How to read it"):  # fmt: skip
        assert heading in [h.text for h in friday.all("h2")]
    assert "hidden" in friday.one("form", "filters").attributes
    assert "Samuel Okoro" in text


def test_today_is_told_against_normal(friday: Element) -> None:
    posts = friday.one("article", "group").text
    assert posts.startswith("posts 17 mentions")
    assert "5 poor normally 9 to 20" in posts
    assert "Compared with 4 working days" in posts


def test_a_blind_source_is_told_at_the_top_and_in_the_coverage() -> None:
    root = read(html_of(shown(labelled(DAYS[3]))))
    assert "Not all was seen. port-ellery-courier failed." in root.one("header").text
    rows = {row.one("th").text: row for row in root.one("table", "coverage").one("tbody").all("tr")}
    assert rows["port-ellery-courier"].attributes["class"] == "unseen"
    assert "not in whole failed" in rows["port-ellery-courier"].text


def test_a_story_is_told_from_first_post_to_answer(friday: Element) -> None:
    card = next(c for c in friday.all("article", "card") if "salon" in c.one("h3").text)
    steps = [step.one("b").text for step in card.one("ol", "steps").all("li")]
    assert steps[0] == "First post"
    assert {"Press", "Spread", "Answer"} <= set(steps)
    assert "3 Nov" in card.one("figure", "bars").text


def test_every_chart_says_in_words_what_it_shows(friday: Element) -> None:
    charts = list(friday.all("figure", "chart"))
    assert len(charts) == 6
    for chart in charts:
        told_as = chart.one("div").attributes
        assert told_as["role"] == "img"
        assert re.search(r"moments per mention, 2 Nov to 6 Nov\. On the last day \d+ of \d+",
                         told_as["aria-label"])  # fmt: skip
        assert chart.one("svg").attributes["aria-hidden"] == "true"
    press = charts[-1].one("div").attributes["aria-label"]
    assert press.endswith("Not seen in whole on 5 Nov.")


def test_a_chart_names_local_days_wherever_it_is_drawn(friday: Element) -> None:
    labels = [text.text for text in friday.one("figure", "chart").all("text")]
    assert "6 Nov" in labels


def test_the_map_counts_every_moment_once(friday: Element) -> None:
    table = friday.one("table", "heat")
    sums = [int(cell.text) for cell in table.all("td", "sum")]
    assert sum(sums) == len(shown(labelled(FRIDAY)).moments)
    cell = next(link for link in table.all("a"))
    assert cell.attributes["data-filter"].startswith("verdict=poor&reason=")


def test_a_day_without_anything_is_a_page_too() -> None:
    quiet = day_of(told({}).head(0), asked(), ["reddit"], DAY)
    root = read(html_of(shown(quiet)))
    assert "0 poor and 0 exceptional moments in 0 mentions." in root.one("header").text
    assert "reddit was not asked" in root.one("header").text
    assert "No moment was found on this day." in root.one("main").text


def test_2000_moments_stay_under_two_megabytes() -> None:
    assert len(html_of(busy(2000))) < 2_000_000


def test_moments_beyond_what_a_browser_filters_at_once_are_counted() -> None:
    assert "5 more in moments.csv." in read(html_of(busy(3005))).one("main").text


def test_the_index_leads_to_every_page_the_latest_first(tmp_path: Path) -> None:
    for day in (DAYS[3], FRIDAY):
        written(labelled(day), tmp_path)
    (path,) = write_index(tmp_path)
    root = read(path.read_bytes())
    links = [link.attributes["href"] for link in root.all("a")]
    assert links == ["2026-11-06/foxglove/report.html", "2026-11-05/foxglove/report.html"]
    assert all((tmp_path / link).exists() for link in links)
    assert "port-ellery-courier" in root.one("tbody").text
    assert write_index(tmp_path) == []


def test_an_index_is_safe_and_whole_whatever_lies_in_the_folder(tmp_path: Path) -> None:
    name = "</script><b>A&W</b>"
    day = replace(shown(labelled(FRIDAY)), brand=name)
    for folder, html in (("a&w", html_of(day)), ("alien", b"<html><meta name=service-moments>")):
        (tmp_path / "2026-11-06" / folder).mkdir(parents=True)
        (tmp_path / "2026-11-06" / folder / "report.html").write_bytes(html)
    root = read(index(tmp_path))
    assert [heading.text for heading in root.all("h2")] == [name]
    assert root.one("a").attributes["href"] == "2026-11-06/a%26w/report.html"
    assert "script-src" not in policy(root)


def test_an_index_of_nothing_says_so(tmp_path: Path) -> None:
    assert "No day has been told yet." in read(index(tmp_path)).one("header").text


def test_a_page_is_written_with_the_days_tables(tmp_path: Path) -> None:
    folder = written(labelled(FRIDAY), tmp_path)
    assert (folder / "report.html").read_bytes() == labelled_page()
    assert date.fromisoformat(folder.parent.name) == FRIDAY
