"""What there is to act on at one moment: poor stories, stories worth sharing, blind sources."""

from datetime import datetime
from typing import Any

import pandas as pd

from data.incident_records import Incident, MessageKind, Sighting
from data.vocabulary import SEEN, Outcome, Priority, Reply, Status

KNOWN_BY = 20  # earliest and latest posts kept of each story: a story seldom loses so many at once
_USABLE = [outcome.value for outcome in {*SEEN, Outcome.TRUNCATED}]


def poor_stories(brand: str, escalated: pd.DataFrame, window: pd.DataFrame) -> list[Sighting]:
    """A sighting per row of ESCALATED; `window` is the JUDGED frame with stories and replies."""
    robotic = _form_words(window)
    known_by = _known_by(window, escalated["story"])
    return [
        Sighting(_poor(brand, row, rank, robotic), known_by[str(row.story)])
        for rank, row in enumerate(escalated.itertuples())
    ]


def praised_stories(brand: str, shared: pd.DataFrame, window: pd.DataFrame) -> list[Sighting]:
    """A sighting per row of SHARED."""
    known_by = _known_by(window, shared["story"])
    return [
        Sighting(_praised(brand, row, rank), known_by[str(row.story)])
        for rank, row in enumerate(shared.itertuples())
    ]


def blind_sources(brand: str, log: pd.DataFrame) -> list[Sighting]:
    """A sighting per source of the COVERAGE_LOG; blind since its last good answer.

    A source that never answered is blind since it was first asked. A truncated listing is not
    blind: the coverage table tells of it.
    """
    return [_source(brand, str(name), asked) for name, asked in log.groupby("source")]


def _poor(brand: str, row: Any, rank: int, robotic: dict[str, datetime]) -> Incident:
    return Incident(
        brand,
        MessageKind.ESCALATION,
        status=Status(row.status),
        opened_at=_moment(row.first_poor) or _moment(row.first_seen),
        priority=Priority(row.priority),
        robotic_at=robotic.get(row.story),
        due=_moment(row.due),
        owner=row.owner,
        rank=rank,
        **_story(row),
    )


def _praised(brand: str, row: Any, rank: int) -> Incident:
    return Incident(
        brand,
        MessageKind.PRAISE,
        status=Status.NEW,
        opened_at=_moment(row.first_seen),
        points=row.points,
        rank=rank,
        **_story(row),
    )


def _source(brand: str, name: str, asked: pd.DataFrame) -> Sighting:
    asked = asked.sort_values("at")
    last, good = asked.iloc[-1], asked[asked["outcome"].isin(_USABLE)]
    seen = last["outcome"] in _USABLE
    told = Incident(
        brand,
        MessageKind.BLIND,
        incident=f"source:{name}",
        story=name,
        status=Status.RESOLVED if seen else Status.NEW,
        opened_at=_moment(asked["at"].iloc[0] if good.empty else good["at"].iloc[-1]),
        changed_at=_moment(last["at"]),
        resolved_at=_moment(last["at"]) if seen else None,
        why="" if seen else last["detail"] or last["outcome"],
    )
    return Sighting(told)


def _story(row: Any) -> dict[str, Any]:
    """What a message tells of a story, poor or exceptional."""
    return {
        "incident": row.story,
        "story": row.story,
        "why": row.why,
        "changed_at": _moment(row.last_seen),
        "in_press": bool(row.in_press),
        "answered_at": _moment(row.answered_at),
        "resolved_at": _moment(row.resolved_at),
        "reason": row.reason,
        "touchpoint": row.touchpoint,
        "place": row.place,
        "person": row.person,
        "quote": row.quote,
        "link": row.quote_url or row.url,
        "posts": row.posts,
        "reach": row.reach,
    }


def _form_words(window: pd.DataFrame) -> dict[str, datetime]:
    """Per story, when its moments were last answered with form words."""
    robotic = window[window["reply"] == Reply.ROBOTIC]
    last = robotic.groupby("story")["robotic_at"].max()
    return {str(story): _moment(when) for story, when in last.items()}


def _known_by(window: pd.DataFrame, stories: pd.Series) -> dict[str, frozenset[str]]:
    of_them = window.loc[window["story"].isin(stories), ["story", "post_id", "dated_at"]]
    grouped = of_them.sort_values(["dated_at", "post_id"]).groupby("story")["post_id"]
    some = pd.concat([grouped.head(KNOWN_BY), grouped.tail(KNOWN_BY)])
    by_story = some.groupby(of_them["story"]).agg(frozenset)
    return {str(story): posts for story, posts in by_story.items()}


def _moment(value: Any) -> Any:
    """A plain datetime, None where there is none."""
    if pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
