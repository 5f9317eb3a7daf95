"""What is news waits for the end of quiet hours and cool-downs, and comes in one message."""

from dataclasses import replace
from datetime import datetime, timedelta

from alerting import HOUR, NOON, route, story
from asking import OPENED, Receiver

from data.incident_records import Incident
from data.vocabulary import Priority

NIGHT = timedelta(hours=11)  # 23:00 in Dublin
QUIET = route(
    quiet_hours=(datetime.min.replace(hour=22).time(), datetime.min.replace(hour=7).time())
)


def test_what_opens_in_quiet_hours_is_told_in_one_message_when_they_end() -> None:
    care = Receiver(QUIET)
    care.last = NOON
    first, second = story("2026-11-03-aaaa"), story("2026-11-04-bbbb")
    assert care.ask(NOON + NIGHT, first) is None
    assert care.ask(NOON + NIGHT + 7 * HOUR, first, second) is None
    morning = care.ask(NOON + NIGHT + 8 * HOUR, first, second)
    assert morning is not None
    assert len(morning.news) == 2


def test_a_story_that_becomes_most_urgent_wakes() -> None:
    care = Receiver(QUIET)
    care.last = NOON
    assert care.changes(NOON + NIGHT, story(priority=Priority.P1)) == [(OPENED,)]


def test_a_route_may_say_that_nothing_wakes() -> None:
    care = Receiver(replace(QUIET, wake_for=None))
    care.last = NOON
    assert care.changes(NOON + NIGHT, story(priority=Priority.P1)) == []


def test_runs_that_come_in_quiet_hours_only_are_not_silent_for_ever() -> None:
    care = Receiver(QUIET)
    day = timedelta(hours=24)
    changes = [care.changes(NOON + NIGHT + n * day, story()) for n in range(3)]
    assert changes == [[], [(OPENED,)], []]


def test_quiet_hours_are_those_of_the_brands_zone_on_both_sides_of_midnight() -> None:
    noon_to_one = route(
        quiet_hours=(datetime.min.replace(hour=12).time(), datetime.min.replace(hour=13).time())
    )
    at = {NOON - timedelta(minutes=1): 1, NOON: 0, NOON + timedelta(minutes=59): 0, NOON + HOUR: 1}
    for moment, messages in at.items():
        assert len(Receiver(noon_to_one).changes(moment, story())) == messages


def test_after_a_message_others_wait_for_the_cool_down_and_come_together() -> None:
    care = Receiver(route())
    there = [story(f"2026-11-03-000{n}") for n in range(4)]
    minutes = timedelta(minutes=20)
    counts = [len(care.changes(NOON + n * minutes, *there[: n + 1])) for n in range(4)]
    assert counts == [1, 0, 0, 3]


def test_a_new_p1_does_not_wait_for_the_cool_down() -> None:
    care = Receiver(route())
    care.ask(NOON, story())
    urgent = story("2026-11-03-bbbb", priority=Priority.P1)
    assert care.changes(NOON + timedelta(minutes=5), story(), urgent) == [(OPENED,)]


def test_more_than_a_days_messages_wait_and_come_in_one() -> None:
    care = Receiver(route(most_a_day=3, cool_down=timedelta(0)))
    there: list[Incident] = []
    counts = []
    for hour in range(26):
        there.append(story(f"2026-11-03-{hour:04x}", priority=Priority.P1))
        counts.append(len(care.changes(NOON + hour * HOUR, *there)))
    assert counts == [1, 1, 1] + [0] * 21 + [22, 1]


def test_a_viral_day_is_one_notice_with_the_most_urgent_first() -> None:
    care = Receiver(route())
    there = [story(f"2026-11-03-{n:04x}", rank=500 - n) for n in range(500)]
    there.append(story("2026-11-03-ffff", priority=Priority.P1))
    found = care.ask(NOON, *there)
    assert found is not None
    assert len(found.news) == 501
    assert [item.incident.incident for item in found.news][:2] == [
        "2026-11-03-ffff", "2026-11-03-01f3",
    ]  # fmt: skip
    assert care.ask(NOON + 2 * HOUR, *there) is None
