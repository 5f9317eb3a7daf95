"""The brand's own answers are found where they stand and judged by what they say."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from windows import HEADLINE, NOON, SALON, UNTIL, comment, window

from analysis.replies import with_replies
from analysis.reply_tone import tone
from analysis.stories import with_stories
from data.records import Brand
from data.vocabulary import Reply
from evaluation import reply_measure, story_measure

BRAND = Brand("Foxglove", handles=("@foxglovestores", "u/FoxgloveHelp"))
FORM = "Thank you for reaching out. Please submit your query through our contact form."
OWNED = "That was our mistake, Jo. I've refunded the 219 myself and I will ring you at four. Marek"


def answered(*rows, **labels):
    table = window({"text": SALON}, *rows)
    return with_replies(with_stories(table, UNTIL, BRAND).assign(**labels), BRAND)


def by_brand(on: str, text: str, author: str = "FoxgloveHelp", **more):
    return comment(on, text, author=author, teller="company", verdict="neither", **more)


@pytest.mark.parametrize(
    "author", ["FoxgloveHelp", "u/foxglovehelp", "@FOXGLOVESTORES", "/u/FoxgloveHelp"]
)
def test_a_handle_is_known_however_a_platform_writes_it(author: str) -> None:
    told = answered(by_brand("p0", FORM, author))
    assert told["reply"].to_list() == ["robotic", "none"]


def test_somebody_of_a_like_name_is_not_the_brand() -> None:
    told = answered(comment("p0", FORM, author="FoxgloveHelper", verdict="neither"))
    assert told["reply"].eq("none").all()
    assert told["reply_hours"].isna().all()


def test_hours_run_to_the_first_answer_and_the_best_one_counts() -> None:
    told = answered(
        by_brand("p0", FORM, dated_at=NOON + timedelta(hours=2)),
        by_brand("p0", OWNED, dated_at=NOON + timedelta(hours=50)),
    )
    assert told["reply"].iloc[0] == "owned"
    assert told["reply_hours"].iloc[0] == 2.0


def test_owning_it_counts_from_when_it_was_owned_and_not_from_the_form_words_before() -> None:
    told = answered(
        by_brand("p0", FORM, dated_at=NOON + timedelta(hours=2)),
        by_brand("p0", OWNED, dated_at=NOON + timedelta(hours=50)),
        by_brand("p0", OWNED, dated_at=NOON + timedelta(hours=60)),
    ).iloc[0]
    assert told["owned_at"] == pd.Timestamp(NOON + timedelta(hours=50))
    assert told["robotic_at"] == pd.Timestamp(NOON + timedelta(hours=2))


def test_what_was_taken_back_answers_nothing() -> None:
    told = answered(by_brand("p0", OWNED, deleted=True))
    assert told["reply"].eq("none").all()


def test_the_brands_own_words_are_not_answered_by_its_next_ones() -> None:
    told = answered(by_brand("p0", FORM), by_brand("p1", OWNED))
    assert told["reply"].to_list() == ["owned", "none", "none"]


def test_a_handle_without_a_name_makes_nobody_the_brand() -> None:
    nobody = Brand("Foxglove", handles=("u/",))
    table = window({"text": SALON, "author": ""}, comment("p0", FORM, author=""))
    assert with_replies(with_stories(table, UNTIL, nobody), nobody)["reply"].eq("none").all()


def test_an_answer_is_no_answer_to_what_was_said_after_it() -> None:
    told = answered(
        by_brand("p0", FORM), comment("p1", "A form? The boy was crying.", teller="other")
    )
    assert told["reply"].to_list() == ["robotic", "none", "none"]


def test_an_answer_to_one_tale_in_a_thread_is_none_to_another() -> None:
    told = answered(
        comment("p0", "They did the same to my sister last spring, left her waiting an hour."),
        by_brand("p1", OWNED),
    )
    assert told["reply"].to_list() == ["none", "owned", "none"]


def test_a_comment_in_one_thread_does_not_answer_a_copy_elsewhere_but_a_statement_does() -> None:
    copy = {"text": SALON, "author": "another", "outlet": "r/elsewhere"}
    told = answered(copy, by_brand("p0", FORM))
    assert told["story"].nunique() == 1
    assert told["reply"].to_list() == ["robotic", "none", "none"]
    statement = {"kind": "article", "title": HEADLINE, "teller": "company", "verdict": "neither",
                 "text": "We are unable to comment on individual cases."}  # fmt: skip
    told = answered(copy, statement)
    assert told["reply"].to_list() == ["robotic", "robotic", "none"]


def test_what_a_paper_quotes_of_the_company_answers_the_story() -> None:
    said = "A spokeswoman said the company could not comment on individual cases."
    article = {"kind": "article", "title": HEADLINE, "teller": "press", "text": said}
    assert answered(article)["reply"].to_list() == ["robotic", "none"]
    silent = article | {"text": "A spokeswoman for Foxglove declined to comment."}
    assert answered(silent)["reply"].to_list() == ["none", "none"]


def test_rows_and_order_stay_and_nothing_answered_is_none() -> None:
    told = answered()
    assert told["reply"].to_list() == ["none"]
    assert np.isnan(told["reply_hours"].iloc[0])
    assert with_replies(told.iloc[:0], BRAND).empty


def test_the_example_weeks_answers_are_judged_as_labelled() -> None:
    week = story_measure.week()
    texts = dict(zip(week.posts["post_id"], week.texts, strict=True))
    labelled = story_measure.week_tones()
    assert len(labelled) >= 8
    assert {post: tone(texts[post]).reply.value for post in labelled} == labelled


def test_words_that_decided_are_told() -> None:
    found = tone("We regret any inconvenience. We are unable to comment on individual cases.")
    assert found.reply == Reply.ROBOTIC
    assert 'robotic "unable to comment"' in found.evidence


@pytest.mark.parametrize("text", ["", "ok", "🙂", "Merci beaucoup."])
def test_a_text_that_says_nothing_is_not_owned(text: str) -> None:
    assert tone(text).reply == Reply.ROBOTIC


def test_the_labelled_answers_are_judged_at_least_this_well() -> None:
    for part in reply_measure.PARTS:
        replies = reply_measure.read(part)
        assert len(replies) >= 80
        assert len(reply_measure.missed(replies)) <= 0.1 * len(replies)


def test_later_words_are_taken_for_what_they_are_labelled_and_never_for_the_opposite() -> None:
    for part in reply_measure.PARTS:
        found = reply_measure.later_words(part)
        assert sum(said == made for said, made in found) >= 0.75 * len(found)
        assert all(made in (said, "no") for said, made in found)
