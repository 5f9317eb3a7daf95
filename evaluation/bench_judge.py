"""Benchmarks of the analysis, within this process: sentiment, the whole judge, near-duplicates."""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array, triu
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.duplicates import near_duplicates
from analysis.judge import judge
from analysis.sentiment import polarities
from analysis.shingles import HASH_BITS, Shingles, shingle
from data.records import Brand
from evaluation.bench_corpus import copied, long
from evaluation.bench_row import Bench, Row
from evaluation.bench_sentiment import memory
from evaluation.stopwatch import Ratio, Took, timed

_PART = 10  # the slow loops run on one in so many texts, and are counted per text
_SINGLE = 300
_WARM = 100  # texts, which compile or load the loops
_COPIES = 3_000
_JACCARD = 0.5
_HASH = np.uint64((1 << HASH_BITS) - 1)
Scorer = Callable[[str], object]


def sentiment(bench: Bench) -> Iterator[Row]:
    """Our scores against the loops that give them one by one, and against a bare split."""
    texts = bench.texts
    vader = SentimentIntensityAnalyzer().polarity_scores
    polarities(texts[:_WARM])
    yield memory(texts)  # first, as what was taken once is not taken again
    yield Row.of(
        "sentiment, mixed posts: vaderSentiment loop / ours",
        _loop_against_ours(vader, texts, _PART, bench.repeats),
        ">= 30",
    )
    yield Row.of(
        "sentiment, texts of 2,000 tokens",
        _loop_against_ours(vader, long(100, 2_000), 20, bench.repeats),
        ">= 100",
    )
    singles = texts[:_SINGLE]
    ours, theirs = [], []
    for _ in range(bench.repeats):
        theirs.append(timed(lambda: [vader(text) for text in singles]))
        ours.append(timed(lambda: [polarities([text]) for text in singles]))
    yield Row.of("sentiment, one text a call", Ratio.of(theirs, ours), ">= 4")
    if find_spec("nltk"):
        yield Row.of(
            "sentiment, mixed posts: nltk's VADER loop / ours",
            _loop_against_ours(_nltk(), texts, _PART, bench.repeats),
            "",
            "its scores differ from vaderSentiment's on a third of posts",
        )
    scored, split = [], []
    for _ in range(bench.repeats):
        scored.append(timed(lambda: polarities(texts)))
        split.append(timed(lambda: pc.utf8_split_whitespace(pa.array(texts))))
    yield Row.of("sentiment / a bare white-space split by pyarrow", Ratio.of(scored, split), "<= 3")


def judging(bench: Bench) -> Iterator[Row]:
    """The whole judge against sentiment alone."""
    posts = pd.DataFrame({"text": bench.texts}, dtype="str")
    brand = Brand("Foxglove")
    judge(posts.head(1000), brand)
    whole, alone = [], []
    for _ in range(bench.repeats):
        whole.append(timed(lambda: judge(posts, brand)))
        alone.append(timed(lambda: polarities(bench.texts)))
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
    slow, fast = [], []
    for _ in range(bench.repeats):
        slow.append(timed(lambda: _datasketch(texts)))
        fast.append(timed(lambda: near_duplicates(texts, _JACCARD, exact=0)))
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


def _loop_against_ours(loop: Scorer, texts: Sequence[str], part: int, repeats: int) -> Ratio:
    """The loop on some of the texts, ours on all; per text."""
    some = texts[::part]
    theirs: list[Took] = []
    ours: list[Took] = []
    for _ in range(repeats):
        theirs.append(timed(lambda: [loop(text) for text in some]).per(len(some)))
        ours.append(timed(lambda: polarities(texts)).per(len(texts)))
    return Ratio.of(theirs, ours)


def _nltk() -> Scorer:
    """nltk's analyser, with the lexicon of vaderSentiment, since its own is a download."""
    from nltk.sentiment import vader

    class Offline(vader.SentimentIntensityAnalyzer):  # type: ignore[misc]
        def __init__(self) -> None:
            self.lexicon = SentimentIntensityAnalyzer().lexicon
            self.constants = vader.VaderConstants()

    scorer: Scorer = Offline().polarity_scores
    return scorer


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
