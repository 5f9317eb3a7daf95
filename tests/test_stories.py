"""Posts about one event are one story, others are not, and a story keeps its name as it grows."""

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from windows import HEADLINE, NOON, SALON, UNTIL, comment, window

from analysis.duplicates import near_duplicates
from analysis.stories import with_stories
from analysis.story_links import normal
from analysis.story_words import Wording, fold, stem
from data.records import Brand
from evaluation import story_measure

BRAND = Brand("Foxglove", handles=("@foxglovestores",))


def stories(*rows: dict[str, Any]) -> list[str]:
    return list(with_stories(window(*rows), UNTIL, BRAND)["story"])


def alike(found: list[str]) -> list[int]:
    """Per row the first row of its story, -1 where it has none."""
    return [found.index(story) if story else -1 for story in found]


def test_the_press_joins_the_bystanders_post_though_they_share_no_sentence() -> None:
    press = {"kind": "article", "title": HEADLINE, "source": "feed", "teller": "press"}
    assert alike(stories({"text": SALON}, press)) == [0, 0]


def test_two_lost_parcels_on_one_day_are_two_stories() -> None:
    one = {"text": "Foxglove lost my parcel, the photo shows a green door and mine is white."}
    other = {"text": "Foxglove parcel marked delivered, nothing here, chat said wait five days."}
    assert alike(stories(one, other)) == [0, 1]


def test_a_repost_with_typos_is_the_same_story() -> None:
    typed = SALON.replace("mother", "mohter").replace("half", "hlaf")
    told = with_stories(window({"text": SALON}, {"text": typed}), UNTIL, BRAND)
    assert told["story"].nunique() == 1
    assert told["story_why"].to_list() == ["first told here", "near-duplicate of p0"]


def test_a_post_that_links_an_article_is_its_story_whatever_the_link_carries() -> None:
    url = "https://www.courier.example/2026/11/04/salon-owner"
    article = {"kind": "article", "url": url, "title": HEADLINE, "teller": "press"}
    post = {"text": f"Shame on you {url.replace('www.', '')}?utm_source=x#top", "verdict": "poor"}
    told = with_stories(window(article, post), UNTIL, BRAND)
    assert told["story"].nunique() == 1
    assert told["story_why"].iloc[1] == "same link as p0"


@pytest.mark.parametrize("url", ["https://foxglove.example", "https://foxglove.example/help", "x"])
def test_a_home_page_or_help_page_ties_nothing_together(url: str) -> None:
    assert normal(url) == ""


def test_two_pages_told_apart_by_their_query_stay_apart() -> None:
    assert normal("https://press.example/?p=1") != normal("https://press.example/?p=2")


def test_comments_belong_to_what_they_comment_on() -> None:
    rows = ({"text": SALON}, comment("p0", "Which one?", verdict="neither", mention=False))
    assert alike(stories(*rows)) == [0, 0]


def test_a_comment_that_tells_its_own_tale_of_another_time_is_a_story_of_its_own() -> None:
    own = comment("p0", "They did the same to my sister last spring, left her waiting an hour.")
    answer = comment("p1", "Was that the Saltmarsh shop?", verdict="neither", teller="other")
    assert alike(stories({"text": SALON}, own, answer)) == [0, 1, 1]


def test_a_witness_of_the_same_event_is_part_of_it() -> None:
    seen = comment("p0", "I was there and saw the boy come out in tears.", teller="bystander")
    assert alike(stories({"text": SALON}, seen)) == [0, 0]


def test_a_thread_that_gathers_grumbles_is_not_one_story() -> None:
    rows = (
        {"text": "Weekly grumbles thread about Foxglove and the rest", "verdict": "neither"},
        comment("p0", "My order came with the eggs smashed."),
        comment("p0", "Queued half an hour at the deli, they were chatting."),
        comment("p0", "Bins again.", verdict="neither", mention=False),
    )
    assert alike(stories(*rows)) == [-1, 1, 2, -1]


def test_what_tells_of_no_moment_is_no_story() -> None:
    news = {"text": "Foxglove shares rise 3 percent on autumn sales", "verdict": "neither"}
    assert stories(news, news) == ["", ""]


def test_a_story_keeps_its_name_when_posts_join_it_later() -> None:
    rows = window({"text": SALON}, {"text": "Foxglove van was late."}, {"title": HEADLINE})
    early = with_stories(rows.iloc[:1], UNTIL, BRAND)
    late = with_stories(rows, UNTIL, BRAND)
    assert early["story"].iloc[0] == late["story"].iloc[0] == late["story"].iloc[2]
    assert late["story"].iloc[0].startswith("2026-11-03-")


def test_two_stories_that_turn_out_to_be_one_keep_the_older_name() -> None:
    one = {"text": "Foxglove, Gracechurch branch: Finn, six, sent off mid haircut by Odile."}
    two = {"text": "Lanigan family charged in full by Foxglove after clippers scare, tearful boy."}
    both = {"title": "Foxglove: Odile sent Finn Lanigan, six, off mid haircut",
            "text": "Gracechurch family charged in full after clippers scare, tearful boy.",
            "kind": "article", "teller": "press"}  # fmt: skip
    apart, together = stories(one, two), with_stories(window(one, two, both), UNTIL, BRAND)
    assert alike(apart) == [0, 1]
    assert set(together["story"]) == {apart[0]}
    assert "makes one story with" in together["story_why"].iloc[2]


def test_the_order_of_the_rows_makes_no_difference_and_the_input_is_left_alone() -> None:
    posts = story_measure.read("development")[0].posts
    told = with_stories(posts, UNTIL, BRAND)
    shuffled = posts.sample(frac=1, random_state=3)
    before = shuffled.copy()
    again = with_stories(shuffled, UNTIL, BRAND)
    pd.testing.assert_frame_equal(again.sort_index(), told.sort_index())
    assert list(again.index) == list(shuffled.index)
    pd.testing.assert_frame_equal(shuffled, before)


def test_a_paper_that_bears_a_name_later_does_not_part_what_the_name_held_together() -> None:
    rows = [
        {"text": "Foxglove Corran shut the door on us at five to six."},
        {"text": "Anybody else turned away by Foxglove Corran tonight?"},
        {
            "text": "Rain on Sunday.",
            "kind": "article",
            "outlet": "Corran Daily",
            "verdict": "neither",
        },
    ]
    for told in (rows[:2], rows):
        assert with_stories(window(*told), UNTIL, BRAND)["story"].iloc[:2].nunique() == 1


def test_later_posts_never_part_what_was_together() -> None:
    for each in story_measure.read("development"):
        half = each.posts.iloc[: len(each.posts) // 2]
        early = with_stories(half, UNTIL, each.brand)["story"]
        late = with_stories(each.posts, UNTIL, each.brand)["story"].iloc[: len(half)]
        for _, labels in late[early != ""].groupby(early[early != ""]):
            assert labels.nunique() == 1


def test_a_company_that_answers_many_with_one_form_does_not_tie_them_together() -> None:
    form = "We are sorry to hear this. Please send us a direct message with your order number."
    first = {"text": "Foxglove lost my brass lamp."}
    other = {"text": "Nobody looked up in Foxglove shoes, I walked out."}
    rows = window(
        first, other,
        {"kind": "comment", "parent_id": "p0", "thread_id": "p0", "text": form,
         "teller": "company", "verdict": "neither"},
        {"kind": "comment", "parent_id": "p1", "thread_id": "p1", "text": form,
         "teller": "company", "verdict": "neither"},
    )  # fmt: skip
    assert alike(list(with_stories(rows, UNTIL, BRAND)["story"])) == [0, 1, 0, 1]


def test_the_facts_of_a_story_stand_in_each_of_its_rows() -> None:
    rows = window(
        {"text": SALON, "outlet": "r/portellery", "score": 10},
        comment("p0", "Shame.", verdict="neither", teller="other", outlet="r/portellery",
                score=-4, dated_at=NOON + timedelta(hours=30)),
        {"kind": "article", "title": HEADLINE, "source": "feed", "outlet": "Courier",
         "teller": "press", "shares": 5, "dated_at": NOON + timedelta(hours=40)},
    )  # fmt: skip
    told = with_stories(rows, NOON + timedelta(hours=48), BRAND)
    assert told["story_posts"].to_list() == [3] * 3
    assert told["story_sources"].to_list() == [2] * 3
    assert told["reach"].to_list() == [15] * 3
    assert told["in_press"].all()
    assert told["rising"].all()
    assert told["story_first_seen"].eq(pd.Timestamp(NOON)).all()
    assert told["story_last_seen"].eq(pd.Timestamp(NOON + timedelta(hours=40))).all()
    assert str(told["story_first_seen"].dtype) == "datetime64[us, UTC]"


def test_a_company_press_room_alone_is_not_the_press() -> None:
    release = {"kind": "article", "title": HEADLINE, "teller": "company", "verdict": "neither"}
    told = with_stories(window({"text": SALON}, release), UNTIL, BRAND)
    assert told["story"].nunique() == 1
    assert not told["in_press"].any()


def test_an_empty_window_gets_the_columns_too() -> None:
    told = with_stories(window({"text": SALON}).iloc[:0], UNTIL, BRAND)
    assert told.empty
    assert {"story", "story_why", "rising", "reach"} <= set(told.columns)


def test_the_brands_name_alone_makes_no_story() -> None:
    brand = Brand("Quillwick Zephyr")
    rows = window({"text": "Quillwick Zephyr ignored me"}, {"text": "Rude lot, Quillwick Zephyr"})
    assert with_stories(rows, UNTIL, brand)["story"].nunique() == 2


@pytest.mark.parametrize(
    ("one", "other"), [("cried", "crying"), ("mum", "mothers"), ("17:42", "1742"), ("Bags", "case")]
)
def test_forms_of_a_word_count_as_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_capital_at_the_head_of_a_sentence_is_no_name() -> None:
    telling = Wording.read(["Blender broke. Then Bryony came. Clippers and Bryony"]).telling[0]
    words = Wording.read(["Blender broke. Then Bryony came. Clippers and Bryony"]).spelling
    named = {words[number] for number, name in telling.items() if name}
    assert named == {stem("bryony")}


@pytest.mark.parametrize("exact", [0, 10_000])
def test_near_duplicates_are_found_by_sketch_and_exactly(exact: int) -> None:
    rng = np.random.default_rng(7)
    vocabulary = [f"word{n}" for n in range(5000)]
    texts = [" ".join(rng.choice(vocabulary, 30)) for _ in range(400)]
    changed = [" ".join([*text.split()[:27], "one", "two", "three"]) for text in texts[:100]]
    pairs = near_duplicates([*texts, *changed, texts[5].upper() + "!"], exact=exact)
    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == sorted(
        [*((n, 400 + n) for n in range(100)), (5, 500)]
    )
    assert pairs.jaccard[pairs.second == 500] == 1.0


def test_texts_without_words_are_nobodys_duplicates() -> None:
    assert len(near_duplicates(["", "...", "", "🙂" * 3 + " "])) == 0


def test_b_cubed_is_one_for_the_truth_and_counts_what_spoils_a_group() -> None:
    truth = ["a", "a", "b", "b"]
    assert story_measure.b_cubed(truth, truth).f1 == 1.0
    spoilt = story_measure.b_cubed(["x", "x", "x"], ["a", "a", ""])
    assert (spoilt.precision, spoilt.recall, spoilt.posts) == (pytest.approx(2 / 3), 1.0, 2)


def test_the_labelled_test_stories_are_grouped_at_least_this_well() -> None:
    windows = story_measure.read("test")
    assert story_measure.measure(windows).f1 >= 0.87  # 0.888 when it was last measured
    judged = [story_measure.as_judged(window) for window in windows]
    assert story_measure.measure(judged).f1 >= 0.79  # 0.806
    alone = story_measure.measure(windows, story_measure.near_duplicates_alone)
    assert alone.f1 < 0.65


def test_no_labelled_story_lies_in_both_parts() -> None:
    parts = [
        {story for each in story_measure.read(part) for story in each.story}
        for part in story_measure.PARTS
    ]
    assert not parts[0] & parts[1]
    assert sum(len(each.posts) for each in story_measure.read()) >= 300
