"""Benchmarks of the whole judge and of near-duplicates, within this process."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, triu

from analysis.duplicates import near_duplicates
from analysis.judge import judge
from analysis.sentiment import polarities
from analysis.shingles import HASH_BITS, Shingles, shingle
from data.records import Brand
from evaluation.bench_corpus import copied
from evaluation.bench_row import Bench, Row
from evaluation.stopwatch import Ratio, in_turns, timed

_WARM = 1_000  # posts: what is read and compiled once is not measured
_COPIES = 3_000
_JACCARD = 0.5
_HASH = np.uint64((1 << HASH_BITS) - 1)


def judging(bench: Bench) -> Iterator[Row]:
    """The whole judge against sentiment alone."""
    posts = pd.DataFrame({"text": bench.texts}, dtype="str")
    brand = Brand("Foxglove")
    judge(posts.head(_WARM), brand)
    whole, alone = in_turns(
        bench.repeats,
        lambda: timed(lambda: judge(posts, brand)),
        lambda: timed(lambda: polarities(bench.texts)),
    )
    rate = len(posts) / sorted(took.cpu for took in whole)[len(whole) // 2]
    yield Row.of(
        "the whole judge / sentiment alone",
        Ratio.of(whole, alone),
        "<= 6",
        f"{rate:,.0f} posts per second of CPU (wanted: 40,000)",
    )


def duplicates(bench: Bench) -> Iterator[Row]:
    """Near-duplicates against datasketch, and how many of the true pairs each finds."""
    texts = copied(_COPIES)
    shingles = shingle(texts)
    true = _true_pairs(shingles)
    found = near_duplicates(texts, _JACCARD, exact=0)
    ours = set(zip(found.first.tolist(), found.second.tolist(), strict=True))
    note = f"ours: {_quality(ours, true)}"
    if not find_spec("datasketch"):
        yield Row("near-duplicates", "", "", ">= 20", f"{note}; datasketch is not installed")
        return
    note += f"; datasketch: {_quality(_datasketch(texts), true)}"
    slow, fast = in_turns(
        bench.repeats,
        lambda: timed(lambda: _datasketch(texts)),
        lambda: timed(lambda: near_duplicates(texts, _JACCARD, exact=0)),
    )
    yield Row.of("near-duplicates: datasketch / ours", Ratio.of(slow, fast), ">= 20", note)


def _true_pairs(shingles: Shingles) -> set[tuple[int, int]]:
    """Every pair at or over the overlap, counted from the whole sets."""
    size = shingles.size
    text = np.repeat(np.arange(len(size)), size)
    _, column = np.unique(shingles.packed & _HASH, return_inverse=True)
    sets = csr_array((np.ones(len(text)), (text, column)))
    shared = triu(sets @ sets.T, k=1).tocoo()
    union = size[shared.row] + size[shared.col] - shared.data
    near = shared.data >= _JACCARD * union
    return set(zip(shared.row[near].tolist(), shared.col[near].tolist(), strict=True))


def _quality(said: set[tuple[int, int]], true: set[tuple[int, int]]) -> str:
    both = len(said & true)
    return f"recall {both / max(len(true), 1):.3f}, precision {both / max(len(said), 1):.3f}"


def _datasketch(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Pairs that MinHash with LSH reports, as its documentation shows it."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=_JACCARD, num_perm=128)
    pairs: set[tuple[int, int]] = set()
    for number, text in enumerate(texts):
        words = text.lower().split()
        sketch = MinHash(num_perm=128)
        triples = {" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, 1))}
        sketch.update_batch([triple.encode() for triple in triples])
        pairs |= {(int(other), number) for other in index.query(sketch)}
        index.insert(number, sketch)
    return pairs
