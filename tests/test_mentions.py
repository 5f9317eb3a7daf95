"""A brand is found where it is meant, and not where its name means something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import mentions
from analysis.brand_words import context_of, finder_of, small_letters
from analysis.characters import POST_END, characters
from analysis.frames import Lexicon
from data.records import Brand

FOXGLOVE = Brand(
    "Foxglove", ("Foxglove Stores",), ("@foxglovestores", "u/FoxgloveHelp"), ("Foxglove Lane",)
)
TARGET = Brand("Target", context=("store", "cashier"), ambiguous=True)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Foxglove's staff were kind", True),
        ("FOXGLOVE never again", True),
        ("foxglove never again", True),
        ("pink foxgloves by the wall", False),
        ("#FoxgloveFail", True),
        ("#foxglovefail today", True),
        ("#foxgloves", False),
        ("@foxglovestores hello?", True),
        ("@foxglovestoresfan hello?", False),
        ("thanks u/FoxgloveHelp", True),
        ("we live in Foxglove Lane", False),
        ("see https://foxglove.example/x", False),
        ("write to me@foxglove.example", False),
    ],
)
def test_an_unambiguous_name(lexicon: Lexicon, text: str, found: bool) -> None:
    assert mentions.find(lexicon.tokens([text]), FOXGLOVE).posts.tolist() == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Target audience of the store", False),
        ("our target is a new store", False),
        ("The cashier at Target smiled", True),
        ("Target has moved", False),
        ("Target has cancelled my sofa", True),
        ("Target told us to come back", True),
    ],
)
def test_an_ambiguous_name_needs_its_capital_and_a_word_of_context(
    lexicon: Lexicon, text: str, found: bool
) -> None:
    assert mentions.find(lexicon.tokens([text]), TARGET).posts.tolist() == [found]


def test_common_words_are_known_as_such_without_being_told(lexicon: Lexicon) -> None:
    texts = ["apple pie", "Apple pie at gran's", "Apple took my laptop"]
    assert mentions.find(lexicon.tokens(texts), Brand("Apple")).posts.tolist() == [
        False,
        False,
        True,
    ]


def test_punctuation_in_a_name(lexicon: Lexicon) -> None:
    texts = ["at Birch & Co.", "at birch  & co", "at Birch"]
    found = mentions.find(lexicon.tokens(texts), Brand("Birch & Co"))
    assert found.posts.tolist() == [True, True, False]


def test_the_words_of_the_name_are_marked(lexicon: Lexicon) -> None:
    found = mentions.find(lexicon.tokens(["At Foxglove Stores today"]), FOXGLOVE)
    assert found.words.tolist() == [False, True, True, False]


def test_a_link_ends_with_its_post(lexicon: Lexicon) -> None:
    tokens = lexicon.tokens(["see http://example.org/a", "Foxglove was rude"])
    assert mentions.find(tokens, FOXGLOVE).posts.tolist() == [False, True]


def test_one_post_does_not_lend_its_context_to_the_next(lexicon: Lexicon) -> None:
    found = mentions.find(lexicon.tokens(["Target", "the store"]), TARGET)
    assert found.posts.tolist() == [False, False]


_FOX = Brand(
    "Fox", ("The Fox", "FOX"), exclusions=("fox & co", "fox-glove", "Fox."), ambiguous=True
)
_PARTS = st.sampled_from(
    ["Foxglove", "foxglove", " ", "\n", " Stores", "Lane", "@foxglovestores", "u/FoxgloveHelp", "#",
     "foxglovefail", "https://", "x", "-", "'s", "é", "FOXGLOVE", "ſ", "İ", "\0", "@", "fox", "u/",
     "Fox", "FOX", "The ", " & Co", "glove", ".", ",", "?", "日"]
)  # fmt: skip


@given(st.sampled_from([FOXGLOVE, _FOX]), st.lists(_PARTS, max_size=10).map("".join))
def test_the_name_is_found_where_the_whole_expression_finds_it(brand: Brand, text: str) -> None:
    everywhere = finder_of(brand).finditer(text)
    found = mentions._hits(text, characters(text + POST_END), brand)
    spans = list(zip(*(edge.tolist() for edge in found), strict=True))
    assert spans == [match.span("hit") for match in everywhere if match["hit"]]


_SAID = st.sampled_from(
    ["store", "Store", "sTore", "ſtore", "stores", "'s", " ", "-", "\n", "cashier", "_", "caf", "é",
     "É", "1", "#",
     "front", "desk", "customer", "service", "Customer Service", "the", "https://"]
)  # fmt: skip


@given(st.lists(_SAID, max_size=8).map("".join))
def test_context_is_heard_where_the_whole_expression_hears_it(text: str) -> None:
    context = context_of(TARGET)
    heard = context.is_in(text, small_letters(text), 0, len(text))
    assert heard == (context.pattern.search(text) is not None)
