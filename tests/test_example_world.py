"""The example's week: its texts and their labels, its clock, its files and addresses."""

import csv
import json
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from asking_example import (
    HTTP,
    TEXTS,
    TUESDAY,
    WEDNESDAY,
    get,
    read,
)

from data.vocabulary import Churn, Reason, Stage, Teller, Touchpoint, Verdict
from example import watchlist
from example.feeds_api import FEEDS
from example.reviews import FIELDS, FILES, write_reviews
from example.server import Running, serve
from example.texts import read_week
from example.world import DAYS, TIME_ZONE, World, evening

LABELS = [
    label for text in TEXTS for label in (text.label, *(v.label for v in text.versions if v.label))
]
EXCEPTIONAL = {
    Reason.BEYOND, Reason.WARM, Reason.SOLVED, Reason.FAST, Reason.OWNED, Reason.PRAISE
}  # fmt: skip


@pytest.fixture
def running() -> Iterator[Running]:
    with serve() as running:
        yield running


def test_the_week_is_long_enough_and_its_ids_are_unique() -> None:
    assert len(TEXTS) >= 190
    assert len({text.id for text in TEXTS}) == len(TEXTS)


def test_every_day_of_the_week_has_texts() -> None:
    assert {text.appears_at.astimezone(TIME_ZONE).date() for text in TEXTS} == set(DAYS)


def test_every_label_is_made_of_the_vocabulary() -> None:
    for label in LABELS:
        verdict = Verdict(label.verdict)
        Teller(label.teller), Touchpoint(label.touchpoint), Stage(label.stage), Churn(label.churn)
        if verdict is Verdict.NEITHER:
            assert label.reason is None, label
        else:
            reason = Reason(label.reason or "")
            assert (reason in EXCEPTIONAL) == (verdict is Verdict.EXCEPTIONAL), label
        assert label.mention or verdict is Verdict.NEITHER, label


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("verdict", set(Verdict) - {Verdict.UNJUDGED}),
        ("reason", set(Reason) | {None}),
        ("teller", set(Teller)),
        ("touchpoint", set(Touchpoint)),
        ("stage", set(Stage)),
        ("churn", set(Churn)),
        ("tone", {None, "robotic", "owned"}),
    ],
)
def test_the_labels_use_every_word_there_is(field: str, words: set[str | None]) -> None:
    assert {getattr(label, field) for label in LABELS} == words


def test_a_named_employee_is_named_in_the_text() -> None:
    named = [text for text in TEXTS if text.label.person]
    assert len(named) >= 20
    for text in named:
        assert str(text.label.person) in f"{text.title}\n{text.text}", text.id


def test_a_story_is_told_more_than_once() -> None:
    stories = [text.label.story for text in TEXTS if text.label.story]
    assert {"salon", "tie", "lost-lamp", "lost-coat"} <= set(stories)
    assert min(stories.count(story) for story in stories) >= 2


def test_a_comment_comes_after_what_it_answers() -> None:
    texts = {text.id: text for text in TEXTS}
    for text in TEXTS:
        if text.parent:
            assert text.parent in texts
            assert texts[text.parent].appears_at < text.appears_at, text.id
            assert texts[text.thread or ""].parent is None


def test_a_broken_line_of_the_week_is_named(tmp_path: Path) -> None:
    (tmp_path / "week.jsonl").write_text('\n{"id": "t3_a"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"week\.jsonl, line 2"):
        list(read_week(tmp_path))


def test_the_clock_is_set_over_http(running: Running) -> None:
    answer = HTTP.post(f"{running.base_url}/clock", content="2026-11-04T23:30:00+00:00")
    assert answer.json() == {"now": "2026-11-04T23:30:00+00:00"}
    assert running.world.now == evening(WEDNESDAY)


@pytest.mark.parametrize("time", ["tomorrow", "2026-11-04T23:30:00"])
def test_a_time_without_a_zone_is_refused(running: Running, time: str) -> None:
    before = running.world.now
    assert HTTP.post(f"{running.base_url}/clock", content=time).status_code == 400
    assert running.world.now == before


def test_nothing_is_shown_before_it_appears(running: Running) -> None:
    first = min(text.appears_at for text in TEXTS)
    running.world.now = first - timedelta(seconds=1)
    assert get(running, "/r/all/new").json()["data"]["children"] == []
    assert read(HTTP.get(f"{running.base_url}/courier.rss")).entries == []


def test_the_review_files_are_those_of_the_week(tmp_path: Path) -> None:
    write_reviews(World(), tmp_path)
    for path in tmp_path.iterdir():
        assert (FILES / path.name).read_bytes() == path.read_bytes()
    assert len(list(tmp_path.iterdir())) == len(list(FILES.iterdir())) == 2


def test_the_review_files_grow_with_the_days(tmp_path: Path) -> None:
    world = World(now=evening(TUESDAY))
    write_reviews(world, tmp_path)
    lines = (tmp_path / "coast.jsonl").read_text(encoding="utf-8").splitlines()
    with (tmp_path / "inland.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    found = [json.loads(line) for line in lines] + rows
    assert {review["id"] for review in found} == {review.id for review in world.shown("reviews")}
    assert set(rows[0]) == set(FIELDS)
    assert max(review["published_at"] for review in found) < "2026-11-04"


def test_the_watchlist_is_toml_that_names_the_server() -> None:
    found = tomllib.loads(watchlist("http://127.0.0.1:4321/", reviews="/tmp/reviews"))
    urls = [source["url"] for source in found["sources"] if source["kind"] == "feed"]
    assert len(urls) == len(FEEDS) + 1
    assert all(url.startswith("http://127.0.0.1:4321/") for url in urls)
    [files] = [source for source in found["sources"] if source["kind"] == "files"]
    assert files["paths"] == ["/tmp/reviews/*.jsonl", "/tmp/reviews/*.csv"]


def test_a_text_is_found_by_what_sources_call_it(running: Running) -> None:
    news = read(HTTP.get(f"{running.base_url}/news/search", params={"q": "shouted"}))
    found = running.world.find(news.entries[0].id)
    assert found
    assert news.entries[0].title.startswith(found.title)
    for native_id in ("t1_zsaloc08", "127.0.0.1:8765/courier.rss#000417", "00123"):
        assert running.world.find(native_id)
    assert running.world.find("t3_nobody") is None


def test_no_platform_serves_a_label(running: Running) -> None:
    pages = [HTTP.get(running.base_url + path).text for path in FEEDS]
    pages.append(HTTP.get(f"{running.base_url}/news/search?q=foxglove").text)
    pages.append(get(running, "/search", q="foxglove", limit="100").text)
    pages.append(get(running, "/comments/zsalon01").text)
    assert not [page for page in pages if "touchpoint" in page or "verdict" in page]


def test_an_unknown_path_is_not_found(running: Running) -> None:
    assert HTTP.get(f"{running.base_url}/robots.txt").status_code == 404
    assert get(running, "/comments/nosuch").status_code == 404
