"""An archive's posts as dated tables need them, each a story of its own and no day compared.

Stories, replies and usual counts need the days around a post and the log of what was asked; an
archive is told without them, many days at once.
"""

import hashlib
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from analysis.moment_counts import SIDES
from analysis.rates import NAN
from data.vocabulary import Kind, Reply, Teller

_ORDER = ("day", "dated_at", "post_id")
_DIGITS = 6  # of a story's identity, as in stories.py


def local_day(published: pd.Series, zone: ZoneInfo) -> NDArray[np.datetime64]:
    """The day of each moment in a time zone, NaT where there is none."""
    there = published.dt.tz_convert(zone).dt.tz_localize(None)
    days: NDArray[np.datetime64] = there.to_numpy("datetime64[D]")
    return days


def settled(posts: pa.RecordBatch) -> pa.RecordBatch:
    """Each post once, as it is told last, by `day` (a dictionary in order), time and id."""
    known = posts["post_id"].dictionary_encode()
    last = np.zeros(len(known.dictionary), np.int64)
    last[known.indices.to_numpy()] = np.arange(len(posts))
    if len(last) < len(posts):
        posts = posts.take(pa.array(np.sort(last)))
    keys = [posts["day"].indices, posts["dated_at"], posts["post_id"]]
    order = pc.sort_indices(
        pa.record_batch(keys, _ORDER), [(name, "ascending") for name in _ORDER]
    ).to_numpy()
    return posts.take(pa.array(order)) if np.any(order[1:] < order[:-1]) else posts


def alone(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts with the columns of a story, each the one post of its own, and of a reply."""
    moment = posts["verdict"].isin(SIDES)
    of_moments = posts.loc[moment, ["dated_at", "post_id"]]
    days = of_moments["dated_at"].to_numpy("datetime64[D]").astype(str)
    names = [
        f"{day}-{hashlib.sha256(post.encode()).hexdigest()[:_DIGITS]}"
        for day, post in zip(days.tolist(), of_moments["post_id"].tolist(), strict=True)
    ]
    story = pd.Series(names, of_moments.index, dtype="str").reindex(posts.index, fill_value="")
    said = (posts[name] for name in ("score", "replies", "shares"))
    reach = sum(count.to_numpy("int64", na_value=0).clip(0) for count in said)
    never = pd.Series(pd.NaT, posts.index, dtype=posts["dated_at"].dtype)
    return posts.assign(
        story=story.astype("str"),
        story_first_seen=posts["dated_at"],
        story_last_seen=posts["dated_at"],
        story_posts=1,
        story_sources=1,
        in_press=posts["kind"].eq(Kind.ARTICLE) & posts["teller"].ne(Teller.COMPANY),
        reach=reach,
        rising=False,
        reply=Reply.NONE.value,
        reply_hours=NAN,
        owned_at=never,
        robotic_at=never,
    )
