"""What is known of a teller before a word is read: the brand's own accounts, and the press."""

import pandas as pd

from data.records import Brand
from data.vocabulary import Kind, Teller, Verdict

_OF_A_MOMENT = ("reason", "touchpoint", "stage", "churn", "person", "evidence", "quote")
_PRESS_MAY_QUOTE = (Teller.COMPANY.value, Teller.PRESS.value)  # a press room's article is one


def by_standing(posts: pd.DataFrame, told: pd.DataFrame, brand: Brand | None) -> pd.DataFrame:
    """The judged columns with tellers as the post's author and kind say.

    What the brand itself says is no moment: an apology is an answer to one.
    """
    told = told.copy()
    if "kind" in posts:
        article = posts["kind"].eq(Kind.ARTICLE) & ~told["teller"].isin(_PRESS_MAY_QUOTE)
        told.loc[article, "teller"] = Teller.PRESS.value
    if brand is None or not brand.handles or "author" not in posts:
        return told
    accounts = {_account(name) for name in brand.handles}
    own = posts["author"].fillna("").map(_account).isin(accounts)
    told.loc[own, "teller"] = Teller.COMPANY.value
    told.loc[own & told["verdict"].ne(Verdict.UNJUDGED), "verdict"] = Verdict.NEITHER.value
    told.loc[own, list(_OF_A_MOMENT)] = ""
    return told


def _account(name: str) -> str:
    """An account's name without the marks that platforms put before it."""
    return name.strip().casefold().removeprefix("u/").lstrip("@")
