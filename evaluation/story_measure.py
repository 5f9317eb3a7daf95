"""`python -m evaluation.story_measure`: how well posts are grouped into stories.

`stories/*.jsonl`: a file per invented brand; its first line names brand, handles and part, every
other line is a post as in `example/week`, with verdict, teller and story (null: part of none).
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.duplicates import near_duplicates
from analysis.judge import judge
from analysis.stories import with_stories
from analysis.story_links import COPY
from analysis.text import compose
from data.records import Brand
from data.vocabulary import Kind
from evaluation.corpus import load

FOLDER = Path(__file__).parent / "stories"
WEEK = Path(__file__).parents[1] / "example" / "week"
PARTS = ("development", "test")
KINDS = {"tweet": Kind.POST.value, "sentence": Kind.REVIEW.value, "headline": Kind.ARTICLE.value}


@dataclass(frozen=True)
class Window:
    """One brand's labelled posts; `posts` has what grouping and replies need of schema JUDGED."""

    brand: Brand
    part: str
    posts: pd.DataFrame
    story: list[str]  # the labels; a post of no story bears its own id

    @property
    def texts(self) -> list[str]:
        return compose(list(self.posts["title"]), list(self.posts["text"]))


@dataclass(frozen=True)
class Score:
    """B-cubed: averaged over posts, how pure and how whole the post's group is."""

    precision: float
    recall: float
    posts: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def read(part: str | None = None, folder: Path = FOLDER) -> list[Window]:
    """The labelled windows of a part (of all, without one)."""
    windows = [_window(path) for path in sorted(folder.glob("*.jsonl"))]
    return [window for window in windows if part in (None, window.part)]


def _window(path: Path) -> Window:
    head, *rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    brand = Brand(head["brand"], tuple(head.get("aliases", ())), tuple(head["handles"]))
    return Window(
        brand, head["part"], _frame(rows, brand), [row["story"] or row["id"] for row in rows]
    )


def _frame(rows: Sequence[dict[str, Any]], brand: Brand) -> pd.DataFrame:
    posts = pd.DataFrame(
        {
            "post_id": [row["id"] for row in rows],
            "source": [_source(row) for row in rows],
            "kind": [row["kind"] for row in rows],
            "url": [row.get("url", "") for row in rows],
            "author": [row["author"] for row in rows],
            "title": [row.get("title", "") for row in rows],
            "text": [row["text"] for row in rows],
            "dated_at": pd.to_datetime([row["at"] for row in rows]).as_unit("us"),
            "deleted": False,
            "parent_id": [row.get("parent") for row in rows],
            "thread_id": [row.get("thread") for row in rows],
            "outlet": [row["outlet"] for row in rows],
            "verdict": [row["verdict"] for row in rows],
            "teller": [row["teller"] for row in rows],
        }
    )
    names = [word.lower() for word in (brand.name, *brand.aliases, *brand.handles)]
    said = (posts["title"] + " " + posts["text"]).str.lower()
    posts["mention"] = [any(name in text for name in names) for text in said]
    return posts.assign(
        **{name: pd.array([pd.NA] * len(rows), "Int64") for name in ("score", "replies", "shares")}
    )


def week() -> Window:
    """The example's fictional week; posts whose label names no story are only to be kept out."""
    rows = sorted(map(_of_week, _week_texts()), key=lambda row: (row["at"], row["id"]))
    brand = Brand("Foxglove", ("Foxglove Direct",), ("@foxglovestores", "u/FoxgloveHelp"))
    return Window(brand, "development", _frame(rows, brand), [row["story"] or "" for row in rows])


def week_tones() -> dict[str, str]:
    """How the brand's answers of the example's week are labelled, by id."""
    return {
        text["id"]: text["label"]["tone"] for text in _week_texts() if text["label"].get("tone")
    }


def _week_texts() -> list[dict[str, Any]]:
    paths = [path for path in sorted(WEEK.glob("*.jsonl")) if path.stem != "hostile"]
    lines = [line for path in paths for line in path.read_text("utf-8").split("\n") if line]
    return [text for text in map(json.loads, lines) if text["published_at"]]


def _of_week(text: dict[str, Any]) -> dict[str, Any]:
    channel = text["channel"]
    kind = "post" if channel.startswith("r/") else "review" if channel == "reviews" else "article"
    return {
        **text,
        **{name: text["label"][name] for name in ("verdict", "teller", "story")},
        "kind": "comment" if text.get("parent") else kind,
        "at": text["published_at"],
        "url": text.get("url") or "",
        "outlet": text.get("outlet") or channel,
    }


def among(window: Window, part: str, count: int = 500) -> Window:
    """The window with posts of the labelled corpus strewn over its days, each a story of its own.

    A brand's real window is mostly tales that are nobody else's; alone, ours would be too easy.
    """
    corpus = load(part)
    seed = sum(window.brand.name.encode())
    others = corpus.sample(min(count, len(corpus)), random_state=seed)
    first, last = window.posts["dated_at"].agg(["min", "max"])
    rows = pd.DataFrame(
        {
            "post_id": "corpus:" + others["id"],
            "source": "files",
            "kind": others["kind"]
            .map(lambda kind: KINDS.get(kind, kind))
            .replace("comment", "post"),
            "author": others["id"],
            "text": others["text"],
            "dated_at": pd.date_range(first, last, len(others)).as_unit("us"),
            "verdict": others["verdict"],
            "teller": others["teller"],
        }
    )
    rows = rows.assign(
        url="", title="", outlet="", deleted=False, mention=True, parent_id=None, thread_id=None
    )
    rows[["score", "replies", "shares"]] = pd.NA
    posts = pd.concat([window.posts, rows[list(window.posts.columns)].astype(window.posts.dtypes)])
    posts = posts.assign(label=[*window.story, *([""] * len(rows))])
    posts = posts.sort_values(["dated_at", "post_id"], ignore_index=True)
    return Window(window.brand, window.part, posts.drop(columns="label"), list(posts["label"]))


def as_judged(window: Window) -> Window:
    """The window as the product sees it: verdicts, tellers and mentions are the judge's."""
    posts = window.posts
    threads = posts.loc[posts["mention"], "post_id"]
    told = judge(posts.assign(about=posts["thread_id"].isin(threads)), window.brand)
    said = {name: told[name].to_list() for name in ("verdict", "teller", "mention")}
    return replace(window, posts=posts.assign(**said))


def _source(row: dict[str, Any]) -> str:
    if row["kind"] in ("article", "review"):
        return "feed" if row["kind"] == "article" else "files"
    return "reddit" if row["outlet"].startswith("r/") else "mastodon"


def b_cubed(groups: Sequence[str], truth: Sequence[str]) -> Score:
    """B-cubed precision and recall (Bagga and Baldwin 1998) of groups against labels.

    Posts labelled "" are there to be kept out: they spoil a group and are not counted themselves.
    """
    both = Counter(pair for pair in zip(groups, truth, strict=True) if pair[1])
    found, wanted = Counter(groups), Counter(truth)
    pure = sum(count * count / found[group] for (group, _), count in both.items())
    whole = sum(count * count / wanted[label] for (_, label), count in both.items())
    posts = both.total()
    return Score(pure / posts, whole / posts, posts)


def ours(window: Window) -> list[str]:
    """What `with_stories` says; a post of no story is alone."""
    until = window.posts["dated_at"].max() + timedelta(seconds=1)
    told = with_stories(window.posts, until, window.brand)
    return [story or post for story, post in zip(told["story"], told["post_id"], strict=True)]


def near_duplicates_alone(window: Window) -> list[str]:
    """What near-duplicate texts alone would group."""
    label = list(range(len(window.posts)))
    pairs = near_duplicates(window.texts, COPY)
    for first, second in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        old, new = label[second], label[first]
        label = [new if each == old else each for each in label]
    return [str(each) for each in label]


def threads_alone(window: Window) -> list[str]:
    """What threads alone would group."""
    return list(window.posts["thread_id"].fillna(window.posts["post_id"]))


def measure(windows: Sequence[Window], grouping: Any = ours) -> Score:
    """The score over all posts of some windows, each brand grouped by itself."""
    groups: list[str] = []
    truth: list[str] = []
    for window in windows:
        groups += [f"{window.brand.name} {group}" for group in grouping(window)]
        truth += [label and f"{window.brand.name} {label}" for label in window.story]
    return b_cubed(groups, truth)


def main() -> None:
    """Print the scores of both parts and of the example's week, as labelled and as judged."""
    sets = {
        "development": read("development"),
        "development among 500 others": [among(window, "dev") for window in read("development")],
        "example week": [week()],
        "test": read("test"),
        "test among 500 others": [among(window, "test") for window in read("test")],
    }
    ways = {"ours": ours, "near-duplicates": near_duplicates_alone, "threads": threads_alone}
    for part, windows in sets.items():
        judged = [as_judged(window) for window in windows]
        _show(part, "ours, judged", measure(judged))
        for way, grouping in ways.items():
            _show(part, way, measure(windows, grouping))


def _show(part: str, way: str, score: Score) -> None:
    print(  # noqa: T201
        f"{part:29} {way:16} P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
        f" ({score.posts} posts)"
    )


if __name__ == "__main__":
    main()
