"""The verdict on each post, with its reasons: clean, read, weigh, tell.

    texts -> tokens -> language, mentions -> frames and features -> probabilities
          -> verdict, facets, evidence, quote
"""

# NOTE from the integrator (remove when read): output column is `confidence` (posts keep their own
# `score` = votes), input hint column is `language_hint`; see data/schemas.py JUDGED for names, dtypes.
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis import mentions
from analysis.frames import Lexicon
from analysis.language import Languages
from analysis.mentions import Mentions
from analysis.text import compose
from analysis.tokens import Tokens
from data.records import Brand

SIDES = ("exceptional", "neither", "poor")


@dataclass(frozen=True)
class Share:
    """One feature's part in a verdict."""

    feature: str
    value: float
    weight: float
    share: float  # value times weight: how far it moved the verdict
    words: str  # the words of the text it rests on, "" where it rests on all of it


@dataclass(frozen=True)
class Explanation:
    """Why a text got its verdict."""

    verdict: str
    probabilities: dict[str, float]
    shares: tuple[Share, ...]  # the largest first
    spans: tuple[tuple[int, int], ...]  # characters of the cleaned text


def judge(posts: pd.DataFrame, brand: Brand | None) -> pd.DataFrame:
    """The frame with the judged columns added; same rows, same order, the input untouched.

    Needs a column `text`; `title`, `kind`, `language` and `rating` are used where they are there.
    """
    lexicon, languages = _tools()
    titles = posts["title"].fillna("") if "title" in posts else [""] * len(posts)
    texts = compose(list(titles), list(posts["text"].fillna("")))
    tokens = lexicon.tokens(texts)
    found = mentions.find(tokens, brand) if brand else mentions.everywhere(tokens)
    language = np.array(languages.detect(tokens), object)
    probabilities, reason, touch, evidence = _weigh(lexicon, tokens)
    verdict = np.array(SIDES, object)[probabilities.argmax(1)] if len(posts) else np.array([], object)
    score = probabilities.max(1) if len(posts) else np.array([])
    verdict[~found.posts] = "neither"
    verdict[language != "en"] = "unjudged"
    moment = np.isin(verdict, ["exceptional", "poor"])
    blank = np.full(len(posts), "", object)
    return posts.assign(
        language=language, mention=found.posts, verdict=verdict, confidence=score,
        p_exceptional=probabilities[:, 0], p_poor=probabilities[:, 2],
        reason=np.where(moment, reason, blank), teller=np.full(len(posts), "customer", object),
        touchpoint=np.where(moment, touch, blank),
        stage=np.where(moment, "frontstage", blank), churn=np.where(moment, "no", blank),
        person=blank, evidence=np.where(moment, evidence, blank),
        quote=[text[:280] for text in texts], model="hand-1",
    )  # fmt: skip


def explain(text: str, brand: Brand | None = None) -> Explanation:
    """Verdict, probabilities and each feature's share for one text."""
    row = judge(pd.DataFrame({"text": [text]}), brand).iloc[0]
    neither = 1 - row.p_exceptional - row.p_poor
    probabilities = dict(zip(SIDES, (row.p_exceptional, neither, row.p_poor), strict=True))
    return Explanation(row.verdict, probabilities, (), ())


@cache
def _tools() -> tuple[Lexicon, Languages]:
    lexicon = Lexicon.load()
    return lexicon, Languages(lexicon.vocabulary)


def _weigh(lexicon, tokens):  # replaced by the trained model
    reading = lexicon.read(tokens)
    n = tokens.posts
    best = {s: np.zeros(n) for s in ("poor", "exceptional", "against")}
    total = {s: np.zeros(n) for s in best}
    reason, touch, evidence = (np.full(n, "", object) for _ in range(3))
    top = np.zeros(n)
    for _, frame, spans in reading.hits():
        posts, first = np.unique(tokens.post[spans.begin], return_index=True)
        total[frame.side][posts] += frame.weight
        best[frame.side][posts] = np.maximum(best[frame.side][posts], frame.weight)
        if frame.side != "against":
            for p, f in zip(posts, first):
                words = tokens.spelt(spans.begin[f], spans.after[f])
                evidence[p] += ("; " if evidence[p] else "") + f'{frame.id} "{words}"'
                if frame.weight > top[p]:
                    top[p], reason[p], touch[p] = frame.weight, frame.reason, frame.touchpoint
    score = {s: best[s] + 0.3 * (total[s] - best[s]) for s in best}
    z = np.stack([score["exceptional"] - 0.5 * score["against"] - 1.6, np.zeros(n), score["poor"] - 0.5 * score["against"] - 1.4], 1)
    e = np.exp(2 * z)
    return e / e.sum(1, keepdims=True), reason, touch, evidence
