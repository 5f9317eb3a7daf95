"""The example week as frames, with its readers' labels as the judge's verdicts."""

from datetime import date, datetime, timedelta
from functools import cache

import pandas as pd
from posts import answered, bounds, day_of

from analysis.places import with_places
from data.frames import frame
from data.schemas import COVERAGE_LOG, JUDGED, UNCORRECTED
from data.vocabulary import Verdict
from example.texts import Text, read_week
from example.world import DAYS, evening
from reports.dated import Day

PLACES = ("Port Ellery", "Saltmarsh", "Harrow Quay", "Wendle Cross", "Brackenford")
DAY = timedelta(hours=24)
_KINDS = {"t3": "post", "t1": "comment"}
_SOURCES = {
    "courier": "port-ellery-courier", "echo": "saltmarsh-echo", "ledger": "national-ledger",
    "markets": "markets-wire", "pressroom": "press-room", "news": "news-search",
    "reviews": "store-reviews",
}  # fmt: skip
SOURCES = ("reddit", *_SOURCES.values())


@cache
def told(day: date) -> Day:
    """What is told of a day of the week, with its bad days: no courier, then no Reddit."""
    end = bounds(day)[1]
    return day_of(week(end), log(), SOURCES, day)


def log() -> pd.DataFrame:
    """COVERAGE_LOG of the week's evening runs."""
    bad = {("port-ellery-courier", DAYS[3]): "failed", ("reddit", DAYS[5]): "throttled"}
    rows = [
        ("Foxglove", source, evening(day), bad.get((source, day), "ok"), 1, 1, "")
        for day in DAYS
        for source in SOURCES
    ]
    return frame(rows, COVERAGE_LOG)


@cache
def week(until: datetime) -> pd.DataFrame:
    """JUDGED up to `until` as the labels have it, with stories, the brand's answers and places."""
    texts = [text.as_of(until) for text in read_week() if text.appears_at < until]
    rows = [_row(text) for text in texts if _dated_at(text) < until]
    window = frame([[row[name] for name in JUDGED.columns] for row in rows], JUDGED)
    window = window.sort_values(["dated_at", "post_id"]).reset_index(drop=True)
    named = {_post_id(text): text.label.story for text in texts}
    tones = {_post_id(text): text.label.tone for text in texts}
    window = window.assign(
        story=(window["post_id"].map(named).fillna(window["post_id"])).astype("str"),
        tone=window["post_id"].map(tones),
    )
    return with_places(_with_answers(_with_stories(window, until)), PLACES)


def _row(text: Text) -> dict[str, object]:
    label, moment = text.label, text.label.verdict in (Verdict.POOR, Verdict.EXCEPTIONAL)
    judged = {
        name: getattr(label, name) if moment else ""
        for name in ("reason", "touchpoint", "stage", "churn")
    }
    return dict.fromkeys(JUDGED.columns) | judged | {
        "post_id": _post_id(text), "source": _source(text), "native_id": text.id,
        "kind": _kind(text), "url": text.url or f"https://reddit.example/{text.id}",
        "author": text.author, "title": _whole(text.title), "text": _whole(text.text),
        "published_at": text.published_at, "collected_at": text.appears_at,
        "dated_at": _dated_at(text), "revision": 1, "edited": bool(text.edited_at),
        "deleted": bool(text.deleted), "score": text.score, "rating": float("nan"),
        "parent_id": f"reddit:{text.parent}" if text.parent else None,
        "thread_id": f"reddit:{text.thread}" if text.thread else None,
        "outlet": text.outlet or text.channel, "found_by": _SOURCES.get(text.channel, "reddit"),
        "model": "labels", "language": text.language, "mention": label.mention,
        "verdict": "neither" if text.deleted else label.verdict, "confidence": 0.9,
        "p_exceptional": 0.9 * (label.verdict == Verdict.EXCEPTIONAL),
        "p_poor": 0.9 * (label.verdict == Verdict.POOR), "teller": label.teller,
        "person": (label.person or "") if moment else "", "evidence": "",
        "quote": _whole(text.text or text.title)[:280] if moment else "", **UNCORRECTED,
    }  # fmt: skip


def _with_stories(window: pd.DataFrame, until: datetime) -> pd.DataFrame:
    grouped = window.groupby("story")
    recent = window["dated_at"] >= until - DAY
    before = window["dated_at"].between(until - 2 * DAY, until - DAY, inclusive="left")
    papers = window["kind"].eq("article") & window["teller"].ne("company")
    return window.assign(
        story_first_seen=grouped["dated_at"].transform("min"),
        story_last_seen=grouped["dated_at"].transform("max"),
        story_posts=grouped["post_id"].transform("size"),
        story_sources=grouped["outlet"].transform("nunique"),
        in_press=papers.groupby(window["story"]).transform("any"),
        reach=window["score"].fillna(0).groupby(window["story"]).transform("sum").astype("int64"),
        rising=recent.groupby(window["story"]).transform("sum")
        > before.groupby(window["story"]).transform("sum"),
    )


def _with_answers(window: pd.DataFrame) -> pd.DataFrame:
    """The first answer of the brand's that came after each post, in its story or its thread."""
    thread = window["thread_id"].fillna(window["post_id"])
    posts = list(zip(window["dated_at"], window["story"], thread, window["tone"], strict=True))
    answers = [post for post in posts if isinstance(post[3], str)]
    replies, hours = [], []
    for at, story, own, _ in posts:
        later = [a for a in answers if a[0] > at and (a[1] == story or a[2] == own)]
        replies.append(later[0][3] if later else "none")
        hours.append((later[0][0] - at) / timedelta(hours=1) if later else float("nan"))
    return answered(window.assign(reply=pd.Series(replies, dtype="str"), reply_hours=hours))


def _whole(words: str) -> str:
    """Without half characters, as every source hands them over."""
    return words.encode("utf-8", "replace").decode()


def _post_id(text: Text) -> str:
    return f"{_source(text)}:{text.id}"


def _source(text: Text) -> str:
    if text.channel.startswith("r/"):
        return "reddit"
    return "files" if text.channel == "reviews" else "feed"


def _kind(text: Text) -> str:
    if text.channel.startswith("r/"):
        return _KINDS[text.id[:2]]
    return "review" if text.channel == "reviews" else "article"


def _dated_at(text: Text) -> datetime:
    if text.published_at is None or text.published_at > text.appears_at:
        return text.appears_at
    return text.published_at
