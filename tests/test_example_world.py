"""The example's week: its texts, its clock, and the platforms as real clients meet them."""

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import httpx
import praw
import pytest

from data.vocabulary import Churn, Reason, Stage, Teller, Touchpoint, Verdict
from example import watchlist
from example.feeds_api import FEEDS
from example.reddit_api import CLIENT_ID, CLIENT_SECRET
from example.reviews import FIELDS, FILES, write_reviews
from example.searching import matches
from example.server import Running, serve
from example.texts import read_week
from example.world import DAYS, TIME_ZONE, World, evening

HTTP = httpx.Client()  # one for all: each new one reads the certificates again
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
TEXTS = tuple(read_week())
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


@pytest.fixture
def reddit(running: Running) -> praw.Reddit:
    return praw.Reddit(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        user_agent="linux:example.tests:1 (by /u/example)",
        oauth_url=running.base_url,
        reddit_url=running.base_url,
        check_for_updates=False,
        check_for_async=False,
    )


def get(running: Running, path: str, **params: str) -> httpx.Response:
    """Ask Reddit with its token, as a client without praw would."""
    token = HTTP.post(
        f"{running.base_url}/api/v1/access_token",
        auth=(CLIENT_ID, CLIENT_SECRET),
        data={"grant_type": "client_credentials"},
    ).json()["access_token"]
    headers = {"authorization": f"bearer {token}"}
    return HTTP.get(running.base_url + path, params=params, headers=headers)


def read(response: httpx.Response) -> Any:
    media_type = {"content-type": response.headers["content-type"]}
    return feedparser.parse(io.BytesIO(response.content), response_headers=media_type)


# The texts and their labels


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


# The clock


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


# Reddit


def test_praw_pages_through_a_search(reddit: praw.Reddit) -> None:
    found = [post.fullname for post in reddit.subreddit("all").search("foxglove", limit=None)]
    expected = {
        text.id
        for text in World().shown("r/")
        if not text.parent
        and not text.deleted
        and "foxglove" in f"{text.title} {text.text}".casefold()
    }
    assert len(found) > 100
    assert sorted(found) == sorted(expected)


def test_a_bare_request_of_praw_gets_a_listing(reddit: praw.Reddit) -> None:
    params = {"q": "foxglove", "sort": "new", "limit": 100}
    found: Any = reddit.request(method="GET", path="search", params=params)
    assert found["kind"] == "Listing"
    assert found["data"]["after"] == found["data"]["children"][-1]["data"]["name"]
    created = [child["data"]["created_utc"] for child in found["data"]["children"]]
    assert created == sorted(created, reverse=True)


def test_praw_reads_several_communities_at_once(reddit: praw.Reddit) -> None:
    towns = reddit.subreddit("portellery+saltmarsh")
    assert {vars(post)["subreddit"].display_name for post in towns.new(limit=None)} == {
        "portellery",
        "saltmarsh",
    }
    comments = list(towns.comments(limit=None))
    assert {"body", "link_id", "parent_id", "permalink"} <= vars(comments[0]).keys()


def test_praw_reads_a_thread_with_its_answers(reddit: praw.Reddit) -> None:
    post = reddit.submission("zsalon01")
    bodies = {comment.fullname: comment for comment in post.comments.list()}
    assert post.num_comments == len(bodies)
    assert bodies["t1_zsaloc08"].parent_id == "t1_zsaloc07"
    assert [reply.fullname for reply in bodies["t1_zsaloc07"].replies] == ["t1_zsaloc08"]


def test_a_crosspost_carries_its_original(reddit: praw.Reddit) -> None:
    post = vars(next(reddit.info(fullnames=["t3_zsalon05"])))
    assert post["selftext"] == ""
    assert post["crosspost_parent_list"][0]["name"] == "t3_zsalon01"


def test_votes_come_in_for_a_day(running: Running) -> None:
    appeared = World().get("t3_zsalon01")
    assert appeared
    scores = []
    for hours in (1, 12, 24, 48):
        running.world.now = appeared.appears_at + timedelta(hours=hours)
        [child] = get(running, "/api/info", id="t3_zsalon01").json()["data"]["children"]
        scores.append(child["data"]["score"])
    assert scores[0] < scores[1] < scores[2] == scores[3] == appeared.score


def test_an_edit_shows_from_its_day_on(running: Running, reddit: praw.Reddit) -> None:
    running.world.now = evening(WEDNESDAY)
    assert not next(reddit.info(fullnames=["t3_zedit001"])).edited
    running.world.now = evening(THURSDAY)
    post = next(reddit.info(fullnames=["t3_zedit001"]))
    assert post.edited > post.created_utc
    assert "resolved" in post.selftext
    found = running.world.get("t3_zedit001")
    assert found
    assert (found.label.verdict, found.label.person) == ("exceptional", "Ruth Amory")


@pytest.mark.parametrize(
    ("name", "gap", "category"),
    [("t3_zgone001", "[deleted]", "deleted"), ("t3_zgone002", "[removed]", "moderator")],
)
def test_a_deleted_post_leaves_the_listings_but_is_still_answered_for(
    running: Running, reddit: praw.Reddit, name: str, gap: str, category: str
) -> None:
    running.world.now = evening(WEDNESDAY)
    assert name in {post.fullname for post in reddit.subreddit("all").new(limit=None)}
    running.world.now = evening(FRIDAY)
    assert name not in {post.fullname for post in reddit.subreddit("all").new(limit=None)}
    post = vars(next(reddit.info(fullnames=[name])))
    assert (post["selftext"], post["removed_by_category"]) == (gap, category)
    assert get(running, f"/comments/{name[3:]}").status_code == 200


def test_a_deleted_comment_that_nothing_answers_is_gone(
    running: Running, reddit: praw.Reddit
) -> None:
    def comments() -> set[str]:
        return {comment.fullname for comment in reddit.submission("zpoor004").comments.list()}

    running.world.now = evening(MONDAY)
    assert "t1_zgonec01" in comments()
    running.world.now = evening(WEDNESDAY)
    assert "t1_zgonec01" not in comments()
    assert vars(next(reddit.info(fullnames=["t1_zgonec01"])))["body"] == "[deleted]"


def test_a_late_post_turns_up_deep_down(running: Running) -> None:
    def names() -> list[str]:
        found = get(running, "/r/portellery/new", limit="100").json()
        return [child["data"]["name"] for child in found["data"]["children"]]

    running.world.now = evening(THURSDAY)
    assert "t3_zlate001" not in names()
    running.world.now = evening(FRIDAY)
    assert names().index("t3_zlate001") > 10


def test_reddit_turns_every_read_away_on_saturday_and_shows_it_all_on_sunday(
    running: Running,
) -> None:
    for day in DAYS:
        running.world.now = evening(day)
        expected = 429 if day == SATURDAY else 200
        for path in ("/search", "/r/portellery/new", "/comments/zsalon01", "/api/info"):
            if day != MONDAY:  # when the salon's post is not there yet
                assert get(running, path, q="foxglove").status_code == expected, (day, path)
    found = get(running, "/search", q="foxglove", limit="100").json()["data"]["children"]
    days = {datetime.fromtimestamp(c["data"]["created_utc"], TIME_ZONE).date() for c in found}
    assert SATURDAY in days


def test_reddit_asks_for_a_second_s_patience_when_throttled(running: Running) -> None:
    running.world.now = evening(SATURDAY)
    answer = get(running, "/search", q="foxglove")
    assert answer.headers["retry-after"] == "1"
    assert "x-ratelimit-remaining" not in answer.headers  # praw would sleep until its reset


@pytest.mark.parametrize("auth", [(CLIENT_ID, "wrong"), ("wrong", CLIENT_SECRET), None])
def test_wrong_credentials_are_refused(running: Running, auth: tuple[str, str] | None) -> None:
    answer = HTTP.post(
        f"{running.base_url}/api/v1/access_token",
        auth=auth,
        data={"grant_type": "client_credentials"},
    )
    assert answer.status_code == 401
    assert "www-authenticate" in answer.headers


def test_a_request_without_the_token_is_refused(running: Running) -> None:
    answer = HTTP.get(f"{running.base_url}/search", params={"q": "foxglove"})
    assert answer.status_code == 401
    assert "invalid_token" in answer.headers["www-authenticate"]


def test_markup_comes_as_entities_unless_the_client_asks_for_it_raw(running: Running) -> None:
    def title(**params: str) -> str:
        [child] = get(running, "/api/info", id="t3_zhost003", **params).json()["data"]["children"]
        return str(child["data"]["title"])

    assert title().startswith("&lt;script&gt;")
    assert title(raw_json="1").startswith("<script>")


def test_hostile_texts_arrive_as_they_are(running: Running) -> None:
    names = {text.id: text for text in TEXTS if text.id.startswith("t3_zhost")}
    found = get(running, "/api/info", id=",".join(names), raw_json="1").json()
    served = {child["data"]["name"]: child["data"] for child in found["data"]["children"]}
    assert served.keys() == names.keys()
    for name, text in names.items():
        assert (served[name]["title"], served[name]["selftext"]) == (text.title, text.text)
    assert max(len(text.text) for text in names.values()) == 40_000


# Feeds and the news search


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


# Files, addresses, answers


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
