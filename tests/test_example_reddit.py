"""The example's Reddit, as praw and bare clients meet it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import praw
import pytest
from asking_example import FRIDAY, HTTP, MONDAY, SATURDAY, TEXTS, THURSDAY, WEDNESDAY, get

from example.reddit_api import CLIENT_ID, CLIENT_SECRET
from example.server import Running, serve
from example.world import DAYS, TIME_ZONE, World, evening


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
