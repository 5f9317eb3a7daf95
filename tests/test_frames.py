"""Every frame fires on its examples and spares the third; the pattern language holds."""

import re

import pytest

from analysis.frames import Lexicon
from analysis.patterns import PatternError, parse


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture(scope="module")
def fired(lexicon: Lexicon) -> set[tuple[str, str]]:
    """Frame and example, for each example of any frame that a frame fires on."""
    texts = sorted({text for frame in lexicon.frames for text in frame.fires + frame.spares})
    tokens = lexicon.tokens(texts)
    fired = lexicon.read(tokens).fired
    posts = tokens.post[fired.begin].tolist()
    return {
        (lexicon.frames[frame].id, texts[post])
        for frame, post in zip(fired.of.tolist(), posts, strict=True)
    }


def test_every_frame_fires_on_its_examples(lexicon: Lexicon, fired: set[tuple[str, str]]) -> None:
    missed = [(f.id, text) for f in lexicon.frames for text in f.fires if (f.id, text) not in fired]
    assert missed == []


def test_every_frame_spares_what_it_must(lexicon: Lexicon, fired: set[tuple[str, str]]) -> None:
    wrong = [(f.id, text) for f in lexicon.frames for text in f.spares if (f.id, text) in fired]
    assert wrong == []


def test_every_frame_has_two_examples_and_one_it_spares(lexicon: Lexicon) -> None:
    assert [f.id for f in lexicon.frames if len(f.fires) < 2 or not f.spares] == []


def test_frame_ids_are_unique(lexicon: Lexicon) -> None:
    assert len({frame.id for frame in lexicon.frames}) == len(lexicon.frames)


def _spans(lexicon: Lexicon, pattern: str, text: str) -> list[str]:
    """Where a pattern of words the lexicon knows holds."""
    tokens = lexicon.tokens([text])
    chains = lexicon.things.chains([parse(pattern, lexicon.vocabulary.fold)])
    spans = lexicon.read(tokens).find(chains)
    return [
        tokens.spelt(b, a) for b, a in zip(spans.begin.tolist(), spans.after.tolist(), strict=True)
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("{agent} ~2 {rude}", "The waiter was so rude", ["waiter was so rude"]),
        ("{agent} ~1 {rude}", "The waiter was so very rude", []),
        ("{agent} ~9 {rude}", "The waiter came, but I was rude", []),
        ("{agent} ~~9 {rude}", "The waiter came, but I was rude", ["waiter came, but I was rude"]),
        ("{rude}+", "not rude", []),
        ("{rude}-", "not rude", ["rude"]),
        ("{rude}+", "not slow and rude", ["rude"]),
        ("^ {agent}", "Staff left. The staff", ["Staff"]),
        ("{agent} $", "The staff. Staff left", ["staff"]),
        ("still waiting [asks]", "still waiting? still waiting.", ["still waiting"]),
        ("still waiting !{agent}", "The staff are still waiting", []),
        ("no_reply", "no reply at all", ["no reply"]),
    ],
)
def test_patterns_hold_where_they_say(
    lexicon: Lexicon, pattern: str, text: str, found: list[str]
) -> None:
    assert _spans(lexicon, pattern, text) == found


@pytest.mark.parametrize("pattern", ["", "{agent} ~3", "{agent", "a||b"])
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        parse(pattern)


def test_a_lexicon_error_names_file_and_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "agent.txt").write_text("waiter\n{broken\n", "utf-8")
    (tmp_path / "spelling.tsv").write_text("", "utf-8")
    with pytest.raises(ValueError, match=re.escape("roles/agent.txt line 2")):
        Lexicon.load(tmp_path)
