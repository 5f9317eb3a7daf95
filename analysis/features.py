"""What is counted of each post, by name: the numbers the model weighs.

    frame:ID           a frame fires
    side:poor          what a side's frames weigh: the best, and 0.3 of the rest
    sure:poor          a frame of the side leaves no doubt
    poor:rude          the same as side:, per reason
    lead:poor          by how much the side outweighs the other
    first:, last:, but:poor    the side's best in the first, the last sentence, after a "but"
    role:agent         how often words of a role occur (at most three count)
    not:kind           words of the role under a negation
    pair:agent>kind    words of two roles follow each other, whatever stands between
    pair:agent>>kind   with one word of another role between
    text:...           the form of the text
    tone:...           VADER, sentence by sentence (see tone.py)

Nearly all are zero in any post: `analysis.cells` holds the others.
"""

from pathlib import Path

import numpy as np

from analysis.arrays import Flags, Floats, Ints, distinct
from analysis.cells import Cells, best, joined, scaled, sparse, tally, weigh
from analysis.frames import Lexicon, Reading
from analysis.spans import Spans
from analysis.tokens import Tokens
from analysis.tone import NAMES, tones

SIDES = ("poor", "exceptional", "against")
_SURE = 3.0  # the weight of a frame that leaves no doubt
_NEGATED = ("good", "kind", "able", "bad", "rude", "attend", "good_strong", "bad_strong", "solve")
_PLACES = ("first", "last", "but")
_FORM = ("words", "asks", "exclaims", "shouts", "number", "quotes", "but")
_ROLE_ORDER = Path(__file__).parent / "lexicon" / "role_order.txt"


class Counter:
    """Counts the features of a lexicon; their names are fixed with it."""

    def __init__(self, lexicon: Lexicon) -> None:
        lines = _ROLE_ORDER.read_text("utf-8").splitlines()
        self.order = [word for line in lines if not line.startswith("# ") for word in line.split()]
        frames, self._roles = lexicon.frames, lexicon.roles
        self._weight = np.array([frame.weight for frame in frames])
        self._side = np.array([SIDES.index(frame.side) for frame in frames], np.int64)
        reasons = sorted({(frame.side, frame.reason) for frame in frames})
        self._reason = np.array(
            [reasons.index((frame.side, frame.reason)) for frame in frames], np.int64
        )
        self._reasons = len(reasons)
        self._rank = np.array(
            [self.order.index(role) if role in self.order else -1 for role in lexicon.roles]
        )
        self._negatable = np.array(
            [_NEGATED.index(role) if role in _NEGATED else -1 for role in lexicon.roles]
        )
        blocks = (
            [f"frame:{frame.id}" for frame in frames],
            [
                *(f"{kind}:{side}" for kind in ("side", "sure") for side in SIDES),
                *(f"{side}:{reason}" for side, reason in reasons),
                *("lead:poor", "lead:exceptional"),
                *(f"{place}:{side}" for place in _PLACES for side in SIDES),
            ],
            [f"role:{role}" for role in lexicon.roles],
            [f"not:{role}" for role in _NEGATED],
            [*(f"text:{form}" for form in _FORM), *NAMES],
            [f"pair:{a}{link}{b}" for link in (">", ">>") for a in self.order for b in self.order],
        )
        self.names = [name for block in blocks for name in block]
        self._begins = np.cumsum([0, *map(len, blocks)]).tolist()

    def count(self, reading: Reading) -> Cells:
        """All features of a batch."""
        tokens = reading.tokens
        form = np.hstack([_form(tokens), tones(reading)])
        parts = [
            *self._frames(reading),
            *self._counts(reading),
            sparse(form),
            self._pairs(reading),
        ]
        return joined([part.shifted(at) for part, at in zip(parts, self._begins, strict=False)])

    def _frames(self, reading: Reading) -> tuple[Cells, Cells]:
        """Which frames fire in which post; what they sum up to, by side, reason and place."""
        tokens, fired = reading.tokens, reading.fired
        key = distinct(tokens.post[fired.begin] * len(self._weight) + fired.of)
        post, frame = key // len(self._weight), key % len(self._weight)
        weight = self._weight[frame]
        sides = weigh(post, self._side[frame], weight, (tokens.posts, len(SIDES)))
        sure = best(
            post, self._side[frame], (weight >= _SURE).astype(float), (tokens.posts, len(SIDES))
        )
        reasons = weigh(post, self._reason[frame], weight, (tokens.posts, self._reasons))
        lead = sides[:, :1] - sides[:, 1:2]
        halves = np.hstack([sides, sure, reasons, lead.clip(0), (-lead).clip(0)]) / 2
        placed = self._placed(tokens, fired)
        return Cells(post, frame, np.ones(len(key))), sparse(np.hstack([halves, placed]))

    def _placed(self, tokens: Tokens, fired: Spans) -> Floats:
        """Per post: the best weight of each side in each place."""
        columns = []
        for inside in _places(tokens, fired.begin):
            here = np.flatnonzero(inside)
            post, frame = tokens.post[fired.begin[here]], fired.of[here]
            shape = tokens.posts, len(SIDES)
            columns.append(best(post, self._side[frame], self._weight[frame], shape))
        return np.hstack(columns)

    def _counts(self, reading: Reading) -> tuple[Cells, Cells]:
        """How often each role occurs; how often negated."""
        tokens, roles = reading.tokens, reading.roles
        post, role, count = tally(tokens.post[roles.begin], roles.of)
        often = Cells(post, role, count.clip(max=3) / 1.5)
        under = (self._negatable[roles.of] >= 0) & reading.negated[roles.begin]
        negated = roles.where(under)
        post, role, count = tally(tokens.post[negated.begin], negated.of)
        return often, Cells(post, self._negatable[role], count.clip(max=2))

    def _pairs(self, reading: Reading) -> Cells:
        """Roles that follow each other in a sentence; each pair counts once a post."""
        tokens, roles = reading.tokens, reading.roles
        rank = self._rank[roles.of]
        order = np.argsort(-rank, kind="stable")  # the first of the order is written last, and wins
        order = order[rank[order] >= 0]
        role = np.full(len(tokens), -1)
        role[roles.begin[order]] = rank[order]
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
        return Cells(post, feature, scaled(post, tokens.post_words))


def _places(tokens: Tokens, words: Ints) -> tuple[Flags, Flags, Flags]:
    """Per word of these: it stands in its post's first sentence, in its last, after a "but"."""
    post, sentence, clause = tokens.post[words], tokens.sentence[words], tokens.clause[words]
    first, after = tokens.post_first[post], tokens.post_first[post + 1]
    turned = np.zeros(len(tokens.clause_first), bool)
    turned[tokens.clause[np.flatnonzero(tokens.turns)]] = True
    return (
        tokens.sentence[first] == sentence,
        tokens.sentence[after - 1] == sentence,
        turned[clause],
    )


def _form(tokens: Tokens) -> Floats:
    """The form of each text, each number about one at most."""
    words = np.maximum(tokens.post_words, 1)
    sentences = np.maximum(_per_post(tokens, np.ones(len(tokens.asked), bool)), 1)
    return np.stack(
        [
            np.log1p(words) / 4,
            _per_post(tokens, tokens.asked) / sentences,
            (_per_post(tokens, tokens.exclaimed) > 0) * 1.0,
            tokens.per_post(tokens.shouted) / words,
            tokens.per_post(tokens.number).clip(max=3) / 3,
            tokens.quotes.clip(max=4) / 4,
            (tokens.per_post(tokens.turns) > 0) * 1.0,
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
