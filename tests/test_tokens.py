"""Texts become arrays of words, sentences and clauses."""

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
