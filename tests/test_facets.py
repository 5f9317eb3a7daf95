"""Why, where, who tells, and whether the customer leaves."""

import pandas as pd
import pytest

from analysis.judge import judge


def _told(text: str, facet: str) -> str:
    return str(judge(pd.DataFrame({"text": [text]}), None)[facet].iloc[0])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The waiter was rude and rolled her eyes at my mother.", "rude"),
        ("On hold for 50 minutes, an hour and a half in total.", "waiting"),
        ("You lost my suitcase again and the parcel arrived smashed.", "failed"),
        ("Three emails and no reply, nobody answers the phone.", "ignored"),
        ("Thanks for the quick response, fast service!", "fast"),
        ("The service was fantastic, excellent service as ever.", "praise"),
    ],
)
def test_the_reason_of(text: str, reason: str) -> None:
    assert _told(text, "reason") == reason


@pytest.mark.parametrize(
    ("text", "teller"),
    [
        ("I waited an hour and nobody came to our table.", "customer"),
        ("Bank posts third-quarter profit of 418 million, beats forecast", "press"),
    ],
)
def test_who_tells(text: str, teller: str) -> None:
    assert _told(text, "teller") == teller


def test_no_word_of_leaving_is_no_leaving() -> None:
    assert _told("The cashier was rude to me.", "churn") == "no"
