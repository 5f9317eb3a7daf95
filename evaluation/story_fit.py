"""`python -m evaluation.story_fit`: the weights of `story_lexicon/weights.tsv`.

Fitted on the development stories as they are told: each post that stands alone against every story
told before it, those stories being as labelled.
"""

from collections.abc import Iterator

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.stories import _names, _parents, _told
from analysis.story_likeness import Story, compare, rarities
from analysis.story_words import FOLDER, Rarity
from evaluation.story_measure import Window, among, read

PENALTY = 1.0  # scikit-learn's C
_HEAD = (
    "# Log-odds that a post tells a story, per unit of each fact (analysis/story_likeness.py).\n"
    "# Written by `python -m evaluation.story_fit`.\n"
)


def examples(window: Window) -> Iterator[tuple[dict[str, float], bool]]:
    """Facts of each post and earlier story that share a rare word or an author, and the truth."""
    rarity, stories = Rarity(0, {}), dict[str, Story]()
    told = _told(window.posts, window.texts)
    parents = _parents(window.posts)
    ignored = _names(window.posts, told, window.brand)
    labels = [label or post for label, post in zip(window.story, window.posts["post_id"], strict=True)]
    for row, parent, label in zip(told, parents, labels, strict=True):
        weights = rarities(row, rarity, ignored)
        if parent < 0:
            for name, story in stories.items():
                found = compare(row, story, weights).facts
                if found["pair"] or found["author"]:
                    yield found, name == label
        if label not in stories:
            stories[label] = Story(row.row, row.hour)
            rarity.stories += 1
        for word in row.words:
            if word not in stories[label].used:
                rarity.used[word] = rarity.used.get(word, 0) + 1
        stories[label].add(row, parent < 0)


def fit() -> dict[str, float]:
    """The weight of each fact."""
    windows = [among(window, "dev") for window in read("development")]
    found, truth = zip(*(pair for window in windows for pair in examples(window)), strict=True)
    names = list(found[0])
    values = np.array([[each[name] for name in names] for each in found])
    model = LogisticRegression(C=PENALTY, max_iter=2000, fit_intercept=False).fit(values, truth)
    return dict(zip(names, np.round(model.coef_[0], 2).tolist(), strict=True))


def main() -> None:
    """Write the weights."""
    lines = "".join(f"{name}\t{weight:g}\n" for name, weight in fit().items())
    (FOLDER / "weights.tsv").write_text(_HEAD + lines, "utf-8")


if __name__ == "__main__":
    main()
