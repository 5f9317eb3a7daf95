"""How a story went: first post, spread, press, answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from data.vocabulary import Kind, Reply, Status, Teller
from reports.locales import count, number, short_day
from reports.page.words import Link, clean, local, safe_link

_PAPERS = 3
_LATE = pd.Timestamp.max.tz_localize("UTC")


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a story; `at` is None for what is still to come."""

    name: str
    at: datetime | None
    when: str
    told: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A story's posts of one day; `height` is from 0 to 24."""

    day: str
    number: int
    height: float


def steps(row: Any, posts: pd.DataFrame, zone: ZoneInfo) -> list[Step]:
    """The stages of a story in the order of time, what is to come last.

    `row` is of ESCALATED or SHARED, `posts` are the story's of the last weeks.
    """
    return sorted(_steps(row, posts, zone), key=lambda step: step.at or _LATE)


def bars(posts: pd.DataFrame, day: date, zone: ZoneInfo) -> list[Bar]:
    """Its posts per local day from the first one to the told day; none where all are of one day."""
    days = posts["dated_at"].dt.tz_convert(zone).dt.date
    if days.nunique() < 2:
        return []
    span = [days.min() + timedelta(days=n) for n in range((day - days.min()).days + 1)]
    numbers = [int((days == one).sum()) for one in span]
    return [
        Bar(short_day(one), number, round(24 * number / max(numbers), 1))
        for one, number in zip(span, numbers, strict=True)
    ]


def _steps(row: Any, posts: pd.DataFrame, zone: ZoneInfo) -> Iterator[Step]:
    articles = posts[posts["kind"].eq(Kind.ARTICLE) & posts["teller"].ne(Teller.COMPANY)]
    articles = articles.sort_values(["dated_at", "post_id"])
    if row.first_seen == row.press_since:
        yield _step("First told by the press", row.press_since, zone, _papers(articles), row.url)
    else:
        yield _step("First post", row.first_seen, zone, clean(row.outlet), row.url)
        if row.in_press:
            url = articles["url"].iloc[0] if len(articles) else ""
            yield _step("Press", row.press_since, zone, _papers(articles), url)
    if row.posts > 1:
        yield _step("Spread", row.last_seen, zone, _spread(row))
    if row.status:
        yield _answer(row, posts, zone)
    if row.status == Status.RESOLVED:
        told = "the customer says so, or it has been quiet since"
        yield _step("Resolved", row.resolved_at, zone, told)
    if row.status == Status.REOPENED:
        yield _step("Open again", row.unanswered_since, zone, "poor once more after the answer")


def _step(name: str, at: Any, zone: ZoneInfo, told: str, url: str = "") -> Step:
    known = None if pd.isna(at) else at
    return Step(name, known, local(at, zone), told, safe_link(url))


def _spread(row: Any) -> str:
    told = f"{count(int(row.posts), 'post')}, {count(int(row.authors), 'voice')}"
    told += f", {number(row.posts_24h)} in the last 24 h" if row.posts_24h else ""
    return f"{told}{', rising' if row.rising else ''}"


def _papers(articles: pd.DataFrame) -> str:
    papers = [name for name in map(clean, articles["outlet"].unique()) if name]
    more = f" and {len(papers) - _PAPERS} more" if len(papers) > _PAPERS else ""
    return ", ".join(papers[:_PAPERS]) + more


def _answer(row: Any, posts: pd.DataFrame, zone: ZoneInfo) -> Step:
    if row.reply == Reply.OWNED:
        return _step("Answer", row.answered_at, zone, "the brand has owned it")
    if row.reply == Reply.ROBOTIC:
        return _step("Answer", posts["robotic_at"].min(), zone, "form words, nothing owned")
    return _step("Answer", None, zone, "none yet")
