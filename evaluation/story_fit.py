"""`python -m evaluation.story_fit`: the weights of `story_lexicon/weights.tsv`.

Fitted on the development stories and the example's week as they are told: each post that stands
alone against the stories told before it, those being as labelled: its own, and the likeliest
others, which are what it may be taken for. Every window is told twice, once with the labelled
verdicts and once with the judge's, which take many a moment for none: a post that is "neither"
speaks less against telling a story than the labels alone would have it.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.stories import parents_of, told_of, uninformative
from analysis.story import Story
from analysis.story_likeness import compare
from analysis.story_words import FOLDER, Rarity, Wording
from evaluation.story_measure import Window, as_judged, read, week

PENALTY = 1.0  # scikit-learn's C
# Chosen among 500 and 2,500 unrelated posts; the sets it is fitted on have no such crowds.
CROWDED = -0.4
RIVALS = 3  # other stories per post; with all of them the easy ones decide
_HEAD = (
    "# Log-odds that a post tells a story, per unit of each fact (analysis/story_likeness.py).\n"
    "# Written by `python -m evaluation.story_fit`.\n"
)
Example = tuple[dict[str, float], bool]


def examples(window: Window) -> Iterator[Example]:
    """Facts of each post against earlier stories, and whether it tells them."""
    wording = Wording.read(window.texts)
    rarity, stories = Rarity(wording), dict[str, Story]()
    told = told_of(window.posts, window.texts, wording)
    ignored = uninformative(window.posts, told, wording, window.brand)
    labels = [own or post for own, post in zip(window.story, window.posts["post_id"], strict=True)]
    for row, parent, label in zip(told, parents_of(window.posts), labels, strict=True):
        if parent < 0:
            weights = rarity.weights(word for word in row.words if word not in ignored)
            near = {
                name: compare(row, story, weights, rarity.stories).facts
                for name, story in stories.items()
                if row.author in story.tellers
                or row.is_statement
                or not story.used.keys().isdisjoint(weights)
            }
            if label in near:
                yield near.pop(label), True
            rivals = sorted(near.items(), key=lambda pair: (-_nearness(pair[1]), pair[0]))
            yield from ((facts, False) for _, facts in rivals[:RIVALS])
        if label not in stories:
            stories[label] = Story(row.row, row.hour)
            rarity.stories += 1
        rarity.count(word for word in row.words if word not in stories[label].used)
        stories[label].add(row, parent < 0)


def _nearness(facts: dict[str, float]) -> float:
    return facts["core"] + facts["pair"] + 2 * facts["again"] + facts["statement"]


def fit(windows: Sequence[Window]) -> dict[str, float]:
    """The weight of each fact."""
    found, truth = zip(*(pair for window in windows for pair in examples(window)), strict=True)
    names = [name for name in found[0] if name != "crowd"]
    values = np.array([[each[name] for name in names] for each in found])
    model = LogisticRegression(C=PENALTY, max_iter=2000, fit_intercept=False).fit(values, truth)
    return dict(zip(names, np.round(model.coef_[0], 2).tolist(), strict=True)) | {"crowd": CROWDED}


def main() -> None:
    """Write the weights."""
    windows = [*read("development"), week()]
    weights = fit([*windows, *map(as_judged, windows)])
    lines = "".join(f"{name}\t{weight:g}\n" for name, weight in weights.items())
    (FOLDER / "weights.tsv").write_text(_HEAD + lines, "utf-8")


if __name__ == "__main__":
    main()
