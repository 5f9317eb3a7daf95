"""One row per story: what was told, by whom, how far and how fast it travels, how it was answered.

posts of the window -> moments -> verdict of the whole -> its own moments -> facts, side by side
"""

from datetime import datetime, timedelta

import pandas as pd

from analysis.story_answers import answers, of_stories
from analysis.story_facets import facets, harm
from analysis.voices import voices
from data.frames import as_declared
from data.schemas import STORIES
from data.vocabulary import Kind, Teller, Touchpoint, Verdict

DAY = timedelta(hours=24)
SURE = 0.7  # confidence from which a first-hand telling is quoted before a surer one from afar
_NEAREST = {teller: rank for rank, teller in enumerate(
    (Teller.CUSTOMER, Teller.BYSTANDER, Teller.EMPLOYEE, Teller.OTHER, Teller.PRESS, Teller.COMPANY)
)}  # fmt: skip
_READ = [
    "story", "post_id", "thread_id", "source", "kind", "url", "author", "title", "text",
    "dated_at", "score", "outlet", "found_by", "verdict", "confidence", "reason", "teller",
    "touchpoint", "stage", "churn", "person", "quote", "story_first_seen", "story_last_seen",
    "story_posts", "story_sources", "in_press", "reach", "rising", "reply", "owned_at", "place",
]  # fmt: skip


def story_table(window: pd.DataFrame, until: datetime) -> pd.DataFrame:
    """Schema STORIES: the stories that hold a moment, by identity.

    `window` is JUDGED with the columns of `with_stories`, `with_replies` and `with_places`, up to
    `until`. What was taken back counts in `posts` and is told nowhere.
    """
    posts = window.loc[window["story"].ne("") & ~window["deleted"], _READ]
    posts = posts.assign(voice=voices(posts)).sort_values(["dated_at", "post_id"])
    moments = posts[posts["verdict"].isin([Verdict.POOR, Verdict.EXCEPTIONAL])]
    posts = posts[posts["story"].isin(moments["story"])]
    verdict = _verdicts(moments)
    own = moments[moments["verdict"] == of_stories(verdict, moments["story"])]
    table = pd.concat(
        [
            verdict,
            _extent(posts, moments, own),
            _pace(posts, until),
            _press(posts),
            _telling(posts, own),
            facets(posts, own),
            harm(moments),
            answers(posts, until),
        ],
        axis=1,
    ).reset_index(names="story")
    return as_declared(table.assign(repeats=_repeats(table, moments)), STORIES)


def _verdicts(moments: pd.DataFrame) -> pd.Series:
    """The side that weighs more, each voice once by its surest moment; poor where they are even."""
    heard = moments.groupby(["story", "verdict", "voice"])["confidence"].max()
    weight = heard.groupby(["story", "verdict"]).sum().unstack(fill_value=0)
    weight = weight.reindex(columns=[Verdict.POOR, Verdict.EXCEPTIONAL], fill_value=0.0)
    poor = weight[Verdict.POOR] >= weight[Verdict.EXCEPTIONAL]
    words = poor.map({True: Verdict.POOR.value, False: Verdict.EXCEPTIONAL.value})
    return words.rename("verdict")


def _extent(posts: pd.DataFrame, moments: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """How many tell it, since when, and what the story's own columns say of its whole."""
    grouped = posts.groupby("story")
    table = grouped.agg(
        first_seen=("story_first_seen", "first"),
        last_seen=("story_last_seen", "first"),
        posts=("story_posts", "first"),
        sources=("story_sources", "first"),
        in_press=("in_press", "first"),
        reach=("reach", "first"),
        rising=("rising", "first"),
        authors=("voice", "nunique"),
    )
    table["confidence"] = own.groupby("story")["confidence"].max()
    for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL):
        mine = moments[moments["verdict"] == verdict].groupby("story")
        table[verdict.value] = mine.size().reindex(table.index, fill_value=0)
    table["first_poor"] = (
        moments[moments["verdict"] == Verdict.POOR].groupby("story")["dated_at"].min()
    )
    return table


def _pace(posts: pd.DataFrame, until: datetime) -> pd.DataFrame:
    """Posts of the last day, and how long the later half of all posts took to come."""
    grouped = posts.groupby("story")
    nth, of = grouped.cumcount() + 1, grouped["post_id"].transform("size")
    half = posts["dated_at"].where(nth == (of + 1) // 2).groupby(posts["story"]).first()
    doubling = (grouped["dated_at"].max() - half).dt.total_seconds() / 3600
    recent = (posts["dated_at"] >= until - DAY).groupby(posts["story"]).sum()
    return pd.DataFrame(
        {"posts_24h": recent, "doubling_hours": doubling.where(grouped.size() > 1).round(1)}
    )


def _press(posts: pd.DataFrame) -> pd.DataFrame:
    """Which papers tell it and since when; the company's own statement is no paper."""
    articles = posts[posts["kind"].eq(Kind.ARTICLE) & posts["teller"].ne(Teller.COMPANY)]
    paper = articles["outlet"].where(articles["outlet"] != "", articles["found_by"])
    grouped = articles.assign(paper=paper).groupby("story")
    table = grouped.agg(press_outlets=("paper", "nunique"), press_since=("dated_at", "min"))
    table = table.reindex(posts["story"].unique())
    return table.fillna({"press_outlets": 0})


def _telling(posts: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """The first post that is still there, and the best telling of the story's own verdict."""
    first = posts.drop_duplicates("story").set_index("story")
    near = own["teller"].map(_NEAREST)
    ranked = own.assign(sure=own["confidence"] >= SURE, near=near, votes=own["score"].fillna(0))
    ranked = ranked.sort_values(
        ["sure", "near", "votes", "confidence", "post_id"],
        ascending=[False, True, False, False, True],
    )
    best = ranked.drop_duplicates("story").set_index("story")
    nearest = ranked.sort_values("near", kind="stable").drop_duplicates("story")
    told = first[["url", "post_id", "title", "outlet"]]
    told = told.assign(quote=best["quote"], quote_url=best["url"])
    return told.assign(teller=nearest.set_index("story")["teller"])


def _repeats(stories: pd.DataFrame, moments: pd.DataFrame) -> pd.Series:
    """How many other people began a poor story of the same touchpoint at the same place."""
    first = moments.drop_duplicates("story").set_index("story")["voice"]
    poor = stories[
        stories["verdict"].eq(Verdict.POOR)
        & stories["place"].ne("")
        & stories["touchpoint"].ne(Touchpoint.UNKNOWN)
    ]
    told = of_stories(first, poor["story"]).groupby([poor["place"], poor["touchpoint"]])
    return (told.transform("nunique") - 1).reindex(stories.index, fill_value=0)
