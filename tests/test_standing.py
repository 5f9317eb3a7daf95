"""Who tells is known of the brand's own accounts and of the press before a word is read."""

import pandas as pd

from analysis.judge import judge
from data.records import Brand

FOXGLOVE = Brand("Foxglove", handles=("@foxglovestores", "u/FoxgloveHelp"))
RUDE = "The girl at the Foxglove desk was so rude to me, she rolled her eyes and walked off."


def judged(**columns: str) -> pd.Series:
    return judge(pd.DataFrame([{"text": RUDE, **columns}]), FOXGLOVE).iloc[0]


def test_what_the_brand_itself_says_is_no_moment() -> None:
    for author in ("u/foxglovehelp", "FoxgloveHelp", "@FoxgloveStores"):
        row = judged(author=author)
        assert (row["verdict"], row["teller"], row["reason"]) == ("neither", "company", "")


def test_the_same_words_of_somebody_else_are_one() -> None:
    row = judged(author="u/someone")
    assert row["verdict"] == "poor"
    assert row["teller"] != "company"


def test_an_article_is_told_by_the_press() -> None:
    assert judged(kind="article")["teller"] == "press"
