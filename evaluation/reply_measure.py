"""`python -m evaluation.reply_measure`: how often a brand's answer is judged as it is labelled.

`replies.jsonl`: one answer a line with part and label. The phrases were written with the
development part in view; the test part is by the same pen, so its figure flatters.
`later_words.jsonl`: what customers say afterwards, with part and label.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.later_words import says_settled, says_worse
from analysis.reply_tone import tone

FILE = Path(__file__).parent / "replies.jsonl"
LATER = Path(__file__).parent / "later_words.jsonl"
PARTS = ("development", "test")


@dataclass(frozen=True, slots=True)
class LabelledReply:
    """An answer of a company: `robotic` or `owned`."""

    id: str
    part: str
    reply: str
    text: str


def read(part: str | None = None) -> list[LabelledReply]:
    """The labelled answers of a part (of all, without one)."""
    lines = FILE.read_text("utf-8").splitlines()
    replies = [LabelledReply(**json.loads(line)) for line in lines]
    return [reply for reply in replies if part in (None, reply.part)]


def missed(replies: Sequence[LabelledReply]) -> list[LabelledReply]:
    """Those judged otherwise than labelled."""
    return [reply for reply in replies if tone(reply.text).reply != reply.reply]


def later_words(part: str) -> list[tuple[str, str]]:
    """What customers said later: the label ("settled", "worse", "no") and what we make of it."""
    rows = [json.loads(line) for line in LATER.read_text("utf-8").splitlines()]
    return [(row["later"], _made_of(row["text"])) for row in rows if row["part"] == part]


def _made_of(text: str) -> str:
    return "worse" if says_worse(text) else "settled" if says_settled(text) else "no"


def main() -> None:
    """Print the shares judged as labelled."""
    for part in PARTS:
        replies = read(part)
        right = len(replies) - len(missed(replies))
        print(f"answers, {part}: {right} of {len(replies)} as labelled")  # noqa: T201
        later = later_words(part)
        right = sum(said == made for said, made in later)
        print(f"later words, {part}: {right} of {len(later)} as labelled")  # noqa: T201


if __name__ == "__main__":
    main()
