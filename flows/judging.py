"""Judging what was collected and is not judged yet."""

from collections.abc import Sequence

import pandas as pd

from analysis.given import as_given
from analysis.judge import Judge, judge, the_judge
from analysis.places import left_at
from data.ledger import Ledger
from data.records import Brand
from data.vocabulary import Kind
from flows.watchlist import WatchedBrand


def judge_new(
    brand: WatchedBrand, ledger: Ledger, told_beside: Sequence[str] = (), by: Judge | None = None
) -> int:
    """Judge the brand's posts whose present words have no judgement; how many there were.

    First posts go before comments, which may be about the brand only by their thread. A change of
    what the watchlist says of the brand judges all anew, and so tells all its days again.
    `told_beside` are the brands that it is a competitor of, which are told again too.
    """
    waiting = ledger.unjudged(brand.name, brand.version())
    answers = waiting["kind"].isin([Kind.COMMENT, Kind.REPLY])
    for part in (waiting[~answers], waiting[answers]):
        if not part.empty:
            found = judge_stored(part, brand.record(), ledger, by)
            ledger.judge(brand.name, brand.version(), found, told_beside)
    return len(waiting)


def judge_stored(
    posts: pd.DataFrame, brand: Brand, ledger: Ledger, by: Judge | None = None
) -> pd.DataFrame:
    """Posts of schema WAITING from the ledger, judged as what they stand among says too."""
    return judged(posts.assign(about=_about(posts, brand, ledger)), brand, by)


def judged(posts: pd.DataFrame, brand: Brand, by: Judge | None = None) -> pd.DataFrame:
    """Posts of schema WAITING with what is made of them: an analyst's verdict before ours.

    Words that were taken back tell no moment, whatever was said of them.
    """
    told = judge(posts, brand, by).assign(own_verdict="")
    given = told["analyst_verdict"].ne("") & ~told["deleted"]
    if given.any():
        said = told[given]
        corrected = as_given(said, said["analyst_verdict"].tolist(), brand, by or the_judge())
        told = pd.concat([told[~given], corrected]).loc[told.index]
    return told


def _about(posts: pd.DataFrame, brand: Brand, ledger: Ledger) -> pd.Series:
    """Whether a post is about the brand by where it stands, whatever its words.

    A comment is by its thread's first post, a review by the place it was left at.
    """
    threads = ledger.mentioned(brand.name, posts["thread_id"].dropna().unique())
    return posts["thread_id"].isin(threads) | left_at(posts, brand)
