"""Values of posts by features, of which nearly all are zero."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from analysis.arrays import Floats, Ints

_REST = 0.3  # what the frames beside the best one count; chosen in the study, confirmed here


@dataclass(frozen=True, slots=True)
class Cells:
    """Non-zero values of posts by features."""

    post: Ints
    feature: Ints  # number in the list of names
    value: Floats

    def shifted(self, by: int) -> "Cells":
        """With features numbered from there on."""
        return Cells(self.post, self.feature + by, self.value)

    def table(self, posts: int, features: int) -> csr_array:
        """As a sparse matrix, the features of a post in the order of the cells."""
        narrow = self.post.astype(np.min_scalar_type(posts))  # few bits are sorted fast
        order = np.argsort(narrow, kind="stable")
        first = np.concatenate([[0], np.cumsum(np.bincount(self.post, minlength=posts))])
        cells = self.value[order], self.feature[order].astype(np.int32), first.astype(np.int32)
        return csr_array(cells, shape=(posts, features))


def joined(parts: Sequence[Cells]) -> Cells:
    """The cells of all parts."""
    return Cells(
        np.concatenate([part.post for part in parts]),
        np.concatenate([part.feature for part in parts]),
        np.concatenate([part.value for part in parts]),
    )


def scaled(post: Ints, words: Ints, short: float = 5.0) -> Floats:
    """The value of one of many small features: less the longer the post, from `short` words on."""
    return np.asarray(1 / np.sqrt(2.0 * np.maximum(words, short)))[post]


def sparse(dense: Floats) -> Cells:
    """The cells of posts by features that are not zero."""
    post, feature = np.nonzero(dense)
    return Cells(post, feature, dense[post, feature])


def tally(post: Ints, of: Ints) -> tuple[Ints, Ints, Floats]:
    """Post and kind of things in the order of kinds and posts, and how many of each there are."""
    changes = np.ones(len(post), bool)
    changes[1:] = (post[1:] != post[:-1]) | (of[1:] != of[:-1])
    first = np.flatnonzero(changes)
    return post[first], of[first], np.diff(np.append(first, len(post))).astype(float)


def best(post: Ints, column: Ints, weight: Floats, shape: tuple[int, int]) -> Floats:
    """Posts by columns: the best weight."""
    highest = np.zeros(shape)
    np.maximum.at(highest, (post, column), weight)
    return highest


def weigh(post: Ints, column: Ints, weight: Floats, shape: tuple[int, int]) -> Floats:
    """Posts by columns: the best weight and part of the rest."""
    highest = best(post, column, weight, shape)
    total = np.bincount(post * shape[1] + column, weight, shape[0] * shape[1]).reshape(shape)
    return np.asarray(highest + _REST * (total - highest))
