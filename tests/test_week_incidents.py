"""The example week as its readers label it: what a care team and a front line would be told."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pandas as pd
import pytest
from alerting import route
from labelled import SOURCES, log, week
from posts import DUBLIN, bounds

from analysis.delights import delights
from analysis.escalation import escalations
from analysis.incidents import Known, looked
from analysis.news import settled, told
from analysis.notices import Asked, notice
from analysis.sightings import blind_sources, poor_stories, praised_stories
from analysis.story_table import story_table
from data.incident_records import Change, MessageKind, Notice, Sighting, Telling
from example.world import DAYS, evening

pytestmark = [pytest.mark.xdist_group("week_incidents"), pytest.mark.slow]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
KINDS = (MessageKind.ESCALATION, MessageKind.PRAISE, MessageKind.BLIND)


def seen(day: date) -> dict[MessageKind, list[Sighting]]:
    """What there is to act on in the evening."""
    until = evening(day) + timedelta(microseconds=1)
    start = bounds(day)[0] - timedelta(days=14)
    posts = week(until)
    stories = story_table(posts, until)
    asked = log()
    yesterday = bounds(day)[0] - timedelta(days=1)
    return {
        MessageKind.ESCALATION: poor_stories(
            "Foxglove", escalations(stories, yesterday, until, DUBLIN), posts
        ),
        MessageKind.PRAISE: praised_stories(
            "Foxglove", delights(posts, stories, start, until), posts
        ),
        MessageKind.BLIND: blind_sources("Foxglove", asked[asked["at"] < pd.Timestamp(until)]),
    }


@cache
def week_of_notices() -> dict[tuple[date, MessageKind], Notice]:
    """What one route that takes everything is told, evening by evening."""
    known = dict.fromkeys(KINDS, Known({}, {}))
    tellings: dict[MessageKind, dict[str, Telling]] = {kind: {} for kind in KINDS}
    notices = {}
    for day in DAYS:
        for kind, sightings in seen(day).items():
            result = looked(known[kind], sightings, evening(day))
            there = [one.incident for one in result.sightings]
            known[kind] = Known(
                {one.incident: one for one in (*there, *result.closed)},
                known[kind].of_posts
                | {post: s.incident.incident for s in result.sightings for post in s.posts},
            )
            mine = tellings[kind]
            asked = Asked(evening(day), DUBLIN, (), ())
            found = notice(replace(route(), min_points=6), kind, there, mine, asked)
            for item in found.news if found else ():
                one = item.incident
                mine[one.incident] = told(one, mine.get(one.incident), "care", evening(day))
            mine |= {telling.incident: telling for telling in settled(there, mine)}
            if found:
                notices[day, kind] = found
    return notices


def changes(kind: MessageKind, story: str) -> dict[date, tuple[Change, ...]]:
    """What is told of one story, by day."""
    return {
        day: item.changes
        for (day, of), found in week_of_notices().items()
        for item in found.news
        if of == kind and item.incident.story == story
    }


def test_the_salon_is_told_on_opening_on_escalating_on_the_robotic_reply_and_when_it_is_over() -> (
    None
):
    assert changes(MessageKind.ESCALATION, "salon") == {
        TUESDAY: (Change.OPENED,),
        WEDNESDAY: (Change.ESCALATED, Change.PRESS),
        THURSDAY: (Change.ROBOTIC,),
        SUNDAY: (Change.RESOLVED,),
    }


def test_the_tie_is_told_as_praise_and_again_when_the_press_tells_it() -> None:
    assert changes(MessageKind.PRAISE, "tie") == {
        WEDNESDAY: (Change.OPENED,),
        THURSDAY: (Change.PRESS,),
    }
    assert not changes(MessageKind.ESCALATION, "tie")


def test_each_blind_source_is_told_when_it_fails_and_when_it_is_back() -> None:
    blind = {source: changes(MessageKind.BLIND, source) for source in SOURCES}
    assert {source: told_of for source, told_of in blind.items() if told_of} == {
        "port-ellery-courier": {THURSDAY: (Change.OPENED,), FRIDAY: (Change.RESOLVED,)},
        "reddit": {SATURDAY: (Change.OPENED,), SUNDAY: (Change.RESOLVED,)},
    }


def test_the_salon_comes_first_on_every_day_on_which_it_is_most_urgent() -> None:
    for day in (WEDNESDAY, THURSDAY):
        first = week_of_notices()[day, MessageKind.ESCALATION].news[0]
        assert first.incident.story == "salon"
