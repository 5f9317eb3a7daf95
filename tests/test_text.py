"""Texts lose what nobody wrote in them, and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import LIMIT, clean, compose


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Fish &amp; <b>chips</b>", "Fish & chips "),
        ("a\u200bb\x07c\r\nd", "ab c\nd"),
        ("\uff26oxglove", "Foxglove"),
        ("caf\u00e9, \u201cyes\u201d \U0001f600", "caf\u00e9, \u201cyes\u201d \U0001f600"),
        ("x" * (LIMIT + 1), "x" * LIMIT),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text).split() == cleaned.split()


_SIGNS = st.sampled_from(
    [*"ab \n<&>;\r\t\x00\x85\u00a0\u00ad\u200b\u2028\u3000\ufeff\uff21\U0001d400\U0001f600\ud83d"]
)


@settings(deadline=None)
@given(st.lists(st.lists(_SIGNS, max_size=4).map("".join), max_size=4))
def test_posts_seen_together_are_cleaned_as_each_is_alone(texts: list[str]) -> None:
    assert compose([""] * len(texts), texts) == [clean(text) for text in texts]


def test_a_title_that_the_text_repeats_is_said_once() -> None:
    assert compose(["Cold", "Cold", ""], ["Cold tea", "tea", "t"]) == ["Cold tea", "Cold\ntea", "t"]
