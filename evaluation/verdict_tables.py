"""The verdicts' figures as tables."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from evaluation import errors, frame_report, measure, readings, shared_sets
from evaluation.corpus import VERDICTS
from evaluation.frame_report import Record
from evaluation.markdown import figure, macro, one_f1, share, table, with_interval
from evaluation.measure import Counts
from evaluation.readings import Reading

OURS = "this judge"
TASK = ("test", "dev", shared_sets.GOLD)
_SERVICE = ("semeval14_rest", "semeval15_hotels", "semeval16_rest", "mams_acsa", "skytrax_lounge")
_LONG = 80
_AIRLINE = ("airline", shared_sets.CALM_AIRLINE)


def methods(judged: Mapping[str, Mapping[str, Counts]]) -> Iterator[str]:
    """Macro-F1 of every method on every set, and false alarms."""
    names = list(judged)
    there = judged[OURS]
    yield "Macro-F1. The tuned methods learned from our training posts, as the judge did."
    rows = [[s, _n(there[s]), *(macro(judged[m][s]) for m in names)] for s in (*TASK, *_SERVICE)]
    yield table(["set", "posts", *names], rows)
    yield (
        "F1 of poor among tweets to airlines: complaints about service and attendants against all "
        "others, then against those that complain of nothing. In the first, late flights and lost "
        "bags count as no service moment, which our guide sees otherwise."
    )
    poor = VERDICTS.index("poor")
    rows = [[s, _n(there[s]), *(one_f1(judged[m][s], poor) for m in names)] for s in _AIRLINE]
    yield table(["set", "posts", *names], rows)
    yield "False alarms: the share taken for a moment where there are practically none."
    rows = [[s, _n(there[s]), *(_alarms(judged[m][s]) for m in names)] for s in shared_sets.QUIET]
    yield table(["set", "posts", *names], rows)


def _n(counts: Counts) -> str:
    return f"{int(counts.sum()):,}"


def _alarms(counts: Counts) -> str:
    return f"{counts[:, :2].sum() / counts.sum():.1%}"


def classes(by_name: Mapping[str, Reading]) -> Iterator[str]:
    """Precision, recall and F1 of each class, set by set."""
    head = ["class", "posts", "precision", "recall", "F1"]
    for name in (*TASK, *_SERVICE):
        counts = by_name[name].counts
        drawn = measure.f1(measure.resamples(counts))
        rows = [
            [
                each.label,
                f"{each.n:,}",
                figure(each.precision),
                figure(each.recall),
                with_interval(each.f1, drawn[:, number]),
            ]
            for number, each in enumerate(measure.scores(counts, VERDICTS))
        ]
        yield table([f"{name}: {head[0]}", *head[1:]], rows)


def confusions(by_name: Mapping[str, Reading]) -> Iterator[str]:
    """Labelled against judged."""
    for name in TASK:
        rows = [
            [label, *(f"{count:,}" for count in row)]
            for label, row in zip(VERDICTS, by_name[name].counts, strict=True)
        ]
        yield table([f"{name}: labelled \\ judged", *VERDICTS, "unjudged"], rows)


def slices(by_name: Mapping[str, Reading]) -> str:
    """Share of right verdicts among posts of a manner, all parts that no weight has seen."""
    truth = pd.concat([by_name[name].truth for name in readings.SHIPPED])
    right = pd.concat([pd.Series(by_name[name].right) for name in readings.SHIPPED])
    told = truth.assign(right=right.to_numpy())
    long = told["text"].map(lambda text: len(text.split())) > _LONG
    tags = {tag: told["tags"].str.split().map(lambda t, tag=tag: tag in t) for tag in errors.TAGS}
    groups = {
        "stories": told["story"],
        "stories that are moments": told["story"] & (told["verdict"] != "neither"),
        **tags,
        f"over {_LONG} words": long,
        "the rest": ~told["story"] & (told["tags"] == "") & ~long,
    }
    rows = [
        [name, f"{int(flags.sum()):,}", share(float(told["right"][flags].mean()))]
        for name, flags in groups.items()
        if flags.any()
    ]
    return table(["dev, test and unread", "posts", "verdict right"], rows)


def confidence(by_name: Mapping[str, Reading]) -> Iterator[str]:
    """Whether a probability means what it says, and whether alerts are right."""
    yield (
        "A verdict said with a confidence of .8 should be right eight times in ten. The error is "
        "the mean distance between the two."
    )
    for name in TASK:
        bins = by_name[name].reliability()
        rows = [
            [
                f"{each.low:.2f} to {each.high:.2f}",
                f"{each.n:,}",
                figure(each.sure),
                figure(each.right),
            ]
            for each in bins
        ]
        error = figure(measure.calibration_error(bins))
        yield table([f"{name} (error {error})", "posts", "said", "right"], rows)
    yield (
        "Alerts: the probability from which a moment is worth one was chosen on the development "
        "part, so that nine in ten are right; `test` and `gold_dev` show whether that holds."
    )
    rows = [
        [f"{name}: {verdict}", f"{at:.3f}", f"{n:,}", share(right)]
        for name in TASK
        for verdict, at in sorted(readings.alert_thresholds().items())
        for n, right in [by_name[name].alerts(verdict, at)]
    ]
    yield table(["set", "from", "alerts", "right"], rows)


def frames(kept: Sequence[Record]) -> Iterator[str]:
    """Frames that never fire, and frames that mislead."""
    silent, misleading = frame_report.silent(kept), frame_report.misleading(kept)
    yield (
        f"{len(kept)} frames over all labelled posts. {len(silent)} never fire"
        + (f": {', '.join(f'`{each.frame}`' for each in silent)}." if silent else ".")
        + f" {len(misleading)} are wrong more often than right (on {frame_report.FEW} posts or "
        "more), standing alone; the model weighs them with the rest."
    )
    if misleading:
        rows = [
            [f"`{each.frame}`", each.side, f"{each.posts:,}", share(each.precision)]
            for each in misleading
        ]
        yield table(["frame", "side", "posts", "right"], rows)
