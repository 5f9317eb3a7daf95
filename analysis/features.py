"""What is counted of each post, by name: the numbers the model weighs.

    frame:ID           a frame fires
    side:poor          what a side's frames weigh: the best, and 0.3 of the rest
    sure:poor          a frame of the side leaves no doubt
    poor:rude          the same as side:, per reason
    lead:poor          by how much the side outweighs the other
    first:, last:, but:poor    the side's best in the first, the last sentence, after a "but"
    role:agent         how often words of a role occur (at most three count)
    rate:agent         and how thickly
    not:kind           words of the role under a negation
    pair:agent>kind    words of two roles follow each other, whatever stands between
    pair:agent>>kind   with one word of another role between
    text:...           the form of the text
    tone:...           VADER, sentence by sentence (see tone.py)

A `Table` is sparse: posts by features, as three arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analysis.frames import Frame, Lexicon, Reading
from analysis.patterns import distinct
from analysis.tokens import Flags, Floats, Ints, Tokens
from analysis.tone import NAMES, tones

SIDES = ("poor", "exceptional", "against")
_REST = 0.3  # what the frames beside the best one count; chosen in the study, confirmed here
_SURE = 3.0  # the weight of a frame that leaves no doubt
_NEGATED = ("good", "kind", "able", "bad", "rude", "attend", "good_strong", "bad_strong", "solve")
_PLACES = ("first", "last", "but")
_FORM = ("words", "asks", "exclaims", "shouts", "number", "quotes", "but")
_ROLE_ORDER = Path(__file__).parent / "lexicon" / "role_order.txt"


@dataclass(frozen=True, slots=True)
class Table:
    """Non-zero values of posts by features."""

    post: Ints
    feature: Ints  # number in the list of names
    value: Floats

    def of(self, posts: Ints) -> "Table":
        """The cells of these posts alone."""
        mine = np.flatnonzero(np.isin(self.post, posts))
        return Table(self.post[mine], self.feature[mine], self.value[mine])

    def joined(self, other: "Table", shift: int) -> "Table":
        """With the other's features numbered after one's own."""
        return Table(
            np.concatenate([self.post, other.post]),
            np.concatenate([self.feature, other.feature + shift]),
            np.concatenate([self.value, other.value]),
        )


class Counter:
    """Counts the features of a lexicon; their names are fixed with it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.roles = sorted(lexicon.roles)
        lines = _ROLE_ORDER.read_text("utf-8").splitlines()
        self.order = [word for line in lines if not line.startswith("# ") for word in line.split()]
        frames = lexicon.frames
        self._weight = np.array([frame.weight for frame in frames])
        self._sides = [np.array([frame.side == side for frame in frames]) for side in SIDES]
        self._reasons = sorted({(frame.side, frame.reason) for frame in frames})
        self._by_reason = [_flags(frames, side, reason) for side, reason in self._reasons]
        self.names = [
            *(f"frame:{frame.id}" for frame in frames),
            *(f"{kind}:{side}" for kind in ("side", "sure") for side in SIDES),
            *(f"{side}:{reason}" for side, reason in self._reasons),
            *("lead:poor", "lead:exceptional"),
            *(f"{place}:{side}" for place in _PLACES for side in SIDES),
            *(f"{kind}:{role}" for kind in ("role", "rate") for role in self.roles),
            *(f"not:{role}" for role in _NEGATED),
            *(f"text:{form}" for form in _FORM),
            *NAMES,
            *(f"pair:{a}{link}{b}" for link in (">", ">>") for a in self.order for b in self.order),
        ]

    def count(self, reading: Reading) -> Table:
        """All features of a batch."""
        tokens = reading.tokens
        fired, placed = self._frames(reading)
        dense = np.hstack(
            [fired, self._sums(fired), placed, self._roles(reading), _form(tokens), tones(reading)]
        )
        post, feature = np.nonzero(dense)
        table = Table(post, feature, dense[post, feature])
        return table.joined(self._pairs(reading), dense.shape[1])

    def _frames(self, reading: Reading) -> tuple[Floats, Floats]:
        """Per post: which frames fire; the best weight of each side in each place."""
        tokens = reading.tokens
        fired = np.zeros((tokens.posts, len(self._weight)))
        placed = np.zeros((tokens.posts, len(_PLACES) * len(SIDES)))
        places = _places(tokens)
        for number, frame, spans in reading.hits:
            post = tokens.post[spans.begin]
            fired[post, number] = 1.0
            column = SIDES.index(frame.side)
            for place, inside in enumerate(places):
                here = post[inside[spans.begin]]
                cell = placed[here, place * len(SIDES) + column]
                placed[here, place * len(SIDES) + column] = np.maximum(cell, frame.weight)
        return fired, placed

    def _sums(self, fired: Floats) -> Floats:
        sides = [_weigh(fired, self._weight * side) for side in self._sides]
        sure = [
            (fired @ ((self._weight >= _SURE) & side).astype(float) > 0) * 1.0
            for side in self._sides
        ]
        reasons = [_weigh(fired, self._weight * flags) for flags in self._by_reason]
        lead = sides[0] - sides[1]
        columns = [*sides, *sure, *reasons, lead.clip(0), (-lead).clip(0)]
        return np.asarray(np.stack(columns, axis=1) / 2, float)

    def _roles(self, reading: Reading) -> Floats:
        tokens = reading.tokens
        counts = np.stack(
            [_count(tokens, reading.spans(f"{{{role}}}").begin) for role in self.roles], axis=1
        )
        length = np.sqrt(np.maximum(tokens.post_words, 1))[:, None]
        negated = np.stack([_negated(reading, role) for role in _NEGATED], axis=1)
        return np.hstack([counts.clip(max=3) / 1.5, counts / length, negated.clip(max=2)])

    def _pairs(self, reading: Reading) -> Table:
        """Roles that follow each other in a sentence; each pair counts once a post."""
        tokens = reading.tokens
        role = np.full(len(tokens), -1)
        for number in reversed(range(len(self.order))):  # the first of the order wins
            role[reading.spans(f"{{{self.order[number]}}}").begin] = number
        at = np.flatnonzero(role >= 0)
        size = len(self.order)
        keys = []
        for step in (1, 2):
            left, right = at[:-step], at[step:]
            same = tokens.sentence[left] == tokens.sentence[right]
            left, right = left[same], right[same]
            pair = role[left] * size + role[right] + (step - 1) * size * size
            keys.append(tokens.post[left] * (2 * size * size) + pair)
        key = distinct(np.concatenate(keys))
        post, feature = key // (2 * size * size), key % (2 * size * size)
        return Table(post, feature, scaled(post, tokens.post_words))


def scaled(post: Ints, words: Ints, short: float = 5.0) -> Floats:
    """The value of one of many small features: less the longer the post, from `short` words on."""
    return np.asarray(1 / np.sqrt(2.0 * np.maximum(words[post], short)))


def _flags(frames: Sequence[Frame], side: str, reason: str) -> Flags:
    return np.array([frame.side == side and frame.reason == reason for frame in frames])


def _weigh(fired: Floats, weights: Floats) -> Floats:
    """Per post: the best weight and part of the rest."""
    weighed = fired[:, weights > 0] * weights[weights > 0]
    best = weighed.max(axis=1, initial=0.0)
    return np.asarray(best + _REST * (weighed.sum(axis=1) - best))


def _count(tokens: Tokens, words: Ints) -> Floats:
    return np.bincount(tokens.post[words], minlength=tokens.posts).astype(float)


def _negated(reading: Reading, role: str) -> Floats:
    words = reading.spans(f"{{{role}}}").begin
    return _count(reading.tokens, words[reading.negated[words]])


def _places(tokens: Tokens) -> tuple[Flags, Flags, Flags]:
    """Per word: it stands in its post's first sentence, in its last, after a "but"."""
    if not len(tokens):
        return (np.zeros(0, bool),) * 3
    edges = tokens.post_first
    first = tokens.sentence[np.minimum(edges[:-1], len(tokens) - 1)]
    last = tokens.sentence[np.maximum(edges[1:] - 1, 0)]
    begins = np.isin(tokens.clause, tokens.clause[tokens.turns])
    return first[tokens.post] == tokens.sentence, last[tokens.post] == tokens.sentence, begins


def _form(tokens: Tokens) -> Floats:
    """The form of each text, each number about one at most."""
    words = np.maximum(tokens.post_words, 1)
    sentences = np.maximum(_per_post(tokens, np.ones(len(tokens.asked), bool)), 1)
    return np.stack(
        [
            np.log1p(words) / 4,
            _per_post(tokens, tokens.asked) / sentences,
            (_per_post(tokens, tokens.exclaimed) > 0) * 1.0,
            _count(tokens, np.flatnonzero(tokens.shouted)) / words,
            _count(tokens, np.flatnonzero(tokens.number)).clip(max=3) / 3,
            tokens.quotes.clip(max=4) / 4,
            (_count(tokens, np.flatnonzero(tokens.turns)) > 0) * 1.0,
        ],
        axis=1,
    )


def _per_post(tokens: Tokens, sentences: Flags) -> Floats:
    """Per post: how many of its sentences are flagged."""
    spoken = np.diff(tokens.sentence_first) > 0
    first = tokens.sentence_first[:-1][spoken]
    flagged = sentences[spoken].astype(float)
    return np.asarray(
        np.bincount(tokens.post[first], weights=flagged, minlength=tokens.posts), float
    )
