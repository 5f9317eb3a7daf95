"""Benchmarks of sentiment alone: against the loops that score text by text, and a bare split."""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec

import pyarrow as pa
import pyarrow.compute as pc
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.sentiment import polarities, score
from evaluation.bench_corpus import long
from evaluation.bench_row import Bench, Row
from evaluation.stopwatch import Ratio, added, in_turns, timed

_LOOPED = 4_000  # of the texts are scored by the loops; times are per text
_LONG, _LONG_LOOPED = 100, 20
_SINGLE = 1_000  # texts scored one a call
_WARM = 100  # texts before the first turn: what is read and compiled once is not measured

Loop = Callable[[str], dict[str, float]]


def sentiment(bench: Bench) -> Iterator[Row]:
    """All figures, on these texts and on long ones."""
    vader: Loop = SentimentIntensityAnalyzer().polarity_scores
    texts = bench.texts
    polarities(texts[:_WARM])
    yield memory(texts)  # first, as what was taken once is not taken again
    yield differences(vader, texts)
    against = "sentiment, mixed posts: vaderSentiment loop / ours"
    yield Row.of(against, against_loop(vader, texts, bench.repeats), ">= 30")
    if find_spec("nltk"):
        against = "sentiment, mixed posts: nltk's VADER loop / ours"
        note = "its scores differ from vaderSentiment's on a third of posts"
        yield Row.of(against, against_loop(_nltk(), texts, bench.repeats), "", note)
    if beyond := [text for text in texts if not text.isascii()]:
        note = f"{len(beyond) / len(texts):.0%} of the posts"
        ratio = against_loop(vader, beyond, bench.repeats)
        yield Row.of("sentiment, posts beyond ASCII", ratio, "", note)
    for words, wanted in ((200, ""), (2_000, ">= 100")):
        ratio = against_loop(vader, long(_LONG, words), bench.repeats, _LONG_LOOPED)
        yield Row.of(f"sentiment, texts of {words:,} words", ratio, wanted)
    yield from one_a_call(vader, texts[:_SINGLE], bench.repeats)
    yield against_split(texts, bench.repeats)


def memory(texts: Sequence[str]) -> Row:
    """The most memory that scoring adds, by the bytes of the texts."""
    more = added(lambda: polarities(texts))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    what = "memory added by scoring / bytes of the texts"
    note = f"{more / 1e6:.0f} MB for {size / 1e6:.0f} MB"
    return Row(what, f"{more / size:.2f}", "", "<= 4", note)


def differences(loop: Loop, texts: Sequence[str]) -> Row:
    """How many of some texts score otherwise than in the loop."""
    some = _some(texts, _LOOPED)
    ours = map(tuple, polarities(some).tolist())
    differ = sum(mine != tuple(loop(text).values()) for mine, text in zip(ours, some, strict=True))
    return Row("sentiment, posts that score otherwise", f"{differ}", "", "0", f"of {len(some):,}")


def against_loop(loop: Loop, texts: Sequence[str], repeats: int, looped: int = _LOOPED) -> Ratio:
    """The loop's time per text, on some of them, by ours on all."""
    some = _some(texts, looped)
    theirs, ours = in_turns(
        repeats,
        lambda: timed(lambda: [loop(text) for text in some], len(some)),
        lambda: timed(lambda: polarities(texts), len(texts)),
    )
    return Ratio.of(theirs, ours)


def one_a_call(loop: Loop, texts: Sequence[str], repeats: int) -> Iterator[Row]:
    """The same texts in as many calls; a frame alone takes longer to make than its scores."""
    score(texts[:1])
    polarities(texts[:1])  # a single text takes a way of its own, which is to be warm as well
    theirs, arrays, frames = in_turns(
        repeats,
        lambda: timed(lambda: [loop(text) for text in texts]),
        lambda: timed(lambda: [polarities([text]) for text in texts]),
        lambda: timed(lambda: [score([text]) for text in texts]),
    )
    yield Row.of("sentiment, one text a call", Ratio.of(theirs, arrays), ">= 4")
    yield Row.of("sentiment, one text a call, as a frame", Ratio.of(theirs, frames), "")


def against_split(texts: Sequence[str], repeats: int) -> Row:
    """Our time by that of splitting the same texts at white space, in compiled code."""
    ours, theirs = in_turns(
        repeats,
        lambda: timed(lambda: polarities(texts)),
        lambda: timed(lambda: pc.utf8_split_whitespace(pa.array(texts))),
    )
    what = "sentiment / a bare white-space split by pyarrow"
    return Row.of(what, Ratio.of(ours, theirs), "<= 3")


def _some(texts: Sequence[str], count: int) -> Sequence[str]:
    """About so many of the texts, from all over."""
    return texts[:: max(len(texts) // count, 1)]


def _nltk() -> Loop:
    """nltk's analyser, with the lexicon of vaderSentiment, since its own is a download."""
    from nltk.sentiment import vader

    class Offline(vader.SentimentIntensityAnalyzer):  # type: ignore[misc]
        def __init__(self) -> None:
            self.lexicon = SentimentIntensityAnalyzer().lexicon
            self.constants = vader.VaderConstants()

    loop: Loop = Offline().polarity_scores
    return loop
