"""A lexicon of one's own: compiled once, and refused where no text could match it."""

import pytest

from analysis import vader_plain
from analysis.sentiment import Lexicon, LexiconError


def test_equal_lexicons_are_compiled_once() -> None:
    one, other = (Lexicon.extended({"attentive": 1.9}, ["united"]) for _ in range(2))
    assert vader_plain.plain_vader(one) is vader_plain.plain_vader(other)


@pytest.mark.parametrize("word", ["", "Good", "fed up", "(good)", "good!", " good"])
def test_a_word_that_no_text_can_match_is_refused(word: str) -> None:
    with pytest.raises(LexiconError, match="match the word"):
        Lexicon.extended({word: 1.0})


@pytest.mark.parametrize("valence", [float("nan"), float("inf")])
def test_a_valence_that_is_no_number_is_refused(valence: float) -> None:
    with pytest.raises(LexiconError, match="valence of 'good'"):
        Lexicon.extended({"good": valence})
