"""Why a story is as urgent as it is, in words.

Moments and numbers are as programs write them; reports tell them as their reader does.
"""

from collections.abc import Callable, Iterable
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.harm import said
from data.vocabulary import Churn, Reply


def why_of(asked: Iterable[str], row: Any, zone: ZoneInfo) -> str:
    """Each fact that a rule which holds rests on, once; the rule's name where it rests on none."""
    facts = (FACTS[name](row, zone) for name in dict.fromkeys(asked))
    return "; ".join(dict.fromkeys(fact for fact in facts if fact)) or str(row.rule)


def _press(row: Any, zone: ZoneInfo) -> str:
    papers = f", {row.press_outlets} papers" if row.press_outlets > 1 else ""
    if pd.isna(row.press_since):
        return f"in the press{papers}"
    return f"in the press since {row.press_since.tz_convert(zone):%Y-%m-%d %H:%M}{papers}"


def _spread(row: Any, _zone: ZoneInfo) -> str:
    voices = "1 voice" if row.authors == 1 else f"{row.authors} voices"
    return f"{row.reach} reactions, {voices}{', rising' if row.rising else ''}"


FACTS: dict[str, Callable[[Any, ZoneInfo], str]] = {
    "harm": lambda row, _: f"concerns {said(row.harm)}",
    "in_press": _press,
    "press_outlets_at_least": _press,
    "reach_at_least": _spread,
    "authors_at_least": _spread,
    "rising": _spread,
    "posts_24h_at_least": lambda row, _: f"{row.posts_24h} posts in 24 h",
    "churn": lambda row, _: "a customer leaves" if row.churn == Churn.SAID else "may leave",
    "reply": lambda row, _: "answered with form words" if row.reply == Reply.ROBOTIC else "",
    "unanswered_at_least": lambda row, _: f"no answer for {row.waiting_hours:.0f} h",
    "repeats_at_least": lambda row, _: f"{row.repeats} others at {row.place}, {row.touchpoint}",
}
