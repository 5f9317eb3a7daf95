"""One row per story: what was told, by whom, how far and how fast it travels, how it was answered.

posts of the window -> moments -> verdict of the whole -> its own moments -> facts, side by side
"""

from datetime import datetime, timedelta

import pandas as pd

from analysis.harm import harms
from analysis.persons import fullest
from analysis.story_answers import answers, of_stories
from analysis.voices import voices
from data.frames import as_declared
from data.schemas import STORIES
from data.vocabulary import Churn, Kind, Owner, Reason, Stage, Teller, Touchpoint, Verdict

DAY = timedelta(hours=24)
_NAMED = 8  # reasons or touchpoints of a story that are listed
SURE = 0.7  # confidence from which a first-hand telling is quoted before a surer one from afar
_NEAREST = {teller: rank for rank, teller in enumerate(
    (Teller.CUSTOMER, Teller.BYSTANDER, Teller.EMPLOYEE, Teller.OTHER, Teller.PRESS, Teller.COMPANY)
)}  # fmt: skip
_LEAVING = {"": 0, Churn.NO: 0, Churn.HINTED: 1, Churn.SAID: 2}
# Who answers where no text tells the stage: what people do, or what a process does.
_BEHIND = (Reason.FAILED, Reason.MISHANDLED, Reason.WAITING, Reason.UNFAIR, Reason.SCRIPTED)

_READ = [
    "story", "post_id", "source", "kind", "url", "author", "title", "text", "dated_at", "score",
    "outlet", "found_by", "verdict", "confidence", "reason", "teller", "touchpoint", "stage",
    "churn", "person", "quote", "story_first_seen", "story_last_seen", "story_posts",
    "story_sources", "in_press", "reach", "rising", "reply", "reply_hours", "place",
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
            _facets(posts, own),
            _harm(moments),
            answers(moments, until),
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


def _facets(posts: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """What most of its own moments say of reason, touchpoint, stage, place and people."""
    known = own.assign(touchpoint=own["touchpoint"].replace(Touchpoint.UNKNOWN.value, ""))
    stories = posts["story"].unique()
    reasons, touchpoints = _ranked(known, "reason"), _ranked(known, "touchpoint")
    table = pd.DataFrame(index=stories)
    table["reason"], table["reasons"] = reasons["first"], reasons["all"]
    table["touchpoint"], table["touchpoints"] = touchpoints["first"], touchpoints["all"]
    table["place"] = _ranked(known, "place")["first"]
    table["person"] = fullest(known["story"], known["person"])
    table = table.fillna("")
    table["touchpoint"] = table["touchpoint"].replace("", Touchpoint.UNKNOWN.value)
    table["owner"] = _owners(known, table["reason"])
    leaving = posts["churn"].map(_LEAVING).groupby(posts["story"]).max()
    table["churn"] = leaving.map({0: Churn.NO.value, 1: Churn.HINTED.value, 2: Churn.SAID.value})
    return table


def _ranked(own: pd.DataFrame, column: str) -> pd.DataFrame:
    """Per story the most told value of the column, the surest first among equals, and all."""
    named = own[own[column] != ""].groupby(["story", column], as_index=False)
    told = named.agg(times=("post_id", "size"), sure=("confidence", "max"))
    told = told.sort_values(["times", "sure", column], ascending=[False, False, True])
    told["nth"] = told.groupby("story").cumcount()
    values = told[told["nth"] < _NAMED].pivot(index="story", columns="nth", values=column)
    every = values.get(0, pd.Series(dtype="str"))
    for nth in range(1, values.shape[1]):
        every = every + (", " + values[nth]).fillna("")
    return pd.DataFrame({"first": values.get(0), "all": every}, dtype="str")


def _owners(own: pd.DataFrame, reasons: pd.Series) -> pd.Series:
    """Backstage where the moments say so more surely than frontstage; by the reason if neither."""
    behind = own["stage"].eq(Stage.BACKSTAGE).astype(float) - own["stage"].eq(Stage.FRONTSTAGE)
    side = (behind * own["confidence"]).groupby(own["story"]).sum().reindex(reasons.index)
    backstage = side.gt(0) | (side.eq(0) & reasons.isin(_BEHIND))
    return backstage.map({True: Owner.BACKSTAGE.value, False: Owner.FRONTSTAGE.value})


def _harm(moments: pd.DataFrame) -> pd.Series:
    """The kinds of harm that its poor moments tell of, as words."""
    poor = moments[moments["verdict"] == Verdict.POOR]
    found = harms(poor).groupby(poor["story"]).any()
    words = pd.Series("", index=found.index, dtype="str")
    for kind in found:
        words = words + found[kind].map({True: f", {kind}", False: ""})
    return (
        words.str.removeprefix(", ")
        .reindex(moments["story"].unique(), fill_value="")
        .rename("harm")
    )


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
