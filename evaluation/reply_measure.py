"""`python -m evaluation.reply_measure`: how often a brand's answer is judged as it is labelled.

`replies.jsonl`: one answer a line with part and label. The phrases were written with the
development part in view; the test part is by the same pen, so its figure flatters.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.reply_tone import tone

FILE = Path(__file__).parent / "replies.jsonl"
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


def main() -> None:
    """Print the share judged as labelled."""
    for part in PARTS:
        replies = read(part)
        right = len(replies) - len(missed(replies))
        print(f"{part}: {right} of {len(replies)} as labelled")  # noqa: T201


if __name__ == "__main__":
    main()
