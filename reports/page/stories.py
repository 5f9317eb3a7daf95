"""Stories as cards: what was told, how far it went, what the brand answered."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd

from data.vocabulary import Verdict
from reports.locales import count, number
from reports.page.shown import OPEN, URGENT, Shown
from reports.page.timeline import Bar, Step, bars, steps
from reports.page.words import Link, Part, clean, local, marked, safe_link, said
from reports.wording import reasons

_CARDS = 6  # more is not read; the rest is listed, and the tables hold it whole
_LISTED = 60
_READ = ["post_id", "dated_at", "kind", "teller", "outlet", "url", "quote", "evidence", "reply",
         "robotic_at"]  # fmt: skip
_LEAVING = {"said": "a customer leaves", "hinted": "a customer may leave"}


@dataclass(frozen=True, slots=True)
class Card:
    """One story."""

    story: str
    verdict: str
    priority: str
    status: str
    title: str
    due: str
    late: str
    owner: str
    quote: list[Part]
    link: Link | None
    why: str
    facts: list[tuple[str, str]]
    steps: list[Step]
    bars: list[Bar]
    today: int  # its moments in the day's table


@dataclass(frozen=True, slots=True)
class Line:
    """A story in short."""

    priority: str
    status: str
    quote: list[Part]
    why: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class Told:
    """Stories of one sort: those shown as cards, those listed, and how many more there are."""

    cards: list[Card]
    listed: list[Line]
    rest: int


@dataclass(frozen=True, slots=True)
class Stories:
    """The day's stories, for the page and for all who tell the day in short."""

    needs: Told  # an answer: urgent and open ones as cards, the others listed
    delights: Told  # what deserves to be shared


def stories_of(shown: Shown) -> Stories:
    """What of a day's stories is told in full and what in short."""
    first = shown.escalated["priority"].isin(URGENT) & shown.escalated["status"].isin(OPEN)
    return Stories(
        _told(shown, shown.escalated, first, Verdict.POOR),
        _told(shown, shown.shared, shown.shared["points"].notna(), Verdict.EXCEPTIONAL),
    )


def _told(shown: Shown, table: pd.DataFrame, first: pd.Series, verdict: Verdict) -> Told:
    cards = table[first].head(_CARDS)
    others = table.drop(index=cards.index)
    listed = others.head(_LISTED)
    return Told(
        [_card(shown, row, verdict) for row in cards.itertuples()],
        [_line(row, verdict) for row in listed.itertuples()],
        len(others) - len(listed),
    )


def _line(row: Any, verdict: Verdict) -> Line:
    poor = verdict == Verdict.POOR
    return Line(
        priority=row.priority if poor else "",
        status=row.status if poor else "",
        quote=marked(row.quote, ""),
        why=_sentence(reasons(row.why)),
        link=safe_link(row.quote_url),
    )


def _card(shown: Shown, row: Any, verdict: Verdict) -> Card:
    posts = shown.posts.loc[shown.posts["story"].eq(row.story) & ~shown.posts["deleted"], _READ]
    poor = verdict == Verdict.POOR
    overdue = float(row.overdue_hours) if poor else 0.0
    return Card(
        story=row.story,
        verdict=verdict.value,
        priority=row.priority if poor else "",
        status=row.status if poor else "",
        title=_title(row, poor),
        due=local(row.due, shown.zone) if poor else "",
        late=_span(overdue) if overdue > 0 else "",
        owner=row.owner if poor else "",
        quote=marked(_told_apart(row), _evidence(posts, row.quote)),
        link=safe_link(row.quote_url),
        why=_sentence(reasons(row.why)),
        facts=_facts(row),
        steps=steps(row, posts, shown.zone),
        bars=bars(posts, shown.day, shown.zone),
        today=int(shown.moments["story"].eq(row.story).sum()),
    )


def _title(row: Any, poor: bool) -> str:
    """Who did it, where they are praised; else the title of the first post, or what it is about."""
    person, title = clean(row.person), clean(row.title)
    if person and not poor:
        return person
    return title or f"{said(row.reason)}, {said(row.touchpoint)}".strip(", ").capitalize()


def _told_apart(row: Any) -> str:
    """The quote without the title it begins with, which stands above it."""
    quote, title = clean(row.quote), clean(row.title)
    return quote.removeprefix(title).lstrip(" .:") or quote


def _evidence(posts: pd.DataFrame, quote: str) -> str:
    """What decided the post that the story quotes."""
    told = posts.loc[posts["quote"].eq(quote), "evidence"]
    return str(told.iloc[0]) if len(told) else ""


def _facts(row: Any) -> list[tuple[str, str]]:
    place = clean(row.place)
    facts = {
        "where": ", ".join(filter(None, [place, said(row.touchpoint).replace("unknown", "")])),
        "why": said(row.reasons),
        "who": clean(row.person),
        "grave": said(row.harm),
        "told by": f"{row.teller}; {count(int(row.authors), 'voice')}",
        "reach": count(int(row.reach), "reaction") if row.reach else "",
        "leaving": _LEAVING.get(row.churn, ""),
    }
    return [(name, value) for name, value in facts.items() if value]


def _sentence(words: str) -> str:
    line = clean(words)
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _span(hours: float) -> str:
    """46 h, or days from three of them on."""
    span = timedelta(hours=hours)
    return f"{number(span.days)} days" if span.days >= 3 else f"{number(max(hours, 1))} h"
