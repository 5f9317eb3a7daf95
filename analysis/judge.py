"""The verdict on each post, with its reasons.

title, text -> clean -> words -> language, mentions -> features -> probabilities
            -> verdict -> facets, evidence, quote
"""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TypeAlias, cast

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy.sparse import csr_array

from analysis import facets, mentions
from analysis.arrays import Flags, Floats, Ints
from analysis.evidence import Evidence
from analysis.facets import Choices, picked, texts_of
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
# A comment that does not name the brand may tell of another: it has to be more likely than not.
_SURE_UNNAMED = 0.5
_BATCH = 5_000  # posts read at once; more gains no speed and takes memory

Column: TypeAlias = pa.Array | Floats | Flags


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
        return Evidence(self.scorer.names, self.lexicon.frames)

    @property
    def version(self) -> str:
        """Changes whenever a verdict could."""
        return self.scorer.model.version

    @classmethod
    def load(cls, model: Model | None = None) -> "Judge":
        """The judge with these weights, or those that ship. Raises LexiconError, ModelError."""
        lexicon = Lexicon.load()
        scorer = Scorer(lexicon, model or Model.load())
        languages = Languages(lexicon.vocabulary, lexicon.things.number)
        return cls(lexicon, languages, scorer, facets.by_side(scorer.names))

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
        verdict = picked((*VERDICTS, "unjudged"), np.where(english, shown, len(VERDICTS)))
        moments = np.flatnonzero(english & (shown != _NEITHER))
        return {
            "language": texts_of(judged.language),
            "mention": about,
            "verdict": verdict,
            "confidence": judged.probabilities[rows, shown] * english,
            "p_exceptional": judged.probabilities[:, 0],
            "p_poor": judged.probabilities[:, 2],
            **self.facets[facets.ANY].pick(judged.table),
            **{
                name: _spread([words], [moments], len(shown))
                for name, words in self._moments(judged, moments).items()
            },
        }

    def _moments(self, judged: Judged, posts: Ints) -> dict[str, pa.Array]:
        """What is told of moments alone, column by column."""
        table, verdict = judged.table[posts], judged.verdict[posts]
        share = self.scorer.shares(table, verdict)
        lines, quotes = self._evidence.tell(judged.reading, posts, verdict, table, share)
        sides = [np.flatnonzero(verdict == VERDICTS.index(side)) for side in _SIDES]
        chosen = [self.facets[side].pick(table[of]) for side, of in zip(_SIDES, sides, strict=True)]
        return {
            "person": texts_of(persons(judged.reading, posts)),
            "evidence": lines,
            "quote": quotes,
            **{
                facet: _spread([each[facet] for each in chosen], sides, len(posts))
                for facet in facets.OF_MOMENTS
            },
        }


def _spread(parts: Sequence[pa.Array], rows: Sequence[Ints], size: int) -> pa.Array:
    """The words of each part in their rows, "" in the others."""
    words = pa.concat_arrays([*parts, texts_of([""])])
    place = np.full(size, len(words) - 1)
    place[np.concatenate(rows)] = np.arange(len(words) - 1)
    return words.take(pa.array(place))


def _table(batches: Sequence[Mapping[str, Column]]) -> pd.DataFrame:
    """The columns of some batches on end, made in one go, as a frame of each takes its time."""
    told = {}
    for name, first in batches[0].items():
        parts = [batch[name] for batch in batches]
        if isinstance(first, np.ndarray):
            told[name] = pd.Series(np.concatenate(parts))
        else:
            told[name] = pd.Series(pd.array(pa.concat_arrays(parts), dtype="str"))
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


@cache
def the_judge() -> Judge:
    """The judge that ships, made at the first use."""
    judge = Judge.load()
    gc.freeze()  # its objects stay: that the collector looks at them again costs a twelfth
    return judge
