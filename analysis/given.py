"""Posts whose verdict is given by a person: what else is told of them goes with that verdict."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.judge import Judge
from analysis.model import VERDICTS
from analysis.text import compose
from data.records import Brand

_SIDES = ("exceptional", "poor")


def as_given(
    posts: pd.DataFrame, verdicts: Sequence[str], brand: Brand | None, by: Judge
) -> pd.DataFrame:
    """The posts with the judged columns as they are under these verdicts; `posts` are judged.

    Reason, evidence, quote and the like are those of the side that was given; a moment is about
    the brand, whatever language it is in. `own_verdict` is what `posts` had as verdict. A verdict
    given is certain.
    """
    texts = compose(posts["title"].tolist(), posts["text"].tolist())
    given = np.array([VERDICTS.index(verdict) for verdict in verdicts], np.int64)
    read = replace(by.read(texts, brand), verdict=given, language=["en"] * len(posts))
    told = by.columns(read, np.ones(len(posts), bool)).set_axis(posts.index)
    moment = told["verdict"].isin(_SIDES)
    evidence = [
        _evidence(now, own, words)
        for now, own, words in zip(told["verdict"], posts["verdict"], told["evidence"], strict=True)
    ]
    told = told.assign(
        language=posts["language"],
        mention=posts["mention"] | moment,
        teller=posts["teller"],
        confidence=1.0,
        p_exceptional=told["verdict"].eq("exceptional").astype(float),
        p_poor=told["verdict"].eq("poor").astype(float),
        evidence=evidence,
        own_verdict=posts["verdict"],
    )
    told = told.astype({name: "str" for name in told.columns if told[name].dtype == object})
    return posts.assign(**told)


def _evidence(now: str, own: str, words: str) -> str:
    """Our words where we agree; else whose verdict it is."""
    if now not in _SIDES or now == own:
        return words
    return f"{now}: an analyst's verdict, ours was {own}"
