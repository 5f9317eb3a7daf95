"""What decided a verdict, in words an analyst understands.

The short form names the strongest features with the words of the text they rest on:
`poor: rude "didn't even look up" (+1.8); words: third email (+0.9)`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_array

from analysis.arrays import Cells, Floats, Ints
from analysis.compiled import compiled
from analysis.frames import Frame, Reading
from analysis.model import VERDICTS
from analysis.ngrams import spoken
from analysis.quotes import quotes
from analysis.stretches import Phrases, Stretches, column

_SHOWN = 3  # frames, and n-grams, of a post
_LEAST = 0.05  # what moved a verdict by less is told as 0.0
_FRAMES = 12  # looked at, as some fire on the same words
# The phrases of a line by number: those of verdicts, between others, of shares, of features.
_BETWEEN = ('"', "; ", "words: ", ", ", "the telling as a whole")
_END_QUOTE, _NEXT, _WORDS, _NEXT_WORD, _NOTHING, _SHARE = range(len(VERDICTS), len(VERDICTS) + 6)
_TENTHS = 1_000  # shares are told up to so many
_FEATURE = _SHARE + _TENTHS
_MOST = 1 + 5 * _SHOWN + 2 + 3 * _SHOWN  # stretches of a line


class Fired(NamedTuple):
    """Where frames fire in a batch, by frame and in order."""

    key: Ints  # frame * posts + post
    begin: Ints  # characters of the batch, [begin, end)
    end: Ints
    posts: int


class Evidence:
    """Names the evidence; made for features of these names, those of frames first."""

    def __init__(self, names: Sequence[str], frames: Sequence[Frame]) -> None:
        reasons = ("service" if frame.reason == "other" else frame.reason for frame in frames)
        words = [
            name.removeprefix("word:") if name.startswith("word:") and "{" not in name else ""
            for name in names[len(frames) :]
        ]
        shares = (f" (+{tenths / 10:.1f})" for tenths in range(_TENTHS))
        openings = (f'{reason} "' for reason in reasons)
        self._frames = len(frames)
        verdicts = (f"{verdict}: " for verdict in VERDICTS)
        self._phrases = Phrases.of([*verdicts, *_BETWEEN, *shares, *openings, *spoken(words)])

    def tell(
        self, reading: Reading, posts: Ints, verdict: Ints, table: csr_array, share: Floats
    ) -> tuple[pa.Array, pa.Array]:
        """The short form and the quote of each of these posts, which are the rows of the table.

        `verdict` is its number for each post, `share` how far each cell of the table moved it.
        """
        tokens, fired = reading.tokens, reading.fired
        begin, end = tokens.begin[fired.begin], tokens.end[fired.after - 1]
        stretches, after, strongest = _told(
            table.indptr, table.indices, share, posts, verdict,
            Fired(_keys(reading), begin, end, tokens.posts), self._frames,
            self._phrases.edges + len(tokens.points),
        )  # fmt: skip
        lines = column(Stretches(*stretches, after), tokens.points, self._phrases.points)
        spans = np.append(np.stack([fired.begin, fired.after], axis=1), [[-1, -1]], axis=0)
        return lines, quotes(tokens, posts, spans[strongest])  # the last for those without one


@compiled
def _told(
    first: Cells, feature: Cells, share: Floats, post: Ints, verdict: Ints,
    fired: Fired, frames: int, phrases: Ints,
) -> tuple[tuple[Ints, Ints], Ints, Ints]:  # fmt: skip
    """The stretches of the rows' lines, those up to each row's last, and its strongest span or -1.

    `first` is the first cell of each row of a table and one more, `post` and `verdict` are of rows;
    features below `frames` are frames; `phrases` is where each phrase begins.
    """
    rows = len(post)
    begin, end = np.empty(rows * _MOST, np.int64), np.empty(rows * _MOST, np.int64)
    after, strongest = np.empty(rows, np.int64), np.full(rows, -1)
    framed, worded = np.empty(_FRAMES + 1, np.int64), np.empty(_SHOWN + 1, np.int64)
    shown = np.empty(_SHOWN, np.int64)
    at = 0
    for row in range(rows):
        at = _say(begin, end, at, phrases, verdict[row])
        found = words = said = 0
        for cell in range(first[row], first[row + 1]):
            phrase = _FEATURE + feature[cell]
            if share[cell] < _LEAST:
                continue
            if feature[cell] < frames:
                found = _ranked(framed, found, cell, share)
            elif phrases[phrase] < phrases[phrase + 1]:
                words = _ranked(worded, words, cell, share)
        for cell in framed[:found]:
            span = np.searchsorted(fired.key, feature[cell] * fired.posts + post[row])
            if said < _SHOWN and not _is_among(shown[:said], span, fired.begin, fired.end):
                at = _say(begin, end, at, phrases, _NEXT) if said else at
                at = _say(begin, end, at, phrases, _FEATURE + feature[cell])
                begin[at], end[at] = fired.begin[span], fired.end[span]
                at = _say(begin, end, at + 1, phrases, _END_QUOTE)
                at = _say(begin, end, at, phrases, _SHARE + _tenths(share[cell]))
                shown[said] = span
                said += 1
        if said:
            strongest[row] = shown[0]
        elif not words:
            at = _say(begin, end, at, phrases, _NOTHING)
        if words and said < _SHOWN:
            at = _say(begin, end, at, phrases, _NEXT) if said else at
            for number in range(words):
                at = _say(begin, end, at, phrases, _NEXT_WORD if number else _WORDS)
                at = _say(begin, end, at, phrases, _FEATURE + feature[worded[number]])
                at = _say(begin, end, at, phrases, _SHARE + _tenths(share[worded[number]]))
        after[row] = at
    return (begin[:at].copy(), end[:at].copy()), after, strongest


@compiled
def _is_among(shown: Ints, span: int, begin: Ints, end: Ints) -> bool:
    """One of these spans has the same characters."""
    same = False
    for other in shown:
        same |= begin[other] == begin[span] and end[other] == end[span]
    return same


@compiled
def _say(begin: Ints, end: Ints, at: int, phrases: Ints, phrase: int) -> int:
    """A phrase as the next stretch; the place behind it."""
    begin[at], end[at] = phrases[phrase], phrases[phrase + 1]
    return at + 1


@compiled
def _tenths(share: float) -> int:
    """Rounded as Python writes a number with one digit: by its true value, a tie to the even."""
    large, small = 8 * share, 2 * share  # neither loses a bit, and together they are ten times it
    tenths = large + small
    lost = large - tenths + small
    whole = int(tenths)
    rest = tenths - whole
    up = rest > 0.5 or (rest == 0.5 and (lost > 0 or (lost == 0 and whole % 2 == 1)))
    return min(whole + up, _TENTHS - 1)


@compiled
def _ranked(best: Ints, many: int, cell: int, share: Floats) -> int:
    """Put a cell among the best by their shares, where it belongs and there is room; how many."""
    at = many
    while at and share[best[at - 1]] < share[cell]:
        best[at] = best[at - 1]
        at -= 1
    best[at] = cell
    return min(many + 1, len(best) - 1)


def first_places(reading: Reading, posts: Ints, frames: Ints) -> tuple[Ints, Ints]:
    """First word and the word after the last where each of these frames first fires in its post."""
    fired = reading.fired
    at = np.searchsorted(_keys(reading), frames * reading.tokens.posts + posts)
    return fired.begin[at], fired.after[at]


def _keys(reading: Reading) -> Ints:
    """The key of each frame that fires, in order; see Fired."""
    fired, tokens = reading.fired, reading.tokens
    return fired.of * tokens.posts + tokens.post[fired.begin]
