"""How far a poor story has come: open, answered, resolved or open again."""

from datetime import datetime, timedelta

import pandas as pd

from analysis.later_words import says_settled, says_worse
from data.vocabulary import Reason, Reply, Status, Teller, Verdict

QUIET = timedelta(hours=72)  # without another poor moment after an owned answer: it has settled
REOPENED_BY = 2  # so many others, or the customer: one late grumble does not open a story again
_RANK = {Reply.NONE: 0, Reply.ROBOTIC: 1, Reply.OWNED: 2}
_PUT_RIGHT = (Reason.OWNED, Reason.SOLVED)


def answers(posts: pd.DataFrame, until: datetime) -> pd.DataFrame:
    """Per story: status, reply, answered_at, unanswered_since, resolved_at.

    `posts` are all of stories with a moment, with `story` and `voice`, by time. The status of a
    story without a poor moment is empty; an open one is `ongoing`, old or new.
    """
    moments = posts[posts["verdict"].isin([Verdict.POOR, Verdict.EXCEPTIONAL])]
    poor = moments[moments["verdict"] == Verdict.POOR]
    table = pd.DataFrame(index=pd.Index(moments["story"].unique(), name="story"))
    best = poor["reply"].map(_RANK).astype("int64").groupby(poor["story"]).max()
    words = {rank: reply.value for reply, rank in _RANK.items()}
    table["reply"] = best.reindex(table.index, fill_value=0).map(words)
    table["answered_at"] = poor.groupby("story")["owned_at"].min()
    waiting = poor[poor["reply"] == Reply.NONE]
    table["unanswered_since"] = waiting.groupby("story")["dated_at"].min()
    last = poor.groupby("story")["dated_at"].max().reindex(table.index)
    settled = last.where(last > table["answered_at"], table["answered_at"]) + QUIET
    later = _of_customers(posts, poor)
    reopened = table.index.isin(_reopened(poor, later))
    quiet = settled.where(table["answered_at"].notna() & ~reopened)
    said = _said_well(moments, poor, later).reindex(table.index)
    table["resolved_at"] = said.fillna(quiet.where(quiet <= until))
    status = pd.Series(Status.ONGOING.value, index=table.index, dtype="str")
    status = status.mask(table["answered_at"].notna(), Status.ANSWERED.value)
    status = status.mask(reopened, Status.REOPENED.value)
    status = status.mask(table["resolved_at"].notna(), Status.RESOLVED.value)
    return table.assign(status=status.where(table.index.isin(poor["story"]), ""))


def _of_customers(posts: pd.DataFrame, poor: pd.DataFrame) -> pd.DataFrame:
    """What those who complained as customers also say of the same story, poor or not."""
    theirs = poor[poor["teller"].eq(Teller.CUSTOMER) & poor["author"].ne("")]
    who = posts["story"] + "\n" + posts["voice"]
    return posts[who.isin(theirs["story"] + "\n" + theirs["voice"])]


def _reopened(poor: pd.DataFrame, later: pd.DataFrame) -> pd.Index:
    """The stories with poor words after the brand last owned it, by the customer or several."""
    owned = poor.groupby("story")["owned_at"].max()
    worse = later[later["verdict"].ne(Verdict.POOR) & later["text"].map(says_worse).astype(bool)]
    told = pd.concat([poor, worse.assign(teller=Teller.CUSTOMER.value)])
    after = told[told["dated_at"] > of_stories(owned, told["story"])]
    customers = after["teller"].eq(Teller.CUSTOMER).groupby(after["story"]).any()
    several = after.groupby("story")["voice"].nunique() >= REOPENED_BY
    return customers.index[customers | several]


def _said_well(moments: pd.DataFrame, poor: pd.DataFrame, later: pd.DataFrame) -> pd.Series:
    """When a customer said, after the last poor word of one, that it was put right.

    Praise for anything else counts only where the same customer adds it in the same thread, and
    words such as "all sorted" only of one who complained: to close a story that is open is worse
    than to leave one open that is closed.
    """
    customers = poor[poor["teller"] == Teller.CUSTOMER]
    last = customers.groupby("story")["dated_at"].max()
    last = last.reindex(poor["story"].unique()).fillna(poor.groupby("story")["dated_at"].min())
    glad = moments[
        moments["verdict"].eq(Verdict.EXCEPTIONAL) & moments["teller"].eq(Teller.CUSTOMER)
    ]
    same = _speaking(glad).isin(_speaking(customers))
    quiet = later[later["verdict"].ne(Verdict.POOR) & later["text"].map(says_settled).astype(bool)]
    right = pd.concat([glad[same | glad["reason"].isin(_PUT_RIGHT)], quiet])
    right = right[right["dated_at"] > of_stories(last, right["story"])]
    return right.groupby("story")["dated_at"].min()


def _speaking(moments: pd.DataFrame) -> pd.Series:
    """Who speaks in which thread of which story."""
    thread = moments["thread_id"].fillna(moments["post_id"])
    return moments["story"] + "\n" + thread + "\n" + moments["voice"]


def of_stories(values: pd.Series, stories: pd.Series) -> pd.Series:
    """Each row's value by its story, empty where the story has none.

    `Series.map` does the same except for no values at all, which it cannot cast.
    """
    return values.reindex(stories.to_numpy()).set_axis(stories.index)
