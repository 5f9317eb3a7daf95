"""How a story went: first post, spread, press, answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data.vocabulary import Kind, Reply, Status, Teller
from reports.page.words import Link, clean, count, local, safe_link, short_day

_LEAST = 2  # days that a story must span to have its posts drawn day by day
_PAPERS = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a story; `reached` is False for what is still to come."""

    name: str
    when: str
    told: str
    link: Link | None = None
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A story's posts of one day; `height` is from 0 to 24."""

    day: str
    number: int
    height: float


def steps(row: Any, posts: pd.DataFrame, zone: ZoneInfo, poor: bool) -> list[Step]:
    """The stages of a story (a row of ESCALATED or SHARED) with its posts of the last weeks."""
    told = [_first(row, zone), _spread(row, zone), _press(row, posts, zone)]
    if poor:
        told += [_answer(row, posts, zone), _end(row, zone)]
    return [step for step in told if step]


def bars(posts: pd.DataFrame, day: date, zone: ZoneInfo) -> list[Bar]:
    """Its posts per local day from the first one to the told day; none for a story of one day."""
    days = posts["dated_at"].dt.tz_convert(zone).dt.date
    if posts.empty or days.min() + timedelta(days=_LEAST - 1) > day:
        return []
    span = [days.min() + timedelta(days=n) for n in range((day - days.min()).days + 1)]
    numbers = [int((days == one).sum()) for one in span]
    most = max(numbers)
    return [
        Bar(short_day(one), number, round(24 * number / most, 1))
        for one, number in zip(span, numbers, strict=True)
    ]


def _first(row: Any, zone: ZoneInfo) -> Step:
    where = clean(row.outlet)
    return Step("First post", local(row.first_seen, zone), where, safe_link(row.url))


def _spread(row: Any, zone: ZoneInfo) -> Step | None:
    if row.posts < 2:
        return None
    told = f"{count(int(row.posts), 'post')}, {count(int(row.authors), 'voice')}"
    told += f", {row.posts_24h} in the last 24 h" if row.posts_24h else ""
    return Step("Spread", local(row.last_seen, zone), f"{told}{', rising' if row.rising else ''}")


def _press(row: Any, posts: pd.DataFrame, zone: ZoneInfo) -> Step | None:
    if not row.in_press:
        return None
    articles = posts[posts["kind"].eq(Kind.ARTICLE) & posts["teller"].ne(Teller.COMPANY)]
    articles = articles.sort_values(["dated_at", "post_id"])
    papers = [clean(name) for name in articles["outlet"].unique()]
    more = f" and {len(papers) - _PAPERS} more" if len(papers) > _PAPERS else ""
    url = articles["url"].iloc[0] if len(articles) else ""
    told = ", ".join(filter(None, papers[:_PAPERS])) + more
    return Step("Press", local(row.press_since, zone), told, safe_link(url))


def _answer(row: Any, posts: pd.DataFrame, zone: ZoneInfo) -> Step:
    if row.reply == Reply.OWNED:
        return Step("Answer", local(row.answered_at, zone), "the brand has owned it")
    if row.reply == Reply.ROBOTIC:
        answered = posts[posts["reply"] == Reply.ROBOTIC]
        at = answered["dated_at"] + pd.to_timedelta(answered["reply_hours"].fillna(0.0), unit="h")
        return Step("Answer", local(at.min(), zone), "form words, nothing owned")
    return Step("Answer", "", "none yet", reached=False)


def _end(row: Any, zone: ZoneInfo) -> Step | None:
    if row.status == Status.RESOLVED:
        return Step("Resolved", local(row.resolved_at, zone), "the customer says so, or it is quiet")
    if row.status == Status.REOPENED:
        return Step("Open again", local(row.unanswered_since, zone), "poor once more after the answer")
    return None
