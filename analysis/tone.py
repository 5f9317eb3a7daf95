"""VADER per sentence, and on the sentences that speak of service alone.

Handles and the brand's name are masked before: "@united" would score as a word of harmony.
"""

from functools import cache

import numpy as np

from analysis.arrays import Floats, Ints, ranges
from analysis.characters import POST_END
from analysis.frames import FOLDER, Reading
from analysis.sentiment import Lexicon, Points, points_of, polarities_within
from analysis.tokens import Tokens

NAMES = ("tone:best", "tone:worst", "tone:mean", "tone:service_best", "tone:service_worst")
_SERVICE = ("agent", "service", "place", "channel")


@cache
def tone_lexicon() -> Lexicon:
    """VADER's lexicon with the changes of `vader.tsv`."""
    lines = (FOLDER / "vader.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    silenced = {row[0] for row in rows if row[1] == "silent"}
    return Lexicon.extended(
        {row[0]: float(row[1]) for row in rows if row[1] != "silent"}, silenced=silenced
    )


def tones(reading: Reading) -> Floats:
    """Posts by NAMES."""
    tokens = reading.tokens
    spoken = np.flatnonzero(np.diff(tokens.sentence_first) > 0)
    first = tokens.sentence_first[spoken]
    edges = np.append(tokens.begin[first], len(tokens.text))  # up to where the next begins
    compound = polarities_within(_masked(tokens), edges, tone_lexicon())[:, 3]
    post = tokens.post[first]
    serves = np.isin(spoken, _of_service(reading))
    best, worst, mean, *service = np.zeros((len(NAMES), tokens.posts))
    np.maximum.at(best, post, compound)
    np.minimum.at(worst, post, compound)
    np.add.at(mean, post, compound / np.maximum(np.bincount(post, minlength=tokens.posts), 1)[post])
    np.maximum.at(service[0], post[serves], compound[serves])
    np.minimum.at(service[1], post[serves], compound[serves])
    return np.stack([best, worst, mean, *service], axis=1)


def _of_service(reading: Reading) -> Ints:
    words = np.concatenate([reading.spans(role).begin for role in _SERVICE])
    return np.unique(reading.tokens.sentence[words])


def _masked(tokens: Tokens) -> Points:
    """The text without signs of handles and names of the brand, each letter in its place."""
    points = points_of(tokens.text)
    points[points == ord("@")] = ord("x")
    points[points == ord(POST_END)] = ord(" ")  # which would hide the last word
    named = np.flatnonzero(tokens.named)
    points[ranges(tokens.begin[named], tokens.end[named])[0]] = ord("x")
    return points
