"""What the corpus must be: each rule reads the posts and yields one sentence per breach.

A sentence names ids and never a text.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from data.vocabulary import Churn, Reason, Stage, Teller, Touchpoint
from evaluation import overlap
from evaluation.corpus import PARTS, VERDICTS

Rule = Callable[[pd.DataFrame], Iterator[str]]

KINDS = ("tweet", "post", "comment", "reply", "review", "sentence", "headline", "article")
TAGS = frozenset({"nocue", "sarcasm", "mixed", "contrast", "hard", "joke"})
HELD_OUT = frozenset(
    {
        "vet",
        "school",
        "cinema",
        "pharmacy",
        "energy",
        "library",
        "theme-park",
        "ferry",
        "taxi",
        "optician",
        "post-office",
        "museum",
    }
)  # sectors that no training post speaks of
POOR = frozenset(list(Reason)[:8])
EXCEPTIONAL = frozenset(list(Reason)[8:])
TOLD = {
    "reason": frozenset(Reason),
    "touchpoint": frozenset(Touchpoint),
    "stage": frozenset(Stage),
    "churn": frozenset(Churn),
}  # what a moment has and any other post has not
WILD = {"neither": 0.75, "poor": 0.20, "exceptional": 0.05}  # the test part's proportions
SLACK = 0.03


def known_words(posts: pd.DataFrame) -> Iterator[str]:
    """Labels are of the closed sets."""
    allowed = {
        "part": PARTS,
        "kind": KINDS,
        "verdict": VERDICTS,
        "teller": tuple(Teller),
    } | {name: (*values, "") for name, values in TOLD.items()}
    for column, values in allowed.items():
        for post in posts[~posts[column].isin(values)].itertuples():
            yield f"{post.id}: {column} {getattr(post, column)!r} is not known"
    for post in posts.itertuples():
        if strange := set(str(post.tags).split()) - TAGS:
            yield f"{post.id}: tags {', '.join(sorted(strange))} are not known"


def labels_that_go_together(posts: pd.DataFrame) -> Iterator[str]:
    """The guide's combinations, and no others."""
    moment = posts["verdict"] != "neither"
    for column in TOLD:
        for name in posts["id"][moment & (posts[column] == "")]:
            yield f"{name}: a moment without {column}"
        for name in posts["id"][~moment & (posts[column] != "")]:
            yield f"{name}: no moment, yet it has {column}"
    for name in posts["id"][~moment & (posts["person"] != "")]:
        yield f"{name}: no moment, yet it names a person"
    for verdict, reasons in (("poor", POOR), ("exceptional", EXCEPTIONAL)):
        for name in posts["id"][(posts["verdict"] == verdict) & ~posts["reason"].isin(reasons)]:
            yield f"{name}: {verdict} for a reason of the other side"
    for name in posts["id"][moment & (posts["teller"] == "company")]:
        yield f"{name}: a moment told by the company itself"
    press = posts["kind"].isin(["headline", "article"])
    for name in posts["id"][press & (posts["teller"] != "press")]:
        yield f"{name}: a headline or article not told by the press"
    for post in posts[posts["person"] != ""].itertuples():
        if str(post.person).lower() not in str(post.text).lower():
            yield f"{post.id}: the person is not in the text"


def parts_apart(posts: pd.DataFrame) -> Iterator[str]:
    """Writers, held-out sectors, pairs and stories lie in one part."""
    for column in ("writer", "pair"):
        held = posts[posts[column] != ""]
        spread = held.groupby(column)["part"].nunique()
        for name in spread.index[spread > 1]:
            yield f"{column} {name} lies in several parts"
    train = posts[posts["part"] == "train"]
    for name in train["id"][train["sector"].isin(HELD_OUT)]:
        yield f"{name}: a training post of a held-out sector"
    shared = overlap.runs_across(by_id(posts, "text"), by_id(posts, "part"))
    for names in sorted({tuple(names) for names in shared.values()}):
        yield f"{', '.join(names)}: {overlap.LONG_RUN} words in a row shared across parts"


def pairs_whole(posts: pd.DataFrame) -> Iterator[str]:
    """A minimal pair has two posts or more, and two verdicts or reasons."""
    for name, pair in posts[posts["pair"] != ""].groupby("pair"):
        if len(pair) < 2:
            yield f"pair {name}: a single post"
        elif len(set(zip(pair["verdict"], pair["reason"], pair["teller"], strict=True))) < 2:
            yield f"pair {name}: the posts do not differ in verdict, reason or teller"


def nothing_twice(posts: pd.DataFrame) -> Iterator[str]:
    """No two posts are nearly the same, minimal pairs apart."""
    rows = posts.set_index("id")
    for first, second, alike in overlap.near_duplicates(by_id(posts, "text")):
        one, other = rows.loc[first], rows.loc[second]
        if one["pair"] and one["pair"] == other["pair"]:
            continue
        conflict = ", with different verdicts" if one["verdict"] != other["verdict"] else ""
        yield f"{first}, {second}: {alike:.0%} the same{conflict}"


def proportions(posts: pd.DataFrame) -> Iterator[str]:
    """Enough posts, sectors and tellers; a test part like the wild; no writer too loud."""
    if len(posts) < 3000:
        yield f"{len(posts)} posts: 3,000 were promised"
    if (sectors := posts["sector"].nunique()) < 25:
        yield f"{sectors} sectors: 25 were promised"
    for part, teller in missing(posts, "teller", tuple(Teller)):
        if (part, teller) != (
            "unread",
            Teller.COMPANY,
        ):  # its posts are stories, which no firm tells
            yield f"{part}: nobody tells as {teller}"
    for part, verdict in missing(posts, "verdict", VERDICTS):
        yield f"{part}: no post is {verdict}"
    test = posts[posts["part"] == "test"]
    for verdict, wanted in WILD.items():
        share = (test["verdict"] == verdict).mean() if len(test) else 0.0
        if abs(share - wanted) > SLACK:
            yield f"test: {share:.0%} are {verdict}, in the wild about {wanted:.0%}"
    train = posts[posts["part"] == "train"]
    for writer, share in train["writer"].value_counts(normalize=True).items():
        if share > 0.25:
            yield f"train: {writer} wrote {share:.0%} of it"


def missing(posts: pd.DataFrame, column: str, values: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Parts and the values that none of their posts has."""
    for part in PARTS:
        there = set(posts[column][posts["part"] == part])
        yield from ((part, str(value)) for value in values if value not in there)


def by_id(posts: pd.DataFrame, column: str) -> dict[str, str]:
    """A column's values by the posts' ids."""
    return {str(name): str(value) for name, value in zip(posts["id"], posts[column], strict=True)}


RULES: tuple[Rule, ...] = (
    known_words,
    labels_that_go_together,
    parts_apart,
    pairs_whole,
    nothing_twice,
    proportions,
)
