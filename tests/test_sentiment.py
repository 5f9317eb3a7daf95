"""Sentiment is vaderSentiment's to the last digit, by loops and one text at a time alike."""

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from vader_fuzz import SPACES, documents
from vaderSentiment import vaderSentiment

from analysis import sentiment, vader_plain, vader_plain_totals
from analysis.sentiment import (
    STOCK,
    Lexicon,
    LexiconError,
    points_of,
    polarities,
    polarities_within,
    score,
)

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
ANALYZER = vaderSentiment.SentimentIntensityAnalyzer()


def expected(texts: Iterable[str], analyzer: Any = ANALYZER) -> NDArray[np.float64]:
    """What the original says."""
    return np.array([[*analyzer.polarity_scores(text).values()] for text in texts]).reshape(-1, 4)


def extended(changed: Mapping[str, float], silenced: Iterable[str] = ()) -> tuple[Lexicon, Any]:
    """A lexicon, and the original with the same changes made by hand."""
    analyzer = vaderSentiment.SentimentIntensityAnalyzer()
    for word in silenced:
        del analyzer.lexicon[word]
    analyzer.lexicon.update(changed)
    return Lexicon.extended(changed, silenced), analyzer


def assert_same(texts: Sequence[str], lexicon: Lexicon = STOCK, analyzer: Any = ANALYZER) -> None:
    """Not one text may differ, not even in the sign of a zero."""
    ours, theirs = polarities(texts, lexicon), expected(texts, analyzer)
    differ = (ours != theirs) | (np.signbit(ours) != np.signbit(theirs))
    rows = np.flatnonzero(differ.any(axis=1))
    shown = [(texts[row], ours[row].tolist(), theirs[row].tolist()) for row in rows[:5]]
    assert not shown, f"{len(rows)} of {len(texts)} differ: {shown}"


@pytest.fixture(params=["loops", "plain"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs through the compiled loops and through plain Python."""
    monkeypatch.setattr(sentiment, "_SHORT", 0 if request.param == "loops" else sys.maxsize)
    monkeypatch.setattr(sentiment, "_FEW", sys.maxsize)


def test_the_readme_example_scores_as_in_the_original() -> None:
    frame = score(["VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!"])
    assert frame["compound"].tolist() == [0.9469]


def test_the_frame_has_one_row_a_text_in_the_same_order() -> None:
    frame = score(["bad", "", "good 😀", "good"])
    assert frame.columns.tolist() == ["neg", "neu", "pos", "compound"]
    assert set(frame.dtypes) == {np.dtype("float64")}
    assert frame["compound"].tolist() == [-0.5423, 0.0, 0.6597, 0.4404]


def test_frames_share_nothing_that_a_caller_can_change() -> None:
    frame = score(["good"])
    frame.columns.name = "sentiment"
    frame.iloc[0, 0] = 1.0
    assert score(["good"]).columns.name is None
    assert score(["good"]).iloc[0, 0] == 0.0


def test_emoji_are_read_as_a_space_and_their_description() -> None:
    assert_same(
        ["😀", "😀😀", "ok😀ok", "x 😀", "x\t😀", "😡bad", "bad😡", "🔛 🆙", "❤️", "👍🏽", "©ok"]
    )


def test_words_are_split_at_every_unicode_space() -> None:
    assert_same([f"good{space}bad{space}{space}kind{space}of" for space in SPACES])
    assert_same(["good\u200bbad", "good\u2060bad", "\u180egood", "good\x00bad", "good\x1bbad"])


def test_no_later_character_is_a_space_and_only_the_kelvin_sign_has_a_small_ascii_letter() -> None:
    """Unicode grows, and codes of characters are made from a part of it."""
    beyond = [*map(chr, range(128, sys.maxunicode + 1))]
    assert max(filter(str.isspace, beyond)) == "\u3000"
    assert not [letter for letter in beyond if letter >= "\U00020000" and letter.upper() != letter]
    assert [character for character in beyond if character.lower().isascii()] == ["\u212a"]


def test_punctuation_comes_off_unless_two_characters_or_fewer_remain() -> None:
    assert_same(
        ["(good)", "good!", "'good'", "!!good!!", "-good-", "go!", "(no)", "no!", ":)", ":-)"]
    )
    assert_same(["-" * size + "good" + "!" * size for size in range(12)])
    assert_same(["!" * 50, "?" * 50, "…", "(((", "a" * 50 + "!" * 50])


def test_boosters_strengthen_and_dampeners_weaken_by_their_distance() -> None:
    assert_same(["very good", "very a good", "very a b good", "very a b c good", "hardly good"])
    assert_same(["very bad", "very very very bad", "slightly bad", "sort-of good", "very", "so so"])


def test_capitals_count_only_in_texts_that_are_not_all_capitals() -> None:
    assert_same(
        ["GOOD", "GOOD stay", "VERY good", "VERY GOOD", "VERY BAD stay", "GOOD 123", "NO GOOD x"]
    )
    assert_same(
        ["GOOD É", "GOOD é", "GOOD ǅ", "GOOD 東京", "XD ok", ":D ok", "GOOD 😀", "Good BAD GoOD"]
    )


def test_negations_turn_the_next_three_words() -> None:
    assert_same([f"{word} good" for word in vaderSentiment.NEGATE])
    assert_same(
        ["not a good", "not a b good", "not a b c good", "mightn't've a good", "don’t good"]
    )
    assert_same(["DON'T good", "N'T good", "isn't it good", "never ever good", "'n't' good"])


def test_never_so_insists_and_three_words_away_so_alone_does() -> None:
    assert_same(
        ["never so good", "never this good", "never a so good", "a b so good", "a b this bad"]
    )
    assert_same(["never so a good", "never this a good", "a so b good", "not b so good", "so good"])


def test_without_doubt_does_not_negate() -> None:
    assert_same(["without doubt good", "without a doubt good", "without doubt a good"])
    assert_same(["without good", "without a good", "doubt without good", "without a b good"])


def test_least_negates_unless_at_or_very_stands_before() -> None:
    assert_same(
        ["least good", "the least good", "at least good", "very least good", "a at least good"]
    )
    assert_same(["Least GOOD x", "least a good", "x least least good"])


def test_no_turns_the_next_words_of_the_lexicon() -> None:
    assert_same(
        ["no", "no good", "no no good", "NO good", "no a good", "no a b good", "no x or good"]
    )
    assert_same(["no friends or family", "no a nor good", "no a b nor good", "good no", "x NO"])


def test_kind_of_and_sort_of_dampen() -> None:
    assert_same(
        ["kind of good", "a kind of good", "a b kind of good", "a kind of b good", "KIND OF good"]
    )
    assert_same(
        ["kind", "kind of", "kind off", "a sort of good", "a just enough good", "kind kind of"]
    )
    assert_same(["very kind of", "so good kind of bad kind of good"])


def test_idioms_replace_the_valence_of_the_word_wherever_they_stand() -> None:
    for idiom in vaderSentiment.SPECIAL_CASES:
        for text in (
            "{}",
            "a {}",
            "a b {}",
            "a b c {}",
            "a b {} good",
            "a {} b good",
            "good a b {}",
        ):
            assert_same(
                [text.format(idiom), text.format(idiom.upper()), f"not {text.format(idiom)} x"]
            )
    assert_same(
        ["a b yeah right bad ass", "it is the bomb bad ass", "a b c kiss of death to die for"]
    )


def test_but_weighs_what_stands_around_it() -> None:
    assert_same(
        ["good but bad", "good BUT bad", "but", "but good", "good but", "good but bad but great"]
    )


def test_but_changes_the_first_of_equal_valences_again_as_list_index_does() -> None:
    halves = {"alpha": 2.0, "beta": 1.0, "gamma": 3.0, "delta": 1.5, "half": 0.5}
    lexicon, analyzer = extended(halves)
    texts = [f"{a} {b} {c} but {d} {e}" for a, b, c, d, e in product(halves, repeat=5)]
    assert_same(texts, lexicon, analyzer)
    assert_same(["x but " + text for text in texts], lexicon, analyzer)


def test_but_is_heard_alike_in_texts_too_long_for_the_original() -> None:
    """Equal values meet all the time here; the original takes hours for as many words."""
    chance = random.Random(17)
    words = ["good", "bad", "great", "nice", "ok", "awful", "x", "very", "not"]
    texts = [" ".join(chance.choices(words, k=size)) for size in (2_000, 30_000, 100_000)]
    texts = [f"{text} but {text[: size * 3]}" for size, text in enumerate(texts, 900)]
    plain = [vader_plain.plain_vader(STOCK).polarity(text) for text in texts]
    assert polarities(texts).tolist() == [[*scores] for scores in plain]


def test_stretches_of_a_text_score_as_the_same_texts_alone() -> None:
    texts = [text for text in documents(15, 2000) if text]
    for some in (texts, [text for text in texts if text.isascii()]):
        edges = np.cumsum([0, *map(len, some)])
        points = points_of("".join(some))
        assert (polarities_within(points, edges, STOCK) == polarities(some)).all()
        assert (polarities_within(points, edges[3:], STOCK) == polarities(some[3:])).all()
    assert polarities_within(points_of(""), np.zeros(1, np.int64), STOCK).shape == (0, 4)


def test_stretches_are_refused_to_a_lexicon_of_words_beyond_ascii() -> None:
    with pytest.raises(LexiconError, match="beyond ASCII"):
        polarities_within(points_of("x"), np.array([0, 1]), Lexicon.extended({"café": 2.0}))


def test_exclamation_and_question_marks_count_up_to_four() -> None:
    assert_same(["good" + "!" * n + "?" * m for n in range(6) for m in range(6)])
    assert_same(["bad" + "!" * n + "?" * m for n in range(6) for m in range(6)])
    assert_same(["nothing!!!", "good bad!!!", "a!b?c good"])


def test_shares_near_a_tie_are_rounded_as_python_rounds() -> None:
    """2 / 160 is 0.0125 and a little more: a thousand times that is 12.5 and no more."""
    lexicon, analyzer = extended({"one": 1.0, "three": 3.0, "minus": -1.0})
    texts = ["one" + " x" * (mass - 2) for mass in (32, 160, 800)]
    texts += ["three" + " x" * (mass - 4) for mass in (64, 320, 1600)]
    texts += ["minus one" + " x" * (mass - 4) for mass in (32, 160, 800)]
    assert_same(texts, lexicon, analyzer)


def test_long_words_that_begin_and_end_alike_are_told_apart() -> None:
    words = [
        "abcdefgh" * 2,
        "abcdefghxabcdefgh",
        "abcdefghyabcdefgh",
        "abcdefgh" * 4,
        "a" * 9,
        "a" * 10,
    ]
    lexicon, analyzer = extended({word: number + 0.5 for number, word in enumerate(words)})
    others = ["abcdefgh", "abcdefghzabcdefgh", "abcdefgh" * 3, "a" * 8, "a" * 11, "abcdefgha"]
    texts = [
        f"{form(word)} x" for word in words + others for form in (str.lower, str.upper, str.title)
    ]
    assert_same(texts, lexicon, analyzer)


def test_words_of_the_rules_may_be_added_to_the_lexicon() -> None:
    changed = {"very": 1.0, "but": 2.0, "least": -1.0, "so": 0.7, "this": -0.3, "without": 0.5}
    changed |= {
        "of": 0.25,
        "not": -0.5,
        "meh": 0.0,
        "n't": -1.0,
        "don't": 0.9,
        "the": 0.0,
        "it": 1e-17,
    }
    lexicon, analyzer = extended(changed, ["no", "kind"])
    assert_same(
        [*documents(11, 1500), "meh", "n't n't good", "meh!!!", "- good"], lexicon, analyzer
    )


def test_words_beyond_ascii_may_be_added_to_the_lexicon() -> None:
    lexicon, analyzer = extended({"café": 2.0, "привет": 1.2, "ærø": 0.7, "i̇stanbul": 1.1})
    assert_same([*documents(12, 1500), "CAFÉ x", "cafe\u0301", "not café"], lexicon, analyzer)


def test_a_changed_and_a_silenced_word_score_so_and_leave_the_stock_as_it_is() -> None:
    lexicon = Lexicon.extended({"attentive": 1.9, "good": -1.0}, silenced={"united"})
    assert score(["attentive", "good", "united"], lexicon)["compound"].tolist() == [
        0.4404,
        -0.25,
        0,
    ]
    assert score(["attentive", "good", "united"])["compound"].tolist() == [0, 0.4404, 0.4215]


def test_what_is_not_a_string_scores_as_an_empty_text() -> None:
    frame = score(["", None, float("nan"), 5, b"good", pd.NA, " \t\n", "good"])  # type: ignore[list-item]
    assert frame["compound"].tolist() == [0, 0, 0, 0, 0, 0, 0, 0.4404]
    assert not frame.iloc[:-1].to_numpy().any()


def test_no_texts_give_an_empty_frame() -> None:
    assert score([]).shape == (0, 4)
    assert set(score([]).dtypes) == {np.dtype("float64")}


def test_a_column_of_a_frame_can_be_scored() -> None:
    column = pd.Series(["good", None, "bad"], index=[7, 3, 7])
    assert score(column)["compound"].tolist() == [0.4404, 0.0, -0.5423]


def test_control_characters_and_lone_surrogates_break_nothing() -> None:
    assert_same(
        [
            "\ud83d",
            "good\ud83d",
            "\ude00 good",
            "\0",
            "good\0",
            "\0 good \0",
            "\x7f\x1bgood",
            "\ufffe bad",
        ]
    )


def test_batches_without_any_negative_or_any_scored_word_work() -> None:
    assert_same(["good"] * 3)
    assert_same(["bad"] * 3)
    assert_same(["table", "chair é"] * 3)


def test_order_is_kept_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentiment, "_WINDOW", 50)
    texts = [*documents(13, 400), "good " * 500, "é good " * 500, "bad"]
    assert_same(texts)


def test_remembered_tokens_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vader_plain, "_REMEMBERED", 10)
    lexicon = Lexicon.extended({"bounded": 1.0})
    monkeypatch.setattr(sentiment, "_SHORT", sys.maxsize)
    polarities([" ".join(f"word{n}" for n in range(95))], lexicon)
    assert len(vader_plain.plain_vader(lexicon)._words) <= 10


def test_compensated_sums_are_followed_where_the_interpreter_has_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Python 3.12 and later add floats like this; here the original is made to do so."""

    def compensated(values: Iterable[float]) -> float:
        total = lost = 0.0
        for value in values:
            new = total + value
            larger, smaller = (total, value) if abs(total) >= abs(value) else (value, total)
            lost += (larger - new) + smaller
            total = new
        return total + lost

    lexicon, analyzer = extended({"vast": 1e16, "tiny": 1.0, "void": -1e16})
    texts = ["vast tiny tiny void", "vast x tiny void good", *documents(14, 500)]
    plainly_added = expected(texts, analyzer)
    monkeypatch.setattr(vaderSentiment, "sum", compensated, raising=False)
    monkeypatch.setattr(vader_plain_totals, "sum", compensated, raising=False)
    monkeypatch.setattr(sentiment, "IS_COMPENSATED", True)
    assert_same(texts, lexicon, analyzer)
    if sys.version_info < (3, 12):
        assert (expected(texts, analyzer) != plainly_added).any()


def test_fuzzed_documents_score_as_in_the_original() -> None:
    assert_same([*documents(1, 5000)])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
def test_many_fuzzed_documents_score_as_in_the_original(seed: int) -> None:
    assert_same([*documents(seed, 10_000)])


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the shared texts are not beside the project")
def test_shared_texts_score_as_in_the_original() -> None:
    files = sorted((SHARED / "evaluation").rglob("*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    for file in sorted((SHARED / "hostile" / "blns").rglob("*.*")):
        texts += file.read_text("utf-8", errors="surrogateescape").split("\n")
    assert_same(texts)
