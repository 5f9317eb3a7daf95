"""What Reddit answers, read: whole, odd, taken back, or no listing at all."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reddit_server import listing, submission

from sources.listing import NotAListing, read_listing

BODIES = Path(__file__).parents[2] / "shared" / "feeds" / "praw_bodies"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "more",
    [
        {"removed_by_category": "moderator"},
        {"author": "[deleted]"},
        {"selftext": "[removed]"},
        {"selftext": "[deleted]", "author": "[deleted]"},
    ],
)
def test_what_was_taken_away_is_deleted_and_empty(more: dict[str, object]) -> None:
    body = json.dumps(listing(submission(1, NOW.timestamp(), **more))).encode()
    (post,) = read_listing(body, NOW).posts
    assert post.deleted
    assert (post.title, post.text) == ("", "")


def test_a_very_deep_thread_is_read_to_its_end() -> None:
    replies: object = ""
    for number in range(100):
        data = {"name": f"t1_c{number}", "body": "so", "replies": replies}
        replies = listing({"kind": "t1", "data": data})
    assert len(read_listing(json.dumps(replies).encode(), NOW).posts) == 100


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{", b"17", b"\xff\xfe", b'"Listing"'])
def test_what_is_no_listing_is_told_whatever_it_is(body: bytes) -> None:
    with pytest.raises(NotAListing):
        read_listing(body, NOW)


@pytest.mark.skipif(not BODIES.exists(), reason="needs ../shared/feeds")
def test_real_answers_of_reddit_are_read_whole() -> None:
    bodies = [path.read_bytes() for path in sorted(BODIES.glob("*_200.json"))]
    listings = [read_listing(body, NOW) for body in bodies if b'"Listing"' in body[:20]]
    posts = [post for one in listings for post in one.posts]
    assert len(listings) >= 25
    assert len(posts) > 1_300
    assert sum(one.odd for one in listings) <= 1  # one was doctored by its test
    assert all(post.published_at and post.url.startswith("https://www.") for post in posts)
