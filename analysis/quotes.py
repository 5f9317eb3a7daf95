"""The sentences that tell it: the one with the strongest evidence, and what follows."""

import numpy as np
import pyarrow as pa

from analysis.arrays import Ints
from analysis.stretches import NO_PHRASES, Stretches, column
from analysis.tokens import Tokens

_LENGTH = 280  # characters


def quotes(tokens: Tokens, posts: Ints, strongest: Ints) -> pa.Array:
    """Of each of these posts the sentence with the strongest evidence, and as many behind it as
    there is room for; "" of a post without words.

    `strongest` has a row per post: the first word of the evidence and the word after its last;
    -1 where there is none, then the quote begins with the text.
    """
    spoken = tokens.post_words[posts] > 0
    posts, strongest = posts[spoken], strongest[spoken]
    first, after = tokens.post_first[posts], tokens.post_first[posts + 1]
    told = strongest[:, 0] >= 0
    begin = _sentence(tokens, np.where(told, strongest[:, 0], first))
    end = _sentence(tokens, np.where(told, strongest[:, 1] - 1, begin), behind=1)
    room = np.searchsorted(tokens.end, tokens.begin[begin] + _LENGTH, "right")
    room = np.minimum(room, after)
    fits = np.where(room < after, _sentence(tokens, np.minimum(room, len(tokens) - 1)), after)
    end = np.maximum(end, fits)
    start = tokens.begin[begin]
    stop = np.where(
        end < after,
        tokens.begin[np.minimum(end, len(tokens) - 1)],
        np.append(tokens.post_begin[1:], len(tokens.text))[posts] - 1,
    )
    said = Stretches(start, stop, np.cumsum(spoken))
    return column(said, tokens.points, NO_PHRASES, _LENGTH)


def _sentence(tokens: Tokens, word: Ints, behind: int = 0) -> Ints:
    """The first word of the sentence in which each word stands, or of one behind it."""
    return tokens.sentence_first[tokens.sentence[word] + behind]
