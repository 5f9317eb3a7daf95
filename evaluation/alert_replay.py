"""`python -m evaluation.alert_replay`: how many alerts a receiver gets, and how many are right.

The labelled windows of `stories/`, each among five hundred other labelled posts, and the example's
week are watched evening by evening with our own judge, stories and rules, as the monitor does, by
one route with a watchlist's defaults. An alert on a story is right where most of what we took for
poor (or exceptional) moments in it is labelled so, and no earlier alert opened the same event.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.delights import delights
from analysis.escalation import escalations
from analysis.incidents import Known, looked
from analysis.judge import judge
from analysis.news import settled, told
from analysis.notices import Asked, notice
from analysis.places import with_places
from analysis.replies import with_replies
from analysis.sightings import poor_stories, praised_stories
from analysis.stories import with_stories
from analysis.story_table import story_table
from data.frames import as_declared
from data.incident_records import Change, MessageKind, News, Notice, Route, Sighting, Telling
from data.schemas import JUDGED, UNCORRECTED
from data.vocabulary import Verdict
from evaluation.story_measure import Window, among, read, week

DAY = timedelta(hours=24)
LOOKED_BACK = timedelta(days=14)
LONGEST = timedelta(days=60)  # one post of the example's week is dated 2099
OTHERS = 500
ROUTE = Route("anybody", frozenset(MessageKind), min_points=6)
UTC = ZoneInfo("UTC")
_VERDICTS = {MessageKind.ESCALATION: Verdict.POOR, MessageKind.PRAISE: Verdict.EXCEPTIONAL}


@dataclass(frozen=True)
class Tally:
    """What a receiver got from some windows."""

    mentions: int = 0
    days: int = 0
    messages: int = 0
    stories: int = 0  # stories told in them as new
    right: int = 0  # of these
    again: int = 0  # told as more urgent, in the press, by rote, reopened, resolved

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            *(getattr(self, name) + getattr(other, name) for name in Tally.__dataclass_fields__)
        )


def replay(window: Window, kind: MessageKind) -> Tally:
    """Watch the window evening by evening and count what one route is told."""
    posts, labels = _judged(window)
    days = list(_evenings(posts))
    opened: set[str] = set()
    tally = Tally(mentions=len(posts), days=len(days))
    for notices, groups in _told(window, posts, kind, days):
        new = [item for item in notices.news if Change.OPENED in item.changes]
        right = [_event(item, groups, labels, kind) for item in new]
        first = [event for event in right if event and event not in opened]
        tally += Tally(
            messages=1,
            stories=len(new),
            right=len(set(first)),
            again=len(notices.news) - len(new),
        )
        opened |= set(first)
    return tally


def _told(
    window: Window, posts: pd.DataFrame, kind: MessageKind, days: Sequence[datetime]
) -> Iterator[tuple[Notice, pd.Series]]:
    """Each message, with the story of every post as grouped that evening."""
    known, tellings, last = Known({}, {}), dict[str, Telling](), None
    for now in days:
        seen = posts[posts["dated_at"].between(now - LOOKED_BACK, now)]
        seen = with_places(with_replies(with_stories(seen, now, window.brand), window.brand))
        result = looked(known, _sightings(seen, kind, now), now)
        there = [one.incident for one in result.sightings]
        of_posts = {post: s.incident.incident for s in result.sightings for post in s.posts}
        by_name = {one.incident: one for one in (*there, *result.closed)}
        known = Known(by_name, dict(known.of_posts) | of_posts)
        found = notice(ROUTE, kind, there, tellings, Asked(now, UTC, (), (), last))
        for item in found.news if found else ():
            name = item.incident.incident
            tellings[name] = told(item.incident, tellings.get(name), ROUTE.name, now)
        tellings |= {telling.incident: telling for telling in settled(there, tellings)}
        last = now
        if found:
            yield found, seen.set_index("post_id")["story"]


def _sightings(seen: pd.DataFrame, kind: MessageKind, now: datetime) -> list[Sighting]:
    stories = story_table(seen, now)
    if kind == MessageKind.ESCALATION:
        return poor_stories("any", escalations(stories, now - DAY, now, UTC), seen)
    return praised_stories("any", delights(seen, stories, now - LOOKED_BACK, now), seen)


def _event(item: News, groups: pd.Series, labels: pd.DataFrame, kind: MessageKind) -> str:
    """The labelled event that a right alert tells of; "" where the alert is wrong."""
    posts = labels.loc[groups.index[groups == item.incident.story]]
    taken = posts[posts["ours"] == _VERDICTS[kind]]
    good = taken[taken["label"] == _VERDICTS[kind]]
    if 2 * len(good) <= len(taken) or good.empty:
        return ""
    return str(Counter(good["event"]).most_common(1)[0][0])


def _judged(window: Window) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The window's posts as we judge them, by time; and their labels beside our verdicts."""
    given = window.posts.assign(
        native_id=window.posts["post_id"], language_hint=None, rating=float("nan"),
        published_at=window.posts["dated_at"], collected_at=window.posts["dated_at"],
        revision=1, edited=False, found_by=window.posts["source"],
    )  # fmt: skip
    mentions = given["mention"].to_numpy()
    bare = given.drop(columns=["verdict", "teller", "mention"])
    # Half of the others name no brand: that they are mentions is given, not to be found out.
    judged = as_declared(judge(bare, None).assign(mention=mentions, **UNCORRECTED), JUDGED)
    events = [
        event or post for event, post in zip(window.story, window.posts["post_id"], strict=True)
    ]
    labels = pd.DataFrame(
        {"label": window.posts["verdict"], "event": events, "ours": judged["verdict"]}
    ).set_axis(window.posts["post_id"])
    return judged.sort_values(["dated_at", "post_id"], ignore_index=True), labels


def _evenings(posts: pd.DataFrame) -> Iterator[datetime]:
    first = posts["dated_at"].min()
    last = posts.loc[posts["dated_at"] < first + LONGEST, "dated_at"].max()
    evening = first.normalize() + timedelta(hours=23, minutes=30)
    while evening < last + DAY:
        yield evening.to_pydatetime()
        evening += DAY


def report() -> str:
    """The replays as a Markdown table."""
    sets = {
        "test windows": [among(window, "test", OTHERS) for window in read("test")],
        "example week": [week()],
    }
    rows = [
        "| set | kind | mentions | messages per 1,000 | a day and brand | stories told per 1,000 "
        "| of these right | told again |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, windows in sets.items():
        for kind in _VERDICTS:
            tally = sum((replay(window, kind) for window in windows), Tally())
            thousand = tally.mentions / 1000
            rows.append(
                f"| {name} | {kind} | {tally.mentions:,} | {tally.messages / thousand:.1f} "
                f"| {tally.messages / tally.days:.2f} | {tally.stories / thousand:.1f} "
                f"| {tally.right / max(tally.stories, 1):.0%} | {tally.again} |"
            )
    return "\n".join(rows)


if __name__ == "__main__":
    print(report())  # noqa: T201
