"""The day's moments as rows that can be searched, filtered, sorted and pointed at."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.locales import count, number
from reports.page.shown import Shown
from reports.page.words import Link, Part, clean, marked, safe_link

_QUOTED = re.compile(r'"([^"]*)"')
_SUREST = 99  # per cent; no judge of words is surer, and 100 would say so
_MOST = 3000  # rows that a browser still filters at once; moments.csv holds the others


@dataclass(frozen=True, slots=True)
class Row:
    """One moment."""

    anchor: str
    time: str
    severity: str
    verdict: str
    reason: str
    sure: int  # per cent
    quote: list[Part]
    evidence: str
    touchpoint: str
    place: str
    teller: str
    source: str
    outlet: str
    author: str
    person: str
    answer: str
    stars: str
    reactions: int
    told: str  # the reactions in words
    link: Link | None
    story: str
    others: int  # further posts of its story


def rows(shown: Shown) -> tuple[list[Row], int]:
    """The moments to show, in the table's order, and how many more there are."""
    severity = shown.escalated.set_index("story")["priority"].to_dict()
    place = shown.posts.set_index("post_id")["place"].to_dict()
    table = shown.moments.head(_MOST)
    told = [
        _row(row, severity.get(row.story, ""), place.get(row.post_id, ""))
        for row in table.itertuples()
    ]
    return told, len(shown.moments) - len(table)


def _row(row: Any, severity: str, place: str) -> Row:
    return Row(
        anchor="m-" + hashlib.sha256(row.post_id.encode("utf-8", "replace")).hexdigest()[:10],
        time=row.time,
        severity=severity,
        verdict=row.verdict,
        reason=row.reason,
        sure=min(round(100 * row.confidence), _SUREST),
        quote=marked(row.quote, row.evidence),
        evidence=_short(row.evidence),
        touchpoint=row.touchpoint,
        place=clean(place),
        teller=row.teller,
        source=clean(row.source),
        outlet=clean(row.outlet),
        author=clean(row.author),
        person=clean(row.person),
        answer=_answer(row),
        stars="" if pd.isna(row.rating) else f"{number(row.rating, 1)} of 5 stars",
        reactions=sum(_number(n) for n in (row.score, row.replies, row.shares)),
        told=_reactions(row),
        link=safe_link(row.link),
        story=row.story,
        others=int(row.story_posts) - 1,
    )


def _short(evidence: str) -> str:
    """The evidence without the verdict, which stands beside it."""
    told = clean(evidence.partition(": ")[2] or evidence)
    return _QUOTED.sub(r"“\1”", told)


def _answer(row: Any) -> str:
    if row.reply == "none":
        return ""
    after = "" if pd.isna(row.reply_hours) else f" after {number(row.reply_hours)} h"
    return ("answered" if row.reply == "owned" else "answered with form words") + after


def _reactions(row: Any) -> str:
    counts = ((row.score, "like"), (row.replies, "reply"), (row.shares, "share"))
    plural = {"reply": "replies"}
    told = [count(_number(n), noun, plural.get(noun, "")) for n, noun in counts if _number(n)]
    return told[0].partition(" ")[2] if len(told) == 1 else ", ".join(told)


def _number(value: Any) -> int:
    return 0 if pd.isna(value) else int(value)
