"""How like a story a post is that shares no thread, link or sentence with it.

A handful of named facts, each weighed (`story_lexicon/weights.tsv`, fitted on the development
stories by `python -m evaluation.story_fit`); their sum is the log-odds that it tells the same.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from math import log, log1p

from analysis.story import MOMENTS, Story, Told
from analysis.story_phrases import says
from analysis.story_words import FOLDER
from data.vocabulary import Kind, Verdict

LIVE = 72.0  # hours after its last post in which a company's statement may speak of a story
FORGOTTEN = 240.0  # hours; later it makes no difference how long ago a story was told
CROWD = 100  # stories up to which how many there are makes no difference


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a post shares with a story."""

    nearest: int  # row of the story's post that shares most with it
    words: tuple[int, ...]  # which the two share, the most telling first
    facts: dict[str, float]

    @property
    def odds(self) -> float:
        """Log-odds that the post tells the story."""
        table = fitted()
        return sum(table[name] * value for name, value in self.facts.items())


def compare(told: Told, story: Story, weights: dict[int, float], stories: int) -> Likeness:
    """What speaks for and against the post telling the story.

    `weights` are the rarities of its words, `stories` is how many it might tell.
    """
    shared = {word: weight for word, weight in weights.items() if word in story.used}
    words = [word for word in shared if word not in told.places]
    by_row: defaultdict[int, float] = defaultdict(float)
    for word in words:
        weight = shared[word]
        for row in story.where.get(word, ()):
            by_row[row] += weight
    nearest = min(by_row, key=lambda row: (-by_row[row], row), default=story.first)
    pair = [word for word in words if nearest in story.where.get(word, ())]
    pair.sort(key=lambda word: (-shared[word], word))
    mass = sum(shared[word] for word in pair)
    names = sum(shared[word] for word in pair if told.words[word] and word in story.named)
    hours = min(max(told.hour - story.last_hour, 0.0), FORGOTTEN)
    again = told.author in story.tellers
    sides = {told.verdict, story.side} & set(MOMENTS)
    speaks = told.is_statement and story.side == Verdict.POOR and hours < LIVE
    facts = {
        "bias": 1.0,
        "crowd": _crowd(stories),
        "core": log1p(_core(story, shared, words)),
        "pair": log1p(mass),
        "place": log1p(sum(shared.values()) - sum(shared[word] for word in words)),
        "share": mass / (sum(weights.values()) or 1.0),
        "names": log1p(names),
        "again": float(again),
        "follows_up": float(again and says("posts", "follow_up", told.text)),
        "days": 0.0 if again else hours / 24,
        "days_again": hours / 24 if again else 0.0,
        "press": float(told.kind == Kind.ARTICLE and story.kinds[Kind.ARTICLE] > 0),
        "opposed": float(len(sides) > 1 and not again),
        "no_moment": float(not told.is_moment),
        "reviews": float(told.kind == Kind.REVIEW and set(story.kinds) == {Kind.REVIEW}),
        "statement": log1p(story.size) if speaks else 0.0,
    }
    return Likeness(nearest, tuple(pair), facts)


def _core(story: Story, shared: dict[int, float], words: list[int]) -> float:
    """Weight of the shared words; one that a tenth of the story's posts use loses log(10) of it."""
    parts = (shared[word] + log(min(1.0, story.used[word] / story.size)) for word in words)
    return sum(part for part in parts if part > 0)


def ceiling(mass: float, place: float, total: float, stories: int) -> float:
    """More than the odds can be of a post that shares this much with a story it is new to."""
    table = fitted()
    words = (table["core"] + table["pair"] + table["names"]) * log1p(mass)
    places = table["place"] * log1p(place) + table["press"]
    crowd = table["crowd"] * _crowd(stories)
    return table["bias"] + words + places + crowd + table["share"] * mass / total


def _crowd(stories: int) -> float:
    return max(0.0, log(max(stories, 1) / CROWD))


@cache
def fitted() -> dict[str, float]:
    """The weight of each fact."""
    lines = (FOLDER / "weights.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("# ")]
    return {name: float(weight) for name, weight in rows}
