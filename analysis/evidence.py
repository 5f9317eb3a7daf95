"""What decided a verdict, in words an analyst understands.

The short form names the strongest features with the words of the text they rest on:
`poor: rude "didn't even look up" (+1.8); "third email" (+0.9)`.
"""

from dataclasses import dataclass

import numpy as np

from analysis.features import Table
from analysis.frames import Reading
from analysis.tokens import POST_END, Floats, Ints, Tokens

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
        """The cells of these posts."""
        chosen = np.flatnonzero(np.isin(table.post, posts))
        order = chosen[np.lexsort((-shares[chosen], table.post[chosen]))]
        return cls(table.post[order], table.feature[order], table.value[order], shares[order])

    def strongest(self, post: int) -> list[tuple[int, float]]:
        """The features that speak most for a post's verdict, with their shares."""
        low, high = np.searchsorted(self.post, (post, post + 1))
        cells = slice(low, min(high, low + _LOOKED_AT))
        return list(zip(self.feature[cells].tolist(), self.share[cells].tolist(), strict=True))


class Places:
    """Where in the text features lie: the first span of each frame in each post."""

    def __init__(self, reading: Reading) -> None:
        self._tokens = reading.tokens
        self._frames: dict[tuple[int, int], tuple[int, int]] = {}
        self._by_number = {}
        for number, frame, spans in reading.hits:
            self._by_number[number] = frame
            posts, first = np.unique(reading.tokens.post[spans.begin], return_index=True)
            for post, at in zip(posts.tolist(), first.tolist(), strict=True):
                self._frames[post, number] = (int(spans.begin[at]), int(spans.after[at]))

    def of(self, post: int, name: str, feature: int) -> tuple[int, int] | None:
        """First word and the word after the last; None where it rests on the whole text."""
        if name.startswith("frame:"):
            return self._frames.get((post, feature))
        return None

    def reason(self, feature: int) -> str:
        """What a frame tells, as an analyst would say it."""
        frame = self._by_number[feature]
        return "service" if frame.reason == "other" else frame.reason


def short(
    post: int, verdict: str, ranked: Ranked, names: list[str], places: Places, tokens: Tokens
) -> tuple[str, tuple[int, int] | None]:
    """The short form for one post, and the span of its strongest frame."""
    parts: list[str] = []
    shown: list[tuple[int, int]] = []
    words: list[str] = []
    for feature, share in ranked.strongest(post):
        if share <= 0 or len(parts) >= _SHOWN:
            break
        name = names[feature]
        span = places.of(post, name, feature)
        if span and span not in shown:
            shown.append(span)
            said = " ".join(tokens.spelt(*span).split())
            parts.append(f'{places.reason(feature)} "{said}" ({share:+.1f})')
        elif name.startswith("word:") and "{" not in name and len(words) < _SHOWN:
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
