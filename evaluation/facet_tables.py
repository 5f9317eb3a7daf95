"""The facets' figures as tables."""

from collections.abc import Iterator, Mapping, Sequence

from evaluation import facets, measure
from evaluation.markdown import figure, macro, table
from evaluation.readings import Reading


def facet_tables(by_name: Mapping[str, Reading], names: Sequence[str]) -> Iterator[str]:
    """One table of all facets, one of tellers, one of reasons, one of persons."""
    yield (
        "Macro-F1 and share right among moments whose verdict is right, then the share right among "
        "all moments, where one that was not found counts as wrong. `gold_dev` has reasons and "
        "tellers only; its guide counts form words as rude and unfair treatment as mishandled."
    )
    every = [(name, each) for name in names for each in _facets(by_name[name])]
    rows = [
        [
            f"{name}: {each.name}",
            f"{int(each.found.sum()):,}",
            macro(each.found),
            figure(measure.accuracy(each.found)),
            figure(measure.accuracy(each.all)),
        ]
        for name, each in every
    ]
    yield table(["set", "moments found", "macro-F1", "right", "right of all"], rows)
    yield "Reasons, among moments found:"
    yield table(["set", "reason", "posts", "precision", "recall", "F1"], _reasons(every))
    yield "Who tells it, for every post has a teller:"
    yield table(["set", "posts", "right", "moments", "right"], _tellers(by_name, names))
    yield "Named employees, among moments found:"
    yield table(["set", "there", "named", "named rightly"], _persons(by_name, names))


def _facets(reading: Reading) -> list[facets.Facet]:
    return list(facets.of(reading.truth, reading.judged))


def _reasons(every: Sequence[tuple[str, facets.Facet]]) -> Iterator[list[str]]:
    for name, facet in every:
        if facet.name == "reason":
            for each in measure.scores(facet.found, facet.labels):
                told = [figure(at) for at in (each.precision, each.recall, each.f1)]
                yield [name, each.label, f"{each.n:,}", *told]


def _tellers(by_name: Mapping[str, Reading], names: Sequence[str]) -> Iterator[list[str]]:
    for name in names:
        truth, judged = by_name[name].truth, by_name[name].judged
        every, moments = (facets.teller(truth, judged, moments=only) for only in (False, True))
        yield [
            name,
            *(f for c in (every, moments) for f in (f"{c.sum():,}", figure(measure.accuracy(c)))),
        ]


def _persons(by_name: Mapping[str, Reading], names: Sequence[str]) -> Iterator[list[str]]:
    for name in names:
        if "person" in by_name[name].truth:
            found = facets.persons(by_name[name].truth, by_name[name].judged)
            yield [name, f"{found.there:,}", f"{found.named:,}", f"{found.right:,}"]
