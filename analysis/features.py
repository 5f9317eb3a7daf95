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
    word:...           words and their neighbours (see ngrams.py)

Nearly all are zero in any post; `analysis.sums` and `analysis.counting` count the others.
"""

from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from analysis import counting
from analysis.arrays import Ints
from analysis.frames import Lexicon, Reading
from analysis.ngrams import WORD, Ngrams
from analysis.sums import Frames, Words, form, frame_sums
from analysis.tokens import Tokens
from analysis.tone import NAMES, tones

SIDES = ("poor", "exceptional", "against")
_NEGATED = ("good", "kind", "able", "bad", "rude", "attend", "good_strong", "bad_strong", "solve")
_PLACES = ("first", "last", "but")
_FORM = ("words", "asks", "exclaims", "shouts", "number", "quotes", "but")
_ROLE_ORDER = Path(__file__).parent / "lexicon" / "role_order.txt"


class Counter:
    """Counts the features of a lexicon and of n-grams; their names are fixed with these."""

    def __init__(self, lexicon: Lexicon, ngrams: Sequence[str] = ()) -> None:
        lines = _ROLE_ORDER.read_text("utf-8").splitlines()
        self.order = [word for line in lines if not line.startswith("# ") for word in line.split()]
        frames, roles = lexicon.frames, lexicon.roles
        reasons = sorted({(frame.side, frame.reason) for frame in frames})
        blocks = (
            [f"frame:{frame.id}" for frame in frames],
            [
                *(f"{kind}:{side}" for kind in ("side", "sure") for side in SIDES),
                *(f"{side}:{reason}" for side, reason in reasons),
                *("lead:poor", "lead:exceptional"),
                *(f"{place}:{side}" for place in _PLACES for side in SIDES),
            ],
            [f"role:{role}" for role in roles],
            [f"not:{role}" for role in _NEGATED],
            [*(f"text:{form}" for form in _FORM), *NAMES],
            [f"pair:{a}{link}{b}" for link in (">", ">>") for a in self.order for b in self.order],
            [WORD + ngram for ngram in ngrams],
        )
        self.names = [name for block in blocks for name in block]
        self._ngrams = Ngrams(ngrams)
        self._frames = Frames(
            np.array([frame.weight for frame in frames], np.float64),
            _numbers(SIDES, [frame.side for frame in frames]),
            _numbers(reasons, [(frame.side, frame.reason) for frame in frames]),
            len(reasons),
        )
        self._known = counting.Known(
            _numbers(self.order, roles),
            len(self.order),
            _numbers(_NEGATED, roles),
            np.cumsum([0, *map(len, blocks)]),
            counting.table_of(self._ngrams.keys),
        )

    def count(self, reading: Reading) -> csr_array:
        """Posts by features, numbered as `names`; those of a post in no order."""
        tokens, fired = reading.tokens, reading.fired
        words = _words(tokens)
        logs = np.log1p(np.maximum(tokens.post_words, 1))
        first, feature, value = counting.count(
            self._known,
            counting.Words(
                tokens.post_first, tokens.sentence, reading.negated, self._ngrams.labels(reading)
            ),
            counting.by_post(fired.of, fired.begin, tokens.post, tokens.posts),
            counting.by_post(reading.roles.of, reading.roles.begin, tokens.post, tokens.posts),
            frame_sums(self._frames, words, fired.of, fired.begin, tokens.post),
            np.hstack([form(words, logs), tones(reading)]),
        )
        return csr_array((value, feature, first), shape=(tokens.posts, len(self.names)))


def _numbers(listed: Sequence[Hashable], asked: Sequence[Hashable]) -> Ints:
    """The place of each in the list, -1 where it is not there."""
    return np.array([listed.index(one) if one in listed else -1 for one in asked], np.int64)


def _words(tokens: Tokens) -> Words:
    turned = np.zeros(len(tokens.clause_first), bool)
    turned[tokens.clause[np.flatnonzero(tokens.turns)]] = True
    return Words(
        tokens.post_first,
        tokens.sentence,
        tokens.clause,
        tokens.shouted,
        tokens.number,
        tokens.turns,
        turned,
        tokens.asked,
        tokens.exclaimed,
        tokens.quotes,
    )
