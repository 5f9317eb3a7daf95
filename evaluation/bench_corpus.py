"""The posts that benchmarks run on: texts of the labelled corpus, varied, in a fixed order."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evaluation.corpus import load

SEED = 20261122
_WILD = {"neither": 75, "poor": 20, "exceptional": 5}  # in a hundred; the corpus has more moments
_BEGINS = datetime(2025, 1, 1, tzinfo=UTC)
_NAMES = ("Priya", "Tom", "Okoro", "Lena", "Mr Hale", "Saskia", "Abe", "Ruth")
_PLACES = ("Port Ellery", "Saltmarsh", "the station", "Wendle Cross", "the high street")


def mixed(count: int, seed: int = SEED) -> list[str]:
    """Posts of all lengths, as many of them moments as of a brand's mentions are.

    No two are the same, as names, places and numbers differ.
    """
    chance = random.Random(seed)
    posts = load()
    texts = {verdict: posts["text"][posts["verdict"] == verdict].tolist() for verdict in _WILD}
    verdicts = chance.choices(list(_WILD), list(_WILD.values()), k=count)
    return [_varied(chance, chance.choice(texts[verdict])) for verdict in verdicts]


def long(count: int, words: int, seed: int = SEED) -> list[str]:
    """Texts of so many words."""
    chance = random.Random(seed)
    pool = " ".join(mixed(2_000, seed)).split()
    starts = [chance.randrange(len(pool) - words) for _ in range(count)]
    return [" ".join(pool[start : start + words]) for start in starts]


def copied(count: int, seed: int = SEED) -> list[str]:
    """Posts of which a third are reposts of others with a word or more changed."""
    chance = random.Random(seed)
    texts = [text for text in mixed(2 * count, seed) if len(text.split()) >= 12][: count * 2 // 3]
    return [*texts, *(_reposted(chance, chance.choice(texts)) for _ in range(count - len(texts)))]


def write(path: Path, texts: Sequence[str], days: int) -> None:
    """An archive of JSON lines with the texts spread over so many days."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(texts, days))


def _rows(texts: Sequence[str], days: int) -> Iterator[dict[str, object]]:
    step = timedelta(days=days) / max(len(texts), 1)
    for number, text in enumerate(texts):
        yield {
            "id": f"t{number}",
            "text": text,
            "author": f"u/{number % 5003}",
            "source": "reddit",
            "url": f"https://example.org/{number}",
            "published_at": (_BEGINS + number * step).isoformat(timespec="seconds"),
            "score": number % 97,
            "outlet": "r/portellery",
        }


def _varied(chance: random.Random, text: str) -> str:
    """With the brand's name, a name, a place and a number of its own."""
    ends = (
        f" Foxglove, {chance.choice(_PLACES)}.",
        f" ({chance.choice(_NAMES)} at Foxglove, no. {chance.randrange(10**6)})",
        f" #foxglove {chance.randrange(10**4)}",
    )
    return text + chance.choice(ends)


def _reposted(chance: random.Random, text: str) -> str:
    words = text.split()
    for _ in range(chance.randrange(1, 2 + len(words) // 8)):
        words[chance.randrange(len(words))] = chance.choice(_NAMES)
    return " ".join(words)
