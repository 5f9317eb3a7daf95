"""Whether a company's answer owns what went wrong, or only says what such answers say.

Phrases of two files, each with a weight, are added up: `reply_words/owned.txt` for, and
`reply_words/robotic.txt` against. Each counts once, however often it is said.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.vocabulary import Reply

FOLDER = Path(__file__).parent / "reply_words"
SIGNED = 1.0  # a name under it, as a person signs
SPECIFIC = 0.5  # per amount, time of day or date, up to two: about this case and no other
MARGIN = 0.0  # owned above it; where nothing speaks for either, nobody answered as a person
_SIGNATURE = re.compile(r"[.!?]\s+(?:[A-Z][a-z]+)(?: [A-Z][a-z]+)?(?:, [\w ,]{3,30})?\.?$")
_SPECIFIC = re.compile(
    r"[£$€]\s?\d|\b\d+(?:[.:]\d\d)?\s?(?:pounds|quid|am|pm|o'clock)\b|\b\d+[.:]\d\d\b"
)


@dataclass(frozen=True, slots=True)
class Tone:
    """How an answer sounds."""

    reply: Reply  # ROBOTIC or OWNED
    score: float  # owned above MARGIN
    evidence: tuple[str, ...]  # the words that decided, the weightiest first: `owned "my fault"`


@cache
def _phrases(name: str) -> tuple[tuple[float, re.Pattern[str]], ...]:
    lines = (FOLDER / f"{name}.txt").read_text("utf-8").splitlines()
    rows = [line.partition(" | ") for line in lines if line and not line.startswith("#")]
    return tuple(
        (float(weight), re.compile(rf"(?<!\w)(?:{phrase.strip()})(?!\w)"))
        for weight, _, phrase in rows
    )


def tone(text: str) -> Tone:
    """How a company's answer sounds, and by which of its words."""
    plain = " ".join(text.lower().replace("’", "'").split())
    found = [
        (weight if name == "owned" else -weight, f'{name} "{match[0]}"')
        for name in ("owned", "robotic")
        for weight, phrase in _phrases(name)
        if (match := phrase.search(plain))
    ]
    if _SIGNATURE.search(text.strip()):
        found.append((SIGNED, "owned signed"))
    if figures := len(_SPECIFIC.findall(plain)):
        found.append((SPECIFIC * min(figures, 2), "owned figures"))
    score = sum(weight for weight, _ in found)
    found.sort(key=lambda row: (-abs(row[0]), row[1]))
    reply = Reply.OWNED if score > MARGIN else Reply.ROBOTIC
    return Tone(reply, score, tuple(words for _, words in found))
