"""The mentions as they are counted: by group of sources, local day, and what moments are about."""

from zoneinfo import ZoneInfo

import pandas as pd

from analysis.comparable import local_days
from analysis.voices import voices
from data.vocabulary import Dimension, Kind, SourceGroup, Touchpoint, Verdict

GROUP_OF_KIND = {
    Kind.POST: SourceGroup.POSTS,
    Kind.COMMENT: SourceGroup.POSTS,
    Kind.REPLY: SourceGroup.POSTS,
    Kind.REVIEW: SourceGroup.REVIEWS,
    Kind.ARTICLE: SourceGroup.PRESS,
}
SIDES = (Verdict.POOR, Verdict.EXCEPTIONAL)
_COUNTED = [
    "verdict", "found_by", "touchpoint", "reason", "own_verdict", "analyst_verdict",
]  # fmt: skip
DIMENSIONS = (Dimension.ALL, Dimension.TOUCHPOINT, Dimension.REASON, Dimension.PLACE)
COUNTED = (*_COUNTED, "source", "kind", "author", "dated_at", "outlet", "mention")


def groups(kinds: pd.Series) -> pd.Series:
    """The group of sources of each kind of text."""
    return kinds.map({kind.value: group.value for kind, group in GROUP_OF_KIND.items()})


def counted(posts: pd.DataFrame, zone: ZoneInfo) -> pd.DataFrame:
    """The mentions with group, local day and voice; without the columns that are not counted.

    `posts` has the columns COUNTED and `place`.
    """
    about = posts[posts["mention"]]
    table = about[[*_COUNTED, "place"]]
    return table.assign(
        group=groups(about["kind"]).astype("str"),
        day=local_days(about["dated_at"], zone),
        voice=voices(about),
    )


def by_dimension(about: pd.DataFrame) -> pd.DataFrame:
    """A row per moment and dimension; a dimension that a moment does not tell has no value."""
    moments = about[about["verdict"].isin(SIDES)]
    parts = [
        moments.assign(
            dimension=dimension.value,
            value="" if dimension == Dimension.ALL else moments[dimension.value],
        )
        for dimension in DIMENSIONS
    ]
    long = pd.concat(parts).astype({"value": "str"})
    told = long["value"].ne("") & long["value"].ne(Touchpoint.UNKNOWN)
    return long[told | (long["dimension"] == Dimension.ALL)]
