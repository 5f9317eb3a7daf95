"""Texts become arrays of words, sentences and clauses."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.tokens import Tokens, tokenise
from analysis.vocabulary import Vocabulary


def _read(*texts: str) -> tuple[Tokens, list[str]]:
    vocabulary = Vocabulary({"didnt": "didn't"})
    tokens = tokenise(texts, vocabulary, ("but",))
    spelt = {number: word for word, number in vocabulary.words.items()}
    return tokens, [spelt[number] for number in tokens.word.tolist()]


def test_words_are_folded_and_keep_their_place_in_the_text() -> None:
    tokens, words = _read("They DIDNT call")
    assert words == ["they", "didn't", "call"]
    assert tokens.spelt(1, 3) == "DIDNT call"
    assert tokens.shouted.tolist() == [False, True, False]


def test_handles_links_and_numbers_are_each_one_word() -> None:
    assert _read("@Foo 24hrs https://x.org/a?b 5:30")[1] == [
        "_handle_", "_num_", "hrs", "_link_", "_num_",
    ]  # fmt: skip


def test_sentences_end_at_stops_but_not_after_titles_or_inside_abbreviations() -> None:
    tokens, _ = _read("Dr. Osei came at 5 p.m. sharp. Really? Yes")
    assert tokens.sentence.tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 1, 2]
    assert tokens.asked.tolist()[:3] == [False, True, False]


def test_clauses_end_at_but_and_at_dashes() -> None:
    tokens, _ = _read("nice but slow: very")
    assert len(set(tokens.clause.tolist())) == 3


def test_posts_stay_apart_whatever_they_end_in() -> None:
    tokens, _ = _read("one ", "", "\n two", "...", "https://example.org/x", "three")
    assert tokens.post.tolist() == [0, 2, 4, 5]
    assert tokens.post_words.tolist() == [1, 0, 1, 0, 1, 1]


def test_no_text_is_no_word() -> None:
    assert len(_read()[0]) == 0
    assert len(_read("", "")[0]) == 0


def test_quotation_marks_are_counted_per_post() -> None:
    assert _read('"No," he said', "yes")[0].quotes.tolist() == [2, 0]


# How a text is cut, read from left to right; what begins with a letter, a digit, a mark of a handle
# or hashtag with its name, or a sign like an arrow or emoji is a word.
_TILES = re.compile(
    r"https?://[^\s\x00]+|[^\W\d_]+(?:['’][^\W\d_]+)*|\s+|[.!?…]+|[,;:]"
    r"|\d+(?:[.,:]\d+)*|[@#]\w+(?:[-.']\w+)*|.",
    re.DOTALL,
)
_SIGNS = st.sampled_from(
    [*"aZéßж日5٣²_ \n\u00a0\u2028.,:;!?…'’@#-–()\"“•→👏🏽❤️", "http://x", "n't", "p.m."]
)


def _is_word(piece: str) -> bool:
    tagged = piece[0] in "@#" and len(piece) > 1
    spoken = ord(piece[0]) > 0x2190 and not piece.isspace()
    return piece[0].isalnum() or tagged or spoken


@settings(deadline=None)
@example(["@a’http://x", "a’http://x", "#ahttp://x#b", "@"])
@given(st.lists(st.lists(_SIGNS, max_size=12).map("".join), max_size=3))
def test_words_are_those_that_reading_from_left_to_right_finds(texts: list[str]) -> None:
    tokens = tokenise(texts, Vocabulary({}))
    found = [tokens.spelt(at, at + 1) for at in range(len(tokens))]
    assert found == [p for text in texts for p in _TILES.findall(text) if _is_word(p)]


def test_a_word_keeps_its_number_whatever_stands_around_it_and_however_long_it_is() -> None:
    long = "unputdownable", "unputdownably", "x" * 30, "x" * 31, "naïvely", "жук", "жар"
    _, words = _read(" ".join(long), "(" + ") (".join(long) + ")")
    assert words == [*long, *long]


def test_a_vocabulary_forgets_words_when_it_has_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.vocabulary._REMEMBERED", 50)
    vocabulary = Vocabulary({})
    for number in range(30):
        text = " ".join(f"{chr(97 + number % 26)}{chr(97 + other)}q" for other in range(20))
        tokens = tokenise([text, "staff"], vocabulary)
        lengths = vocabulary.trait(len)[tokens.word]
        assert lengths.tolist() == [3] * 20 + [5]
        assert len(vocabulary) <= 50 + 21
