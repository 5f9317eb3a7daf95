"""English is told from other languages; scraps stay in."""

import pytest

from analysis.frames import Lexicon
from analysis.language import Languages


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nobody answered the phone for an hour.", "en"),
        ("smh", "en"),
        ("", "en"),
        ("https://example.org/x", "en"),
        ("staff rude af smh never again", "en"),
        ("Llevo dos horas esperando en la cola y nadie me atiende.", "es"),
        ("Personne ne répond au téléphone depuis ce matin, c'est honteux.", "fr"),
        ("Ich warte seit zwei Wochen auf mein Paket und niemand antwortet.", "de"),
        ("荷物がまだ届きません", "ja"),
    ],
)
def test_the_language_of(lexicon: Lexicon, text: str, code: str) -> None:
    languages = Languages(lexicon.vocabulary, lexicon.things.number)
    assert languages.detect(lexicon.tokens([text])) == [code]
