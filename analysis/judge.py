"""The verdict on each post, with its reasons.

title, text -> clean -> words -> language, mentions -> features -> probabilities
            -> verdict -> facets, evidence, quote
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import cast

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analysis import facets, mentions
from analysis.arrays import Flags, Floats, Ints
from analysis.evidence import Evidence, first_places
from analysis.facets import Choices
from analysis.frames import Lexicon, Reading
from analysis.language import Languages
from analysis.mentions import Mentions
from analysis.model import VERDICTS, Model, Scorer
from analysis.named import persons
from analysis.standing import by_standing
from analysis.text import compose
from analysis.tokens import Tokens
from data.records import Brand

_SIDES, _NEITHER = ("exceptional", "poor"), VERDICTS.index("neither")
_TOLD = 15  # features shown of an explanation
# A comment that does not name the brand may tell of another: it has to be more likely than not.
_SURE_UNNAMED = 0.5
_BATCH = 5_000  # posts read at once; more gains no speed and takes memory

Words = Sequence[str] | NDArray[np.object_]
Column = Words | Floats | Flags


@dataclass(frozen=True)
class Share:
    """One feature's part in a verdict."""

    feature: str
    value: float
    weight: float
    share: float  # how far it moved the verdict, in log odds
    words: str  # the words it rests on, "" where it rests on the whole text


@dataclass(frozen=True)
class Explanation:
    """Why a text got its verdict."""

    verdict: str
    probabilities: dict[str, float]  # of exceptional, neither, poor
    telling: float  # how much of a told story it is, 0 to 1: which weights were used
    shares: tuple[Share, ...]  # the largest first, for and against
    spans: tuple[tuple[int, int], ...]  # characters of the cleaned text that frames rest on
    evidence: str

    @property
    def confidence(self) -> float:
        """The probability of the verdict; 0 where the text could not be judged."""
        return self.probabilities.get(self.verdict, 0.0)

    def __str__(self) -> str:
        """The evidence, and below it a line per feature that counts."""
        lines = [self.evidence or f"{self.verdict}: nothing tells of service"]
        for share in self.shares[:_TOLD]:
            words = f'  "{share.words}"' if share.words else ""
            lines.append(f"{share.share:+6.2f}  {share.feature}{words}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Judged:
    """A batch read and weighed."""

    tokens: Tokens
    reading: Reading
    table: csr_array  # posts by features
    mentions: Mentions
    language: list[str]
    probabilities: Floats
    verdict: Ints  # numbers in VERDICTS


@dataclass(frozen=True)
class Judge:
    """The lexicon, the model and what else a verdict takes; made once."""

    lexicon: Lexicon
    languages: Languages
    scorer: Scorer
    facets: dict[str, Choices]  # by side

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.scorer.names)

    @property
    def version(self) -> str:
        """Changes whenever a verdict could."""
        return self.scorer.model.version

    @classmethod
    def load(cls, model: Model | None = None) -> "Judge":
        """The judge with these weights, or those that ship. Raises LexiconError, ModelError."""
        lexicon = Lexicon.load()
        scorer = Scorer(lexicon, model or Model.load())
        return cls(lexicon, Languages(lexicon.vocabulary), scorer, facets.by_side(scorer.names))

    def read(self, texts: Sequence[str], brand: Brand | None) -> Judged:
        """Read and weigh cleaned texts."""
        tokens = self.lexicon.tokens(texts)
        language = self.languages.detect(tokens)
        found = mentions.find(tokens, brand) if brand else mentions.everywhere(tokens)
        tokens = tokens.naming(found.words, self.lexicon.vocabulary.number_of("_brand_"))
        reading = self.lexicon.read(tokens)
        table = self.scorer.count(reading)
        probabilities = self.scorer.probabilities(table)
        verdict = self.scorer.choose(probabilities)
        return Judged(tokens, reading, table, found, language, probabilities, verdict)

    def told(self, texts: Sequence[str], brand: Brand | None, unsaid: Flags) -> pd.DataFrame:
        """The judged columns of cleaned texts, a batch at a time; `unsaid` as in `columns`."""
        count = max(round(len(texts) / _BATCH), 1)  # of one size: a small one takes half as long
        edges = [len(texts) * number // count for number in range(count + 1)]
        return _table(
            [
                self._columns(self.weighed(texts[a:b], brand, unsaid[a:b]), unsaid[a:b])
                for a, b in pairwise(edges)
            ]
        )

    def weighed(self, texts: Sequence[str], brand: Brand | None, unsaid: Flags) -> Judged:
        """Cleaned texts read and weighed; `unsaid` as in `columns`."""
        return self.read(texts, brand)

    def columns(self, judged: Judged, unsaid: Flags) -> pd.DataFrame:
        """The judged columns; `unsaid` are posts that are about the brand without naming it."""
        return _table([self._columns(judged, unsaid)])

    def _columns(self, judged: Judged, unsaid: Flags) -> dict[str, Column]:
        about = judged.mentions.posts | unsaid
        english = np.array(judged.language, object) == "en"
        rows = np.arange(len(about))
        sure = judged.probabilities[rows, judged.verdict] >= _SURE_UNNAMED
        shown = np.where(judged.mentions.posts | unsaid & sure, judged.verdict, _NEITHER)
        verdict = np.where(english, np.array(VERDICTS, object)[shown], "unjudged")
        moments = np.flatnonzero(english & (shown != _NEITHER))
        return {
            "language": judged.language,
            "mention": about,
            "verdict": verdict.tolist(),
            "confidence": judged.probabilities[rows, shown] * english,
            "p_exceptional": judged.probabilities[:, 0],
            "p_poor": judged.probabilities[:, 2],
            **self.facets[facets.ANY].pick(judged.table),
            **{
                name: _spread([words], [moments], len(shown))
                for name, words in self._moments(judged, moments).items()
            },
        }

    def _moments(self, judged: Judged, posts: Ints) -> dict[str, Words]:
        """What is told of moments alone, column by column."""
        table, verdict = judged.table[posts], judged.verdict[posts]
        share = self.scorer.shares(table, verdict)
        verdicts = [VERDICTS[number] for number in verdict.tolist()]
        lines, quotes = self._evidence.tell(judged.reading, posts, verdicts, table, share)
        sides = [np.flatnonzero(verdict == VERDICTS.index(side)) for side in _SIDES]
        picked = [self.facets[side].pick(table[of]) for side, of in zip(_SIDES, sides, strict=True)]
        return {
            "person": persons(judged.reading, posts),
            "evidence": lines,
            "quote": quotes,
            **{
                facet: _spread([each[facet] for each in picked], sides, len(posts))
                for facet in facets.OF_MOMENTS
            },
        }


def _spread(parts: Sequence[Words], rows: Sequence[Ints], size: int) -> NDArray[np.object_]:
    """The words of each part in their rows, "" in the others."""
    words = np.full(size, "", object)
    for part, at in zip(parts, rows, strict=True):
        words[at] = part
    return words


def _table(batches: Sequence[Mapping[str, Column]]) -> pd.DataFrame:
    """The columns of some batches on end, made in one go, as a frame of each takes its time."""
    told = {}
    for name, first in batches[0].items():
        if isinstance(first, np.ndarray) and first.dtype != object:
            told[name] = pd.Series(np.concatenate([batch[name] for batch in batches]))
        else:
            words = [pa.array(batch[name], pa.large_string()) for batch in batches]
            told[name] = pd.Series(pd.array(pa.concat_arrays(words), dtype="str"))
    return pd.DataFrame(told)


def _words(column: pd.Series) -> list[str]:
    return cast(list[str], column.fillna("").to_numpy(object).tolist())


def judge(posts: pd.DataFrame, brand: Brand | None, by: Judge | None = None) -> pd.DataFrame:
    """The frame with the judged columns added; same rows, same order, the input untouched.

    The judge that ships does it unless another is given.

    Needs a column `text`; uses `title` where it is there. With a brand, a text that does not
    mention it is "neither", unless `about` says that it is about the brand by where it stands.
    """
    titles = _words(posts["title"]) if "title" in posts else [""] * len(posts)
    texts = compose(titles, _words(posts["text"]))
    unsaid = np.zeros(len(posts), bool)
    if "about" in posts:
        unsaid = posts["about"].to_numpy(bool)
    by = by or the_judge()
    told = by.told(texts, brand, unsaid).set_axis(posts.index)
    told = by_standing(posts, told, brand)
    return posts.assign(**told, model=by.version)


def explain(text: str, brand: Brand | None = None, by: Judge | None = None) -> Explanation:
    """Verdict, probabilities and each feature's share for one text.

    The judge that ships does it unless another is given. The shares are of its weights; an
    engine's verdict is the engine's alone.
    """
    by = by or the_judge()
    unsaid = np.zeros(1, bool)
    judged = by.weighed(compose([""], [text]), brand, unsaid)
    row = by.columns(judged, unsaid).iloc[0]
    telling = float(by.scorer.telling(judged.table)[0])
    shares, spans = [], []
    for cell, name, share in _cells(by.scorer, judged):
        feature = int(judged.table.indices[cell])
        span = _span(judged.reading, feature) if name.startswith("frame:") else None
        words = judged.tokens.spelt(*span) if span else ""
        weight = by.scorer.weight(feature, int(judged.verdict[0]), telling)
        shares.append(Share(name, float(judged.table.data[cell]), weight, share, words))
        if span:
            spans.append((int(judged.tokens.begin[span[0]]), int(judged.tokens.end[span[1] - 1])))
    probabilities = dict(zip(VERDICTS, judged.probabilities[0].tolist(), strict=True))
    return Explanation(
        row["verdict"],
        probabilities,
        telling,
        tuple(shares),
        tuple(sorted(set(spans))),
        row["evidence"],
    )


def _cells(scorer: Scorer, judged: Judged) -> Iterator[tuple[int, str, float]]:
    """The cells of one post, the feature of each and its share, the weightiest first."""
    share = scorer.shares(judged.table, judged.verdict)
    strongest = np.argsort(-share, kind="stable")
    for cell in strongest[np.argsort(-np.abs(share[strongest]), kind="stable")].tolist():
        yield cell, scorer.names[judged.table.indices[cell]], float(share[cell])


def _span(reading: Reading, frame: int) -> tuple[int, int]:
    """Where a frame first fires in the only post of a reading."""
    begin, after = first_places(reading, np.zeros(1, np.int64), np.array([frame]))
    return int(begin[0]), int(after[0])


@cache
def the_judge() -> Judge:
    """The judge that ships, made at the first use."""
    judge = Judge.load()
    gc.freeze()  # its objects stay: that the collector looks at them again costs a twelfth
    return judge
