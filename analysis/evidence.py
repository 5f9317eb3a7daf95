"""What decided a verdict, in words an analyst understands.

The short form names the strongest features with the words of the text they rest on:
`poor: rude "didn't even look up" (+1.8); "third email" (+0.9)`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import or_

import numpy as np

from analysis.arrays import Flags, Floats, Ints
from analysis.characters import POST_END
from analysis.features import Table
from analysis.frames import Reading
from analysis.tokens import Tokens

_SHOWN = 3
_QUOTE = 280  # characters
_LOOKED_AT = 30  # features of a post; what decided is among them


@dataclass(frozen=True)
class Ranked:
    """The cells of a table that speak for their posts' verdicts, post by post, strongest first."""

    post: Ints
    feature: Ints
    value: Floats
    share: Floats

    @classmethod
    def of(cls, table: Table, shares: Floats, posts: Ints) -> "Ranked":
        """The cells of these posts; `shares` are of all cells of the table."""
        chosen = np.flatnonzero(np.isin(table.post, posts))
        order = chosen[np.lexsort((-shares[chosen], table.post[chosen]))]
        return cls(table.post[order], table.feature[order], table.value[order], shares[order])

    def strongest(self, posts: Ints, shown: Flags) -> Iterator[list[tuple[int, float]]]:
        """Per post (ascending): of what speaks most for its verdict the features that can be
        shown, with their shares."""
        rank = np.arange(len(self.post)) - np.searchsorted(self.post, self.post)
        cells = np.flatnonzero((rank < _LOOKED_AT) & (self.share > 0) & shown[self.feature])
        pairs = list(zip(self.feature[cells].tolist(), self.share[cells].tolist(), strict=True))
        first = np.searchsorted(self.post[cells], posts).tolist()
        after = np.searchsorted(self.post[cells], posts, "right").tolist()
        return (pairs[low:high] for low, high in zip(first, after, strict=True))


def can_be_shown(names: Sequence[str]) -> Flags:
    """Per feature: it rests on words of the text, a frame's or its own."""
    words = (name.startswith("word:") and "{" not in name for name in names)
    frames = (name.startswith("frame:") for name in names)
    return np.fromiter(map(or_, words, frames), bool, len(names))


class Places:
    """Where in the text features lie: the first span of each frame in each of these posts."""

    def __init__(self, reading: Reading, posts: Ints) -> None:
        fired, number = reading.fired, reading.tokens.post
        self._frames: dict[tuple[int, int], tuple[int, int]] = {}
        self._known = reading.lexicon.frames
        wanted = np.zeros(reading.tokens.posts, bool)
        wanted[posts] = True
        post = number[fired.begin]
        new = (np.diff(post, prepend=-1) != 0) | (np.diff(fired.of, prepend=-1) != 0)
        first = np.flatnonzero(wanted[post] & new)
        begin, after = fired.begin[first].tolist(), fired.after[first].tolist()
        frame = fired.of[first].tolist()
        for which, each, *span in zip(post[first].tolist(), frame, begin, after, strict=True):
            self._frames[which, each] = (span[0], span[1])

    def of(self, post: int, name: str, feature: int) -> tuple[int, int] | None:
        """First word and the word after the last; None where it rests on the whole text."""
        if name.startswith("frame:"):
            return self._frames.get((post, feature))
        return None

    def reason(self, feature: int) -> str:
        """What a frame tells, as an analyst would say it."""
        frame = self._known[feature]
        return "service" if frame.reason == "other" else frame.reason


def short(
    post: int, verdict: str, cells: Iterable[tuple[int, float]], names: list[str], places: Places,
    tokens: Tokens,
) -> tuple[str, tuple[int, int] | None]:  # fmt: skip
    """The short form for one post from its strongest cells, and the span of the first frame."""
    parts: list[str] = []
    shown: list[tuple[int, int]] = []
    words: list[str] = []
    for feature, share in cells:
        if len(parts) >= _SHOWN:
            break
        name = names[feature]
        span = places.of(post, name, feature)
        if span and span not in shown:
            shown.append(span)
            said = " ".join(tokens.spelt(*span).split())
            parts.append(f'{places.reason(feature)} "{said}" ({share:+.1f})')
        elif name.startswith("word:") and len(words) < _SHOWN:
            words.append(f"{name[5:]} ({share:+.1f})")
    if len(parts) < _SHOWN and words:
        parts.append("words: " + ", ".join(words))
    told = "; ".join(parts) or "the telling as a whole"
    return f"{verdict}: {told}", shown[0] if shown else None


def quote(post: int, span: tuple[int, int] | None, tokens: Tokens) -> str:
    """The sentence that tells it, with the next where there is room; at most 280 characters."""
    first, after = int(tokens.post_first[post]), int(tokens.post_first[post + 1])
    if first == after:
        return ""
    sentence = tokens.sentence[span[0] if span else first]
    begin = int(tokens.sentence_first[sentence])
    end = int(tokens.sentence_first[tokens.sentence[(span[1] if span else begin + 1) - 1] + 1])
    while end < after:
        following = int(tokens.sentence_first[tokens.sentence[end] + 1])
        if int(tokens.end[following - 1]) - int(tokens.begin[begin]) > _QUOTE:
            break
        end = following
    stop = (
        int(tokens.begin[end])
        if end < after
        else tokens.text.index(POST_END, int(tokens.end[end - 1]))
    )
    said = " ".join(tokens.text[int(tokens.begin[begin]) : stop].split())
    return said if len(said) <= _QUOTE else said[: _QUOTE - 1].rsplit(" ", 1)[0] + "…"
