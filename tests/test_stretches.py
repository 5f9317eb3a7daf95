"""Columns of texts that are put together from stretches of others."""

from itertools import accumulate

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.characters import characters
from analysis.evidence import _tenths
from analysis.stretches import Phrases, Stretches, column

_SIGNS = st.sampled_from([*"ab.’é…日🙂 \n\t", "\u00a0", "\u2028", "\u3000"])
_TEXTS = st.lists(st.text(_SIGNS, max_size=12), max_size=6)


def cut(said: str, length: int) -> str:
    return said if len(said) <= length else said[: length - 1].rsplit(" ", 1)[0] + "…"


@settings(deadline=None)  # the first call compiles
@given(st.lists(_TEXTS, max_size=4), st.integers(2, 20))
def test_a_row_is_its_stretches_on_one_line_and_cut_at_a_word(
    rows: list[list[str]], length: int
) -> None:
    parts = Phrases.of([part for row in rows for part in row])
    begin, end = parts.edges[:-1], parts.edges[1:]
    stretches = Stretches(begin, end, np.array([*accumulate(map(len, rows))], np.int64))
    wanted = [cut(" ".join("".join(row).split()), length) for row in rows]
    assert column(stretches, parts.points, characters(""), length).to_pylist() == wanted


def test_phrases_have_the_numbers_behind_the_characters_of_the_text() -> None:
    text, phrases = characters("never looked up"), Phrases.of(["rude: ", "!"])
    begin = np.array([15, 0, 21])
    end = np.array([21, 12, 22])
    stretches = Stretches(begin, end, np.array([3]))
    assert column(stretches, text, phrases.points).to_pylist() == ["rude: never looked!"]


@settings(deadline=None)
@given(st.one_of(st.floats(0, 99), st.integers(0, 1980).map(lambda half: half / 20)))
def test_shares_are_rounded_as_python_writes_them(share: float) -> None:
    assert f"{_tenths(share) / 10:.1f}" == f"{share:.1f}"
