"""Benchmarks of sentiment alone: against vaderSentiment's loop and against a bare split.

    python -m evaluation.bench_sentiment                  on posts it builds itself
    python -m evaluation.bench_sentiment FILE.jsonl ...   on yours (a field `text` per line)

Ratios are what counts, of runs made in turns: the median, and the smallest and the largest.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from analysis.sentiment import polarities, score
from evaluation.bench_corpus import long, mixed
from evaluation.bench_row import Row
from evaluation.markdown import table
from evaluation.stopwatch import Ratio, Took, added, timed

_LOOPED = 2_000  # texts given to the loop in one turn; times are per text
_SINGLE = 300  # texts scored one a call
_WARM = 100  # texts before the first turn: what is read and compiled once is not measured

Work = Callable[[], object]


def rows(texts: Sequence[str], repeats: int) -> Iterator[Row]:
    """All figures, on these texts and on long ones."""
    loop = SentimentIntensityAnalyzer().polarity_scores
    texts = list(texts)
    polarities(texts[:_WARM])
    yield memory(texts)  # first, as what was taken once is not taken again
    yield differences(loop, texts)
    yield Row.of("vaderSentiment loop / ours", against_loop(loop, texts, repeats), ">= 30")
    wide = [text for text in texts if not text.isascii()]
    if wide:
        ratio = against_loop(loop, wide, repeats)
        yield Row.of("the same, texts beyond ASCII", ratio, "", f"{len(wide) / len(texts):.0%}")
    for words, wanted in ((200, ""), (2_000, ">= 100")):
        ratio = against_loop(loop, long(100, words), repeats, looped=20)
        yield Row.of(f"the same, texts of {words:,} words", ratio, wanted)
    yield from one_a_call(loop, texts[:_SINGLE], repeats)
    yield from against_split(texts, repeats)


def differences(loop: Callable[[str], object], texts: Sequence[str]) -> Row:
    """How many texts score otherwise than in the loop."""
    frame = score(texts)
    ours = map(tuple, frame.to_numpy().tolist())
    theirs = (tuple(loop(text).values()) for text in texts)  # type: ignore[attr-defined]
    differ = sum(one != other for one, other in zip(ours, theirs, strict=True))
    return Row("texts that score otherwise", f"{differ}", "", "0", f"of {len(texts):,}")


def against_loop(
    loop: Callable[[str], object], texts: Sequence[str], repeats: int, looped: int = _LOOPED
) -> Ratio:
    """The loop's time per text, on some of them, by ours on all."""
    some = texts[:: max(len(texts) // looped, 1)]
    theirs, ours = in_turns(
        repeats, lambda: [loop(text) for text in some], lambda: polarities(texts)
    )
    return Ratio.of(
        [took.per(len(some)) for took in theirs], [took.per(len(texts)) for took in ours]
    )


def one_a_call(loop: Callable[[str], object], texts: Sequence[str], repeats: int) -> Iterator[Row]:
    """The same texts in as many calls; a pandas frame alone costs as much as some tweets' loop."""
    for name, ours, wanted in (("an array", polarities, ">= 4"), ("a frame", score, "")):
        slow, fast = in_turns(
            repeats,
            lambda: [loop(text) for text in texts],
            lambda ours=ours: [ours([text]) for text in texts],  # type: ignore[misc]
        )
        yield Row.of(f"one text a call, for {name}", Ratio.of(slow, fast), wanted)


def against_split(texts: Sequence[str], repeats: int) -> Iterator[Row]:
    """Our time by that of splitting the same texts at white space, in compiled code."""
    array = pa.array(texts)
    for name, split in (
        ("utf8", pc.utf8_split_whitespace),
        ("ascii", pc.ascii_split_whitespace),
    ):
        ours, theirs = in_turns(
            repeats,
            lambda: polarities(texts),
            lambda split=split: split(array),  # type: ignore[misc]
        )
        wanted = "<= 3" if name == "utf8" else ""
        yield Row.of(f"ours / pyarrow's {name}_split_whitespace", Ratio.of(ours, theirs), wanted)


def memory(texts: Sequence[str]) -> Row:
    """The most memory that scoring adds, by the bytes of the texts."""
    more = added(lambda: polarities(texts))
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    what = "memory added by scoring / bytes of the texts"
    note = f"{more / 1e6:.0f} MB for {size / 1e6:.0f} MB"
    return Row(what, f"{more / size:.2f}", "", "<= 4", note)


def in_turns(repeats: int, one: Work, other: Work) -> tuple[list[Took], list[Took]]:
    """Both timed as often, one after the other, so that a busy minute meets both."""
    taken = [(timed(one), timed(other)) for _ in range(repeats)]
    return [first for first, _ in taken], [second for _, second in taken]


def main() -> int:
    """Measure and tell."""
    reads = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    reads.add_argument("files", nargs="*", type=Path, help="JSON lines with `text`")
    reads.add_argument("--texts", type=int, default=40_000, help="how many to score")
    reads.add_argument("--repeats", type=int, default=7)
    options = reads.parse_args()
    texts = _read(options.files, options.texts) if options.files else mixed(options.texts)
    told = [
        (row.what, row.cpu, row.wall, row.wanted, row.note) for row in rows(texts, options.repeats)
    ]
    sys.stdout.write(table(("what", "CPU time", "wall time", "wanted", "note"), told) + "\n")
    return 0


def _read(files: Sequence[Path], count: int) -> list[str]:
    """The texts of the files, repeated or cut to so many."""
    lines = [line for file in files for line in file.read_text("utf-8").split("\n") if line]
    texts = [str(json.loads(line)["text"]) for line in lines]
    return (texts * (count // len(texts) + 1))[:count]


if __name__ == "__main__":
    sys.exit(main())
