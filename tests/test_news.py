"""A receiver is told of a story only what is new and can be acted on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from alerting import ALL_KINDS, HOUR, NOON, route, story
from asking import ESCALATED, OPENED, PRESS, Receiver

from analysis.news import news, told
from data.incident_records import Change, MessageKind
from data.vocabulary import Priority, Status


def test_a_story_is_told_once_however_often_it_is_looked_at_and_however_it_grows() -> None:
    care = Receiver(route())
    grown = [story(posts=number, reach=number * 50) for number in range(1, 50)]
    told_of = [care.changes(NOON + n * HOUR, one) for n, one in enumerate(grown)]
    assert told_of == [[(OPENED,)]] + [[]] * 48


def test_a_story_below_the_routes_priority_is_told_when_it_rises_to_it() -> None:
    care = Receiver(route(min_priority=Priority.P1))
    assert care.changes(NOON, story()) == []
    assert care.changes(NOON + HOUR, story(priority=Priority.P1)) == [(OPENED,)]


def test_a_story_that_falls_and_rises_again_is_not_told_twice() -> None:
    care = Receiver(route(cool_down=timedelta(0)))
    urgencies = [Priority.P3, Priority.P2, Priority.P3, Priority.P2, Priority.P1, Priority.P2]
    changes = [
        care.changes(NOON + n * HOUR, story(priority=urgency))
        for n, urgency in enumerate(urgencies)
    ]
    assert changes == [[], [(OPENED,)], [], [], [(ESCALATED,)], []]


def test_crossing_into_the_press_and_becoming_more_urgent_is_one_message() -> None:
    care = Receiver(route())
    care.changes(NOON, story())
    crossed = story(priority=Priority.P1, in_press=True)
    assert care.changes(NOON + HOUR, crossed) == [(ESCALATED, PRESS)]
    assert care.changes(NOON + 9 * HOUR, crossed) == []


def test_form_words_are_told_once_until_a_wider_public_reads_them() -> None:
    care = Receiver(route(cool_down=timedelta(0)))
    care.changes(NOON, story())
    steps = [
        story(robotic_at=NOON + HOUR),
        story(robotic_at=NOON + 2 * HOUR),
        story(robotic_at=NOON + 2 * HOUR, priority=Priority.P1, in_press=True),
        story(robotic_at=NOON + 9 * HOUR, priority=Priority.P1, in_press=True),
        story(robotic_at=NOON + 10 * HOUR, priority=Priority.P1, in_press=True),
    ]
    changes = [care.changes(NOON + n * HOUR, one) for n, one in enumerate(steps, start=2)]
    assert changes == [
        [(Change.ROBOTIC,)],
        [],
        [(ESCALATED, PRESS, Change.ROBOTIC)],
        [],
        [],
    ]


def test_form_words_told_with_the_opening_are_told_again_after_the_press_has_come() -> None:
    """The salon of the example week: a form reply on Tuesday, the lawyers' on Thursday."""
    care = Receiver(route())
    day = timedelta(hours=24)
    tuesday = story(robotic_at=NOON - HOUR)
    wednesday = replace(tuesday, priority=Priority.P1, in_press=True)
    thursday = replace(wednesday, robotic_at=NOON + 2 * day - HOUR)
    friday = replace(thursday, posts=30)
    changes = [
        care.changes(NOON + n * day, one)
        for n, one in enumerate([tuesday, wednesday, thursday, friday])
    ]
    assert changes == [[(OPENED,)], [(ESCALATED, PRESS)], [(Change.ROBOTIC,)], []]


def test_an_owned_answer_is_not_told_and_what_turns_poor_after_it_is() -> None:
    care = Receiver(route())
    care.changes(NOON, story())
    assert care.changes(NOON + 2 * HOUR, story(status=Status.ANSWERED)) == []
    reopened = story(status=Status.REOPENED)
    assert care.changes(NOON + 4 * HOUR, reopened) == [(Change.REOPENED,)]
    assert care.changes(NOON + 6 * HOUR, reopened) == []
    assert care.changes(NOON + 8 * HOUR, story(status=Status.ANSWERED)) == []
    assert care.changes(NOON + 10 * HOUR, reopened) == [(Change.REOPENED,)]


def test_a_resolution_is_told_to_those_who_were_told_of_the_story_and_once() -> None:
    resolved = story(status=Status.RESOLVED, resolved_at=NOON + HOUR)
    care, other = Receiver(route()), Receiver(route())
    care.changes(NOON, story())
    assert care.changes(NOON + 2 * HOUR, resolved) == [(Change.RESOLVED,)]
    assert care.changes(NOON + 4 * HOUR, resolved) == []
    assert other.changes(NOON + 4 * HOUR, resolved) == []


def test_a_resolved_story_that_is_poor_again_is_told_as_reopened() -> None:
    care = Receiver(route(cool_down=timedelta(0)))
    for n, status in enumerate([Status.NEW, Status.RESOLVED]):
        care.changes(NOON + n * HOUR, story(status=status, priority=Priority.P1))
    assert care.changes(NOON + 3 * HOUR, story(status=Status.ONGOING)) == [(Change.REOPENED,)]


def test_an_unanswered_story_is_told_again_only_where_the_route_asks_for_it() -> None:
    patient, eager = Receiver(route()), Receiver(route(repeat=6 * HOUR))
    hours = [0, 3, 6, 9, 12]
    assert [patient.changes(NOON + h * HOUR, story()) for h in hours] == [[(OPENED,)]] + [[]] * 4
    again = [eager.changes(NOON + h * HOUR, story()) for h in hours]
    assert again == [[(OPENED,)], [], [(Change.REMINDER,)], [], [(Change.REMINDER,)]]


def test_an_answered_story_is_not_repeated() -> None:
    eager = Receiver(route(repeat=6 * HOUR))
    eager.changes(NOON, story())
    assert eager.changes(NOON + 7 * HOUR, story(status=Status.ANSWERED)) == []


def test_praise_is_told_by_its_points_once_and_again_in_the_press() -> None:
    front = Receiver(route(min_points=6))
    tie = story(kind=MessageKind.PRAISE, priority=None, points=9)
    assert front.changes(NOON, replace(tie, points=5)) == []
    assert front.changes(NOON + 2 * HOUR, tie) == [(OPENED,)]
    assert front.changes(NOON + 4 * HOUR, replace(tie, points=12)) == []
    assert front.changes(NOON + 6 * HOUR, replace(tie, in_press=True)) == [(PRESS,)]


def test_a_route_is_told_only_the_kinds_it_takes() -> None:
    front = Receiver(route(kinds=frozenset({MessageKind.PRAISE})))
    assert front.ask(NOON, story()) is None


def test_a_silenced_story_is_not_told_and_what_came_meanwhile_is_told_after() -> None:
    care = Receiver(route())
    assert care.ask(NOON, story(), silenced=["2026-11-03-aaaa"]) is None
    risen = story(priority=Priority.P1)
    assert care.ask(NOON + HOUR, risen, silenced=["2026-11-03-aaaa"]) is None
    assert care.changes(NOON + 2 * HOUR, risen) == [(OPENED,)]


@pytest.mark.parametrize("kind", sorted(ALL_KINDS - {MessageKind.DIGEST}))
def test_what_is_closed_is_never_told(kind: MessageKind) -> None:
    closed = story(kind=kind, closed_at=NOON, points=9, opened_at=NOON - 24 * HOUR)
    assert news(closed, None, route(), NOON) == ()
    assert news(closed, told(closed, None, "care", NOON), route(), NOON) == ()
