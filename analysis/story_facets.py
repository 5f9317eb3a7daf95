"""What a story is about: reason, touchpoint, stage, place, people, leaving and harm."""

import pandas as pd

from analysis.harm import harms
from analysis.persons import fullest
from data.vocabulary import Churn, Owner, Reason, Stage, Touchpoint, Verdict

_NAMED = 8  # reasons or touchpoints of a story that are listed
_LEAVING = {"": 0, Churn.NO: 0, Churn.HINTED: 1, Churn.SAID: 2}
# Who answers where no text tells the stage: what people do, or what a process does.
_BEHIND = (Reason.FAILED, Reason.MISHANDLED, Reason.WAITING, Reason.UNFAIR, Reason.SCRIPTED)


def facets(posts: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
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


def harm(moments: pd.DataFrame) -> pd.DataFrame:
    """The kinds of harm that its poor moments tell of, alone and each with the moment's reason."""
    poor = moments[moments["verdict"] == Verdict.POOR]
    found = harms(poor)
    cases = poor[["story", "reason"]]
    told = pd.concat([cases[found[kind]].assign(kind=str(kind)) for kind in found])
    kinds = told.drop_duplicates(["story", "kind"]).sort_values("kind")
    told["pair"] = told["kind"] + ":" + told["reason"]
    pairs = told.drop_duplicates(["story", "pair"]).sort_values("pair")
    table = pd.DataFrame(
        {
            "harm": kinds.groupby("story")["kind"].agg(", ".join),
            "harm_reasons": pairs.groupby("story")["pair"].agg(", ".join),
        },
        dtype="str",
    )
    return table.reindex(moments["story"].unique(), fill_value="")
