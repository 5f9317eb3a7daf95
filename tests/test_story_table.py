"""A story's row says what was told, by whom, how far it travels and how it was answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from labelled import week
from posts import bounds, told

from analysis.persons import fullest
from analysis.places import with_places
from analysis.story_table import story_table
from data.frames import check
from data.schemas import STORIES
from example.world import DAYS

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
END = datetime(2026, 11, 4, tzinfo=UTC)


def at(hour: float) -> datetime:
    return NOON + timedelta(hours=hour)


def one(*rows: dict[str, Any], until: datetime = END) -> Any:
    """The row of a story told by these posts, an hour apart unless they say when."""
    posts = [{"story": "s", "dated_at": at(n)} | row for n, row in enumerate(rows)]
    return story_table(told(*posts), until).iloc[0]


def customer(verdict: str, hour: float, **more: object) -> dict[str, Any]:
    reason = "ignored" if verdict == "poor" else "owned"
    row = {"verdict": verdict, "reason": reason, "dated_at": at(hour), "author": "u/her"}
    return row | {"teller": "customer"} | more


def test_a_window_without_stories_gives_a_table_without_rows() -> None:
    empty = story_table(told({}).head(0), END)
    assert empty.empty
    check(empty, STORIES)


def test_the_labelled_week_gives_a_row_per_story_as_declared() -> None:
    window = week(bounds(DAYS[-1])[1])
    table = check(story_table(window, bounds(DAYS[-1])[1]), STORIES)
    moments = window[window["verdict"].isin(["poor", "exceptional"])]
    assert sorted(table["story"]) == sorted(moments["story"].unique())


def test_the_order_of_the_rows_does_not_matter() -> None:
    end = bounds(DAYS[-1])[1]
    window = week(end)
    shuffled = window.sample(frac=1, random_state=1).reset_index(drop=True)
    pd.testing.assert_frame_equal(story_table(window, end), story_table(shuffled, end))


def test_the_verdict_of_the_whole_weighs_voices_and_not_posts() -> None:
    angry = [{"author": "u/loud"}] * 5
    kind = [{"verdict": "exceptional", "reason": "warm", "author": f"u/{n}"} for n in range(2)]
    assert one(*angry, *kind).verdict == "exceptional"


def test_an_even_story_is_poor_since_that_is_what_needs_an_answer() -> None:
    assert one({}, {"verdict": "exceptional", "author": "u/b"}).verdict == "poor"


def test_the_best_quote_is_first_hand_and_sure() -> None:
    row = one(
        {"teller": "press", "quote": "A woman says.", "confidence": 0.99},
        {"teller": "customer", "quote": "I waited.", "confidence": 0.8, "url": "https://a.example"},
        {"teller": "customer", "quote": "Hm.", "confidence": 0.55, "score": 9000},
    )
    assert (row.quote, row.quote_url, row.teller) == ("I waited.", "https://a.example", "customer")


def test_what_was_taken_back_is_neither_quoted_nor_linked() -> None:
    row = one(
        {"deleted": True, "verdict": "neither", "url": "https://gone.example"},
        {"url": "https://there.example"},
    )
    assert row.url == "https://there.example"


def test_unsigned_articles_of_one_paper_are_one_voice() -> None:
    article = {"kind": "article", "author": "", "outlet": "Courier", "source": "feed"}
    assert one({}, article, article).authors == 2


def test_the_companys_own_statement_is_no_paper() -> None:
    paper = {"kind": "article", "teller": "press", "outlet": "Courier", "dated_at": at(5)}
    statement = {"kind": "article", "teller": "company", "outlet": "press", "verdict": "neither"}
    row = one({}, statement, paper)
    assert (row.press_outlets, row.press_since) == (1, pd.Timestamp(at(5)))


def test_the_pace_is_how_long_the_later_half_took() -> None:
    row = one(*({"dated_at": at(hour)} for hour in (0, 8, 9, 9.5)))
    assert (row.doubling_hours, row.posts_24h) == (1.5, 4)
    assert pd.isna(one({}).doubling_hours)


def test_the_owner_is_who_stands_in_the_texts_else_who_the_reason_says() -> None:
    assert one({"stage": "frontstage"}).owner == "frontstage"
    assert one({"stage": "backstage"}).owner == "backstage"
    assert one({"stage": "unknown", "reason": "mishandled"}).owner == "backstage"
    assert one({"stage": "unknown", "reason": "rude"}).owner == "frontstage"


def test_others_at_the_same_place_and_touchpoint_are_counted_once_each() -> None:
    rows = [
        {"story": name, "author": author, "touchpoint": "checkout", "outlet": "r/a"}
        for name, author in (("a", "u/1"), ("b", "u/2"), ("c", "u/2"))
    ]
    elsewhere = {"story": "d", "author": "u/3", "touchpoint": "checkout", "outlet": "r/b"}
    table = story_table(told(*rows, elsewhere), END)
    assert table["repeats"].tolist() == [1, 1, 1, 0]


# How far a story has come


def test_a_story_without_an_answer_is_open_since_its_first_poor_moment() -> None:
    row = one({}, {})
    assert (row.status, row.reply, row.unanswered_since) == ("ongoing", "none", pd.Timestamp(NOON))


def test_form_words_do_not_answer_a_story() -> None:
    row = one({"reply": "robotic", "reply_hours": 1.0})
    assert (row.status, row.reply) == ("ongoing", "robotic")


def test_an_owned_answer_does_and_its_time_is_told() -> None:
    row = one({"reply": "owned", "reply_hours": 2.0})
    assert (row.status, row.answered_at) == ("answered", pd.Timestamp(at(2)))


def test_an_owned_answer_after_form_words_answers_a_story_when_it_is_owned() -> None:
    row = one({"reply": "owned", "reply_hours": 1.0}, {"reply": "owned", "reply_hours": 30.0})
    assert row.answered_at == pd.Timestamp(at(1))


def test_what_others_told_before_the_answer_does_not_open_it_again() -> None:
    others = [{"author": f"u/{n}", "teller": "bystander", "dated_at": at(3)} for n in range(3)]
    assert one({"reply": "owned", "reply_hours": 5.0}, *others).status == "answered"


def test_one_late_grumble_does_not_open_an_answered_story_again() -> None:
    owned = {"reply": "owned", "reply_hours": 2.0}
    assert one(owned, {"dated_at": at(4), "teller": "bystander"}).status == "answered"


@pytest.mark.parametrize(
    "after",
    [
        [{"author": "u/her", "teller": "customer"}],
        [{"author": "u/1", "teller": "bystander"}, {"author": "u/2", "teller": "other"}],
    ],
)
def test_the_customer_or_several_others_do(after: list[dict[str, Any]]) -> None:
    owned = customer("poor", 0, reply="owned", reply_hours=2.0)
    assert one(owned, *({"dated_at": at(4)} | row for row in after)).status == "reopened"


def test_a_story_is_resolved_when_the_customer_says_so() -> None:
    row = one(customer("poor", 0), customer("poor", 1), customer("exceptional", 5))
    assert (row.verdict, row.status) == ("poor", "resolved")
    assert row.resolved_at == pd.Timestamp(at(5))


def test_the_customers_plain_words_that_it_is_sorted_resolve_a_story_and_nobody_elses() -> None:
    said = {"verdict": "neither", "reason": "", "text": "All sorted now, thanks."}
    complained = customer("poor", 0)
    assert one(complained, customer("neither", 5) | said).status == "resolved"
    assert one(complained, customer("neither", 5, author="u/other") | said).status == "ongoing"


def test_the_customers_plain_words_that_it_is_no_better_open_an_answered_story_again() -> None:
    owned = customer("poor", 0, reply="owned", reply_hours=2.0)
    said = {"verdict": "neither", "reason": "", "text": "Still nothing."}
    assert one(owned, customer("neither", 5) | said).status == "reopened"
    assert one(owned, customer("neither", 1) | said).status == "answered", "before the answer"


def test_praise_before_the_last_complaint_resolves_nothing() -> None:
    row = one(customer("poor", 0), customer("exceptional", 1), customer("poor", 5))
    assert row.status == "ongoing"


def test_praise_for_something_else_resolves_nothing() -> None:
    for who in ("u/other", "u/her"):
        other = customer("exceptional", 5, author=who, reason="warm")
        assert one(customer("poor", 0), customer("poor", 1), other).status == "ongoing"


def test_the_customers_praise_in_the_same_thread_resolves_a_story() -> None:
    here = {"thread_id": "reddit:t3_1"}
    thanks = customer("exceptional", 5, reason="warm", **here)
    assert (
        one(customer("poor", 0, **here), customer("poor", 1, **here), thanks).status == "resolved"
    )


def test_three_quiet_days_after_an_owned_answer_resolve_a_story() -> None:
    owned = {"reply": "owned", "reply_hours": 2.0}
    assert one(owned, until=at(73)).status == "answered"
    assert one(owned, until=at(75)).status == "resolved"


# Who and where


def test_a_person_is_told_once_by_the_fullest_name() -> None:
    names = ["Samuel", "Samuel", "Mr Okoro", "Samuel Okoro", "Ruth"]
    told_of = fullest(pd.Series(["s"] * 5), pd.Series(names, dtype="str"))
    assert told_of["s"] == "Samuel Okoro, Ruth"


def test_a_named_place_is_found_in_the_words_before_the_community() -> None:
    posts = told(
        {"text": "The Saltmarsh shop, again.", "outlet": "r/portellery"},
        {"text": "Again.", "outlet": "r/portellery"},
        {"text": "Again.", "outlet": "r/retail"},
        {"text": "Again.", "outlet": "Courier", "kind": "article"},
    )
    placed = with_places(posts, ("Port Ellery", "Saltmarsh"))
    assert placed["place"].tolist() == ["Saltmarsh", "Port Ellery", "r/retail", ""]
