"""What the judge must beat: VADER as it comes, VADER tuned, and a text model, on the same posts.

The tuned ones learn from the training posts, as the judge does.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline, make_union
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from evaluation import measure
from evaluation.corpus import VERDICTS

Verdicts = npt.NDArray[np.object_]
Method = Callable[[Sequence[str]], Verdicts]

_STANDARD = (-0.05, 0.05)  # VADER's authors
_GRID = np.round(np.arange(-0.95, 1.0, 0.05), 2)


def methods(train: pd.DataFrame) -> dict[str, Method]:
    """The baselines by name, each a function from texts to verdicts."""
    texts = list(train["text"])
    heard = vader(texts)
    low, high = tuned(heard, train["verdict"])
    model = text_model().fit(texts, train["verdict"])
    return {
        "VADER at 0.05": lambda posts: split(vader(posts), *_STANDARD),
        f"VADER tuned ({low:+.2f}, {high:+.2f})": lambda posts: split(vader(posts), low, high),
        "TF-IDF, logistic regression": lambda posts: np.asarray(model.predict(posts), object),
    }


def vader(texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """VADER's compound score of each text, -1 to 1."""
    return np.array([_compound(text) for text in texts])


@cache
def _compound(text: str) -> float:
    return float(_analyser().polarity_scores(text)["compound"])


@cache
def _analyser() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def split(compound: npt.NDArray[np.float64], low: float, high: float) -> Verdicts:
    """Poor up to `low`, exceptional from `high`, neither between them."""
    return np.where(compound >= high, "exceptional", np.where(compound <= low, "poor", "neither"))


def tuned(compound: npt.NDArray[np.float64], truth: "pd.Series[str]") -> tuple[float, float]:
    """The thresholds that serve the training posts best."""

    def gain(low: float, high: float) -> float:
        counts = measure.confusion(truth, split(compound, low, high), VERDICTS)
        return float(measure.macro_f1(counts))

    pairs = [(low, high) for low, high in product(_GRID, _GRID) if low < high]
    low, high = max(pairs, key=lambda pair: gain(*pair))
    return float(low), float(high)


def text_model() -> Pipeline:
    """Words and character n-grams into a balanced logistic regression."""
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), min_df=3, max_features=60_000, sublinear_tf=True
    )
    features = make_union(words, letters)
    return make_pipeline(features, LogisticRegression(class_weight="balanced", max_iter=1000))
