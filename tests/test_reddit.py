"""Reddit: walks that lose nothing, and errors that say what to do."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from reddit_server import TOKEN, RedditServer, answer, listing, reddit_server, submission

from data.records import Post, Query, RawPage
from data.vocabulary import Outcome
from sources.errors import Blocked, Changed, Gone, SourceError, Throttled, Unreachable
from sources.exchange import Limits
from sources.http import Client
from sources.pace import Pace
from sources.reddit import Reddit
from sources.reddit_options import RedditOptions, walks

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
QUERY = Query("Foxglove", ("Foxglove", "Foxglove Direct"), SINCE, NOW)
TOKEN_PATH = "/api/v1/access_token"


@pytest.fixture
def server() -> Iterator[RedditServer]:
    with reddit_server() as running:
        yield running


def reddit(server: RedditServer, pace: Pace | None = None, **options: Any) -> Reddit:
    given = {"client_id": "otter", "client_secret": "hush", "oauth_url": server.url, **options}
    limits = Limits(seconds=2, interval=0)
    client = Client("reddit", allowed_hosts=["127.0.0.1"], limits=limits, pace=pace or Pace())
    return Reddit(RedditOptions.model_validate(given), client)


def at(hours: float) -> float:
    """Return a stamp so many hours before the run."""
    return (NOW - timedelta(hours=hours)).timestamp()


def fetched(source: Reddit, cursor: str | None = None) -> tuple[list[Post], list[RawPage]]:
    pages = list(source.fetch(QUERY, cursor))
    return [post for page in pages for post in source.parse(page)], pages


def refused(server: RedditServer, **options: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        fetched(reddit(server, **options))
    return caught.value


# Walks


def test_a_walk_goes_back_to_where_posts_are_too_old(server: RedditServer) -> None:
    server.things = [submission(n, at(n)) for n in range(400)]
    posts, pages = fetched(reddit(server))
    assert {post.native_id for post in posts} >= {f"t3_p{n}" for n in range(7 * 24)}
    assert len(pages) == 2
    assert [page.outcome for page in pages] == ["ok", "ok"]


def test_the_next_walk_ends_at_the_last_one_with_an_overlap(server: RedditServer) -> None:
    server.things = [submission(n, at(n)) for n in range(10, 160)]
    _, pages = fetched(reddit(server))
    late = submission(998, at(10.2))  # appeared in the listing after the first walk
    server.things = [submission(999, at(1)), late, *server.things]
    posts, again = fetched(reddit(server), pages[-1].cursor)
    assert len(again) == 1
    assert {"t3_p999", "t3_p998"} <= {post.native_id for post in posts}


def test_the_watermark_moves_only_when_the_walk_is_complete(server: RedditServer) -> None:
    server.things = [submission(n, at(n / 2)) for n in range(250)]
    _, pages = fetched(reddit(server))
    assert [json.loads(page.cursor) for page in pages[:-1]] == [{}, {}]
    assert list(json.loads(pages[-1].cursor).values()) == ["2026-03-02T12:00:00+00:00"]


def test_a_walk_that_fails_half_way_is_walked_again(server: RedditServer) -> None:
    server.things = [submission(n, at(n / 2)) for n in range(250)]

    def fail_on_the_second(params: dict[str, str]) -> Any:
        return answer({}, 503) if "after" in params else answer(server._page(params))

    server.replies["/search"] = fail_on_the_second
    pages = reddit(server).fetch(QUERY, None)
    assert json.loads(next(pages).cursor) == {}
    with pytest.raises(Unreachable):
        next(pages)


def test_a_post_from_the_future_does_not_hide_those_before_it(server: RedditServer) -> None:
    server.things = [submission(1, at(-500)), submission(2, at(3))]
    posts, pages = fetched(reddit(server))
    assert list(json.loads(pages[-1].cursor).values()) == ["2026-03-02T09:00:00+00:00"]
    server.things = [server.things[0], submission(3, at(1)), server.things[1]]
    posts, _ = fetched(reddit(server), pages[-1].cursor)
    assert "t3_p3" in {post.native_id for post in posts}


def test_one_back_dated_post_does_not_end_a_walk(server: RedditServer) -> None:
    server.things = [submission(n, at(n / 10)) for n in range(150)]
    server.things.insert(99, submission(998, at(9_000)))
    _, pages = fetched(reddit(server))
    assert len(pages) == 2


def test_a_listing_that_ends_at_its_cap_is_truncated(server: RedditServer) -> None:
    server.things = [submission(n, at(n / 100)) for n in range(1_200)]
    posts, pages = fetched(reddit(server))
    assert len(posts) == 1_000
    assert pages[-1].outcome is Outcome.TRUNCATED
    assert "run more often" in pages[-1].detail
    assert {page.outcome for page in pages[:-1]} == {Outcome.OK}
    _, pages = fetched(reddit(server), pages[-1].cursor)
    assert [page.outcome for page in pages] == [Outcome.OK]


def test_an_empty_search_is_no_error(server: RedditServer) -> None:
    posts, pages = fetched(reddit(server))
    assert (posts, [page.outcome for page in pages]) == ([], [Outcome.EMPTY])


def test_communities_are_read_for_posts_and_comments(server: RedditServer) -> None:
    fetched(reddit(server, searches=False, communities=["saltmarsh", "portellery"]))
    names = "/r/portellery+saltmarsh"
    assert server.asked == [TOKEN_PATH, f"{names}/new", f"{names}/comments"]


def test_replies_are_read_of_the_posts_that_are_asked_for(server: RedditServer) -> None:
    more = {"kind": "more", "data": {"count": 4, "children": ["c2"]}}
    thread = [listing(submission(1, at(1))), listing(more)]
    server.replies["/comments/p1"] = lambda params: answer(thread)
    server.replies["/comments/p2"] = lambda params: answer({}, 404)
    query = Query("Foxglove", (), SINCE, NOW, ("t3_p1", "t3_p2", "t1_c7", "https://x.example/"))
    pages = list(reddit(server, searches=False).fetch(query, None))
    assert server.asked[1:] == ["/api/info", "/comments/p1", "/comments/p2"]
    assert [page.outcome for page in pages] == [Outcome.OK, Outcome.TRUNCATED]
    assert "4 replies" in pages[1].detail


def test_a_thread_is_read_again_only_when_it_grew(server: RedditServer) -> None:
    def asked(cursor: str | None, hours: int, comments: int) -> tuple[list[str], str]:
        server.things = [submission(1, at(1), num_comments=comments)]
        server.replies["/comments/p1"] = lambda params: answer([listing(*server.things)])
        query = Query("Foxglove", (), SINCE, NOW + timedelta(hours=hours), ("t3_p1",))
        server.asked.clear()
        pages = list(reddit(server, searches=False).fetch(query, cursor))
        return server.asked[1:], pages[-1].cursor

    first, cursor = asked(None, 0, 2)
    quiet, cursor = asked(cursor, 1, 2)
    grown, _ = asked(cursor, 2, 3)
    assert first == grown == ["/api/info", "/comments/p1"]
    assert quiet == ["/api/info"]


def test_the_replies_to_a_post_that_was_just_found_are_read_in_the_same_run(
    server: RedditServer,
) -> None:
    server.things = [submission(1, at(1)), submission(2, at(2)), submission(3, at(3))]
    server.things[1]["data"]["num_comments"] = 0
    server.replies["/comments/p1"] = lambda params: answer([listing(server.things[0]), listing()])
    found = list[str]()

    def fresh() -> tuple[str, ...]:
        found.extend(server.asked)  # asked for when the listings have been walked
        return ("t3_p1", "t3_p2", "https://x.example/")

    def asked(cursor: str | None) -> tuple[list[str], str]:
        server.asked.clear()
        query = Query("Foxglove", ("Foxglove",), SINCE, NOW, fresh=fresh)
        pages = list(reddit(server).fetch(query, cursor))
        return server.asked[1:], pages[-1].cursor

    first, cursor = asked(None)
    assert found == [TOKEN_PATH, "/search"]
    assert first == ["/search", "/comments/p1"]
    known = Query("Foxglove", ("Foxglove",), SINCE, NOW, ("t3_p1",))
    server.asked.clear()
    list(reddit(server).fetch(known, cursor))
    assert server.asked[1:] == ["/search", "/api/info"]


def test_a_known_comment_that_was_taken_back_comes_without_its_words(server: RedditServer) -> None:
    source = reddit(server, searches=False, replies=False)
    gone = {"id": "c1", "name": "t1_c1", "body": "[deleted]", "author": "[deleted]"}
    server.things = [{"kind": "t1", "data": {**submission(1, at(1))["data"], **gone}}]
    query = Query("Foxglove", (), SINCE, NOW, ("t1_c1",))
    (post,) = [post for page in source.fetch(query, None) for post in source.parse(page)]
    assert server.asked[1:] == ["/api/info"]
    assert (post.native_id, post.deleted, post.text) == ("t1_c1", True, "")


def test_a_thread_without_comments_is_not_read(server: RedditServer) -> None:
    server.things = [submission(1, at(1), num_comments=0)]
    query = Query("Foxglove", (), SINCE, NOW, ("t3_p1",))
    list(reddit(server, searches=False).fetch(query, None))
    assert server.asked[1:] == ["/api/info"]


def test_long_lists_of_terms_are_split_into_searches_that_reddit_takes() -> None:
    options = RedditOptions(client_id="x", client_secret="y")
    terms = tuple(f'Foxglove "branch" number {number}' for number in range(60))
    found = [dict(walk.params)["q"] for walk in walks(options, Query("F", terms, SINCE, NOW))]
    assert len(found) > 1
    assert all(len(words) <= 512 for words in found)
    assert sum(words.count(" OR ") + 1 for words in found) == 60


# Errors


def test_wrong_credentials_say_what_to_check(server: RedditServer) -> None:
    server.token = answer({"message": "Unauthorized", "error": 401}, 401)
    error = refused(server, communities=["saltmarsh"])
    assert isinstance(error, Blocked)
    assert "check client_id and client_secret" in str(error)
    assert server.asked == [TOKEN_PATH]


def test_a_refused_sign_in_is_blocked_though_its_status_is_200(server: RedditServer) -> None:
    server.token = answer({"error": "unsupported_grant_type"})
    assert isinstance(refused(server), Blocked)


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (401, {}, Blocked),
        (401, {"www_authenticate": 'Bearer error="invalid_token"'}, Blocked),
        (403, {}, Blocked),
        (451, {}, Blocked),
        (404, {}, Gone),
        (302, {"Location": "/subreddits/search"}, Gone),
        (302, {}, Gone),
        (400, {}, Changed),
        (500, {}, Unreachable),
        (503, {}, Unreachable),
        (408, {}, Unreachable),
        (429, {"Retry_After": "soon"}, Throttled),
    ],
)
def test_every_status_is_an_error_of_ours_and_is_not_tried_again(
    server: RedditServer, status: int, headers: dict[str, str], error: type[SourceError]
) -> None:
    server.replies["/search"] = lambda params: answer({"message": "no"}, status, **headers)
    found = refused(server)
    assert type(found) is error
    assert str(found).endswith(".")
    assert server.asked == [TOKEN_PATH, "/search"]


@pytest.mark.parametrize(
    "body",
    [b"<html>maintenance</html>", b"", b"null", b"[]", b'{"kind": "Listing"}', b'{"error": 1}'],
)
def test_an_answer_of_another_shape_is_changed(server: RedditServer, body: bytes) -> None:
    server.replies["/search"] = lambda params: (200, {}, body)
    assert isinstance(refused(server), Changed)


@pytest.mark.parametrize(
    "token",
    [
        answer({}),
        answer([]),
        answer({**TOKEN, "expires_in": "soon"}),
        answer({**TOKEN, "scope": None}),
        (200, {}, b"<html>"),
        answer({}, 302),
    ],
)
def test_a_sign_in_of_another_shape_is_an_error_of_ours(server: RedditServer, token: Any) -> None:
    server.token = token
    assert isinstance(refused(server), Changed | Gone)


def test_reddit_is_left_alone_for_as_long_as_it_says(server: RedditServer) -> None:
    server.replies["/search"] = lambda params: answer({}, 429, Retry_After="90")
    source = reddit(server)
    for _ in range(2):
        with pytest.raises(Throttled) as caught:
            fetched(source)
        assert 80 < (caught.value.retry_after or 0) <= 90
    assert server.asked.count("/search") == 1


def spent(server: RedditServer, reset: str) -> tuple[Reddit, list[float]]:
    """Return a source whose rate limit is used up after one question, and how long it sleeps."""
    slept: list[float] = []
    limit = {"x_ratelimit_remaining": "0.0", "x_ratelimit_used": "996", "x_ratelimit_reset": reset}
    server.replies["/r/saltmarsh/new"] = lambda params: answer(listing(), **limit)
    pace = Pace(sleep=slept.append, clock=lambda: 0.0)
    return reddit(server, pace, searches=False, communities=["saltmarsh"]), slept


def test_a_used_up_rate_limit_is_waited_for(server: RedditServer) -> None:
    source, slept = spent(server, reset="30")
    fetched(source)
    assert slept == [30.0]


def test_a_rate_limit_used_up_for_minutes_is_told_instead(server: RedditServer) -> None:
    source, slept = spent(server, reset="500")
    with pytest.raises(Throttled):
        fetched(source)
    assert slept == []


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with reddit_server() as gone:
        pass
    assert isinstance(refused(gone), Unreachable)


def test_a_private_community_does_not_keep_the_rest_from_being_read(server: RedditServer) -> None:
    server.things = [submission(1, at(1))]
    server.replies["/r/saltmarsh/new"] = lambda params: answer({"reason": "private"}, 403)
    source = reddit(server, communities=["saltmarsh"])
    pages = source.fetch(QUERY, None)
    assert [source.parse(next(pages))[0].native_id for _ in range(2)] == ["t3_p1", "t3_p1"]
    with pytest.raises(Blocked, match="client_id"):
        next(pages)


def test_no_secret_reaches_an_error(server: RedditServer) -> None:
    server.token = answer({}, 500)
    error = refused(server)
    shown = f"{error!r} {error.url} {error.__cause__!r}"
    assert "hush" not in shown


def test_settings_of_the_environment_do_not_sign_in_as_somebody(
    server: RedditServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("username", "password", "client_secret"):
        monkeypatch.setenv(f"praw_{name}", "intruder")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    fetched(reddit(server))
    assert server.asked == [TOKEN_PATH, "/search"]
    assert "grant_type=client_credentials" in server.posted[0]


@pytest.mark.parametrize(
    "options", [{"client_secret": ""}, {"communities": ["../x"]}, {"user_agent": "x"}]
)
def test_options_that_cannot_work_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RedditOptions.model_validate({"client_id": "x", "client_secret": "y", **options})


def test_an_odd_entry_is_skipped_and_told(server: RedditServer) -> None:
    server.replies["/search"] = lambda params: answer(
        listing(submission(1, at(1)), {"kind": "t3", "data": {"id": "p2"}}, 17)
    )
    posts, pages = fetched(reddit(server))
    assert [post.native_id for post in posts] == ["t3_p1"]
    assert "2 entries had a shape that is not known" in pages[0].detail
