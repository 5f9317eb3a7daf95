"""An archive's posts as dated tables need them, each a story of its own and no day compared.

Stories, replies and usual counts need the days around a post and the log of what was asked; an
archive is told without them, many days at once.
"""

import hashlib
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from analysis.moment_counts import DIMENSIONS, GROUP_OF_KIND, SIDES, by_dimension
from analysis.rates import NAN, with_rates
from analysis.reviewed import UNREVIEWED
from analysis.voices import voices
from data.dated_tables import DAILY
from data.frames import as_declared
from data.parts import UNDATED
from data.vocabulary import NOT_ASKED, Dimension, Kind, Reply, SourceGroup, Spike, Teller, Verdict

_KEY = ["day", "group", "dimension", "value"]
_COUNTED = ["day", "group", "verdict", "voice", "touchpoint", "reason", "place"]
_TOLD = "an archive, compared with nothing"
_DIGITS = 6  # of a story's identity, as in stories.py


def local_day(posts: pd.DataFrame, zone: ZoneInfo) -> pd.Series:
    """The day of each post in a time zone as ISO text, UNDATED where it names no time."""
    there = posts["published_at"].dt.tz_convert(zone).dt.tz_localize(None)
    days = there.to_numpy("datetime64[D]")
    known, which = np.unique(days, return_inverse=True)
    words = np.array([UNDATED if word == "NaT" else word for word in known.astype(str)], object)
    return pd.Series(words[which], posts.index, dtype="str")


def alone(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts with the columns of a story, each the one post of its own, and of a reply."""
    moment = posts["verdict"].isin(SIDES)
    days = posts["dated_at"][moment].to_numpy("datetime64[D]").astype(str)
    names = pd.Series(days, moment.index[moment], dtype="str")
    names += "-" + posts["post_id"][moment].map(_digits)
    reach = posts[["score", "replies", "shares"]].fillna(0).clip(lower=0).sum(axis=1)
    never = pd.Series(pd.NaT, posts.index, dtype=posts["dated_at"].dtype)
    return posts.assign(
        story=names.reindex(posts.index, fill_value="").astype("str"),
        story_first_seen=posts["dated_at"],
        story_last_seen=posts["dated_at"],
        story_posts=1,
        story_sources=1,
        in_press=posts["kind"].eq(Kind.ARTICLE) & posts["teller"].ne(Teller.COMPANY),
        reach=reach.astype(np.int64),
        rising=False,
        reply=Reply.NONE.value,
        reply_hours=NAN,
        owned_at=never,
        robotic_at=never,
    )


def daily_counts(posts: pd.DataFrame) -> pd.DataFrame:
    """Schema DAILY of all days of the posts (with `day` and `place`): what `trends.daily` counts,
    without anything usual to compare it with."""
    about = posts[posts["mention"]]
    group = about["kind"].map({kind.value: of.value for kind, of in GROUP_OF_KIND.items()})
    about = about.assign(group=group.astype("str"), voice=voices(about))
    long = by_dimension(about[_COUNTED])
    days = sorted(posts["day"].unique())
    whole = pd.MultiIndex.from_product(
        [days, [str(name) for name in SourceGroup], [Dimension.ALL.value], [""]], names=_KEY
    )
    keys = pd.concat([whole.to_frame(index=False).astype("str"), long[_KEY]], ignore_index=True)
    numbered = keys.groupby(_KEY, sort=False).ngroup()  # in the order in which they come
    table = keys[~numbered.duplicated()].reset_index(drop=True)
    row = numbered.to_numpy()[len(whole) :]
    voice, known = pd.factorize(long["voice"])
    for verdict in SIDES:
        mine = np.flatnonzero(long["verdict"] == verdict)
        people = np.unique(row[mine] * len(known) + voice[mine]) // max(len(known), 1)
        table[verdict.value] = np.bincount(row[mine], minlength=len(table))
        table[f"{verdict.value}_authors"] = np.bincount(people, minlength=len(table))
        table[f"{verdict.value}_usual_low"] = table[f"{verdict.value}_usual_high"] = NAN
    unread = about[about["verdict"] == Verdict.UNJUDGED]
    for name, part in (("mentions", about), ("unjudged", unread)):
        table[name] = _of_group_or_place(part, table)
    table = with_rates(table, table["mentions"] - table["unjudged"])
    told = table.assign(
        date=table["day"],
        spike=Spike.MUTED.value,
        compared_with=_TOLD,
        coverage=NOT_ASKED,
        **UNREVIEWED,
    )
    return as_declared(_ordered(told), DAILY)


def _of_group_or_place(part: pd.DataFrame, table: pd.DataFrame) -> np.ndarray:
    of_group = part.groupby(["day", "group"]).size()
    of_place = part.groupby(["day", "group", "place"]).size()
    groups = pd.MultiIndex.from_frame(table[["day", "group"]])
    places = pd.MultiIndex.from_frame(table[["day", "group", "value"]])
    return np.where(
        table["dimension"] == Dimension.PLACE,
        of_place.reindex(places, fill_value=0),
        of_group.reindex(groups, fill_value=0),
    )


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """As `trends.daily` orders a day's rows."""
    groups, order = [str(g) for g in SourceGroup], [str(d) for d in DIMENSIONS]
    rank = table.assign(g=table["group"].map(groups.index), d=table["dimension"].map(order.index))
    by = ["day", "g", "d", "poor", "exceptional", "value"]
    return rank.sort_values(by, ascending=[True, True, True, False, False, True])


def _digits(post: str) -> str:
    return hashlib.sha256(post.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
