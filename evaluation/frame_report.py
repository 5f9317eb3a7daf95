"""Which frames earn their place: how often each fires on labelled posts, and how often rightly.

A frame of the side poor is right where the post is poor; one that speaks against a moment is right
where the post is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.frames import Lexicon

FEW = 8  # posts; a precision over fewer says nothing
POOR_PRECISION = 0.5  # below it a frame misleads more often than it helps


@dataclass(frozen=True, slots=True)
class Record:
    """One frame over all labelled posts."""

    frame: str
    side: str
    posts: int
    right: int

    @property
    def precision(self) -> float:
        """Share of its posts on which it is right; 0 where it never fires."""
        return self.right / self.posts if self.posts else 0.0


def records(texts: Sequence[str], verdicts: Sequence[str]) -> list[Record]:
    """The record of every frame of the shipped lexicon, in its order."""
    lexicon = Lexicon.load()
    tokens = lexicon.tokens(list(texts))
    verdict = np.asarray(verdicts, object)
    fired = lexicon.read(tokens).fired
    return [
        Record(frame.id, frame.side, len(hit), int(np.sum(hit == _truth(frame.side))))
        for number, frame in enumerate(lexicon.frames)
        for hit in [verdict[np.unique(tokens.post[fired.begin[fired.of == number]])]]
    ]


def silent(kept: Sequence[Record]) -> list[Record]:
    """Frames that never fire."""
    return [record for record in kept if not record.posts]


def misleading(kept: Sequence[Record]) -> list[Record]:
    """Frames that are wrong more often than right, the worst first."""
    found = [each for each in kept if each.posts >= FEW and each.precision < POOR_PRECISION]
    return sorted(found, key=lambda each: (each.precision, each.frame))


def _truth(side: str) -> str:
    return "neither" if side == "against" else side
