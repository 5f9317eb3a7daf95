"""One story is one incident, and a receiver is told of it only what is new and can be acted on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from alerting import ALL_KINDS, HOUR, NOON, route, story

from analysis.incidents import Known, inherited, looked
from analysis.news import news, settled, told
from analysis.notices import Asked, notice
from analysis.sightings import blind_sources
from data.frames import frame
from data.incident_records import Change, Incident, MessageKind, Notice, Route, Sighting, Telling
from data.schemas import COVERAGE_LOG
from data.vocabulary import Outcome, Priority, Status

DUBLIN = ZoneInfo("Europe/Dublin")
OPENED, ESCALATED, PRESS = Change.OPENED, Change.ESCALATED, Change.PRESS


class Receiver:
    """A route whose tellings are kept, asked at one moment after the other."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.tellings: dict[str, Telling] = {}
        self.sent: list[datetime] = []
        self.last: datetime | None = None

    def ask(
        self, at: datetime, *incidents: Incident, silenced: Sequence[str] = ()
    ) -> Notice | None:
        recent = [sent for sent in self.sent if at - sent < timedelta(hours=24)]
        asked = Asked(at, DUBLIN, silenced, recent, self.last)
        kind = incidents[0].kind
        found = notice(self.route, kind, incidents, self.tellings, asked)
        self.last = at
        for item in found.news if found else ():
            one = item.incident
            before = self.tellings.get(one.incident)
            self.tellings[one.incident] = told(one, before, self.route.name, at)
        for telling in settled(incidents, self.tellings):
            self.tellings[telling.incident] = telling
        if found:
            self.sent.append(at)
        return found

    def changes(self, at: datetime, *incidents: Incident) -> list[tuple[Change, ...]]:
        found = self.ask(at, *incidents)
        return [item.changes for item in found.news] if found else []


# -- incidents ------------------------------------------------------------------------------------


def sighting(*posts: str, name: str = "2026-11-03-aaaa", **changes: object) -> Sighting:
    return Sighting(story(name, **changes), frozenset(posts))


def known(*seen: Sighting) -> Known:
    return Known(
        {one.incident.incident: one.incident for one in seen},
        {post: one.incident.incident for one in seen for post in one.posts},
    )


def test_a_new_story_opens_an_incident_under_its_own_name() -> None:
    result = looked(known(), [sighting("a")], NOON)
    assert [one.incident.incident for one in result.sightings] == ["2026-11-03-aaaa"]
    assert result.sightings[0].incident.changed_at == NOON


def test_a_story_renamed_by_a_late_post_stays_the_same_incident() -> None:
    before = known(sighting("b", "c", name="2026-11-03-bbbb"))
    result = looked(before, [sighting("a", "b", "c", name="2026-11-02-aaaa")], NOON)
    one = result.sightings[0].incident
    assert (one.incident, one.story) == ("2026-11-03-bbbb", "2026-11-02-aaaa")
    assert not result.closed


def test_a_story_that_lost_its_first_post_is_known_by_the_others() -> None:
    before = known(sighting("a", "b", name="2026-11-03-aaaa"))
    result = looked(before, [sighting("b", name="2026-11-03-bbbb")], NOON)
    assert result.sightings[0].incident.incident == "2026-11-03-aaaa"


def test_two_stories_that_merge_go_on_as_the_older_and_close_the_other() -> None:
    younger = sighting("b", name="2026-11-03-bbbb", opened_at=NOON + HOUR)
    result = looked(known(sighting("a"), younger), [sighting("a", "b")], NOON + 2 * HOUR)
    assert [one.incident.incident for one in result.sightings] == ["2026-11-03-aaaa"]
    assert [(one.incident, one.quote) for one in result.closed] == [("2026-11-03-bbbb", "")]
    assert result.merged == {"2026-11-03-bbbb": "2026-11-03-aaaa"}


def test_who_was_told_of_either_of_two_merged_stories_was_told_of_both() -> None:
    younger = story("2026-11-03-bbbb", priority=Priority.P1)
    older = story(robotic_at=NOON, status=Status.ONGOING)
    tellings = [told(younger, None, "care", NOON), told(older, None, "care", NOON - HOUR)]
    moved = inherited(tellings, {"2026-11-03-bbbb": "2026-11-03-aaaa"})
    assert [(one.incident, one.priority) for one in moved] == [("2026-11-03-aaaa", "P1")]
    assert (moved[0].status, moved[0].robotic_level) == (Status.ONGOING, "P2")
    assert moved[0].told_at == NOON


def test_a_story_that_splits_leaves_the_incident_with_one_part_and_opens_another() -> None:
    result = looked(
        known(sighting("a", "b")),
        [sighting("a"), sighting("b", name="2026-11-03-bbbb", opened_at=NOON + HOUR)],
        NOON + 2 * HOUR,
    )
    names = [one.incident.incident for one in result.sightings]
    assert names == ["2026-11-03-aaaa", "2026-11-03-bbbb"]


def test_a_part_split_off_under_a_name_that_is_taken_gets_one_of_its_own() -> None:
    before = known(sighting("b", name="2026-11-03-bbbb"))
    seen = [
        sighting("b", name="2026-11-03-bbbb"),
        sighting("x", name="2026-11-03-bbbb", opened_at=NOON + HOUR),
    ]
    names = [one.incident.incident for one in looked(before, seen, NOON).sightings]
    assert names == ["2026-11-03-bbbb", "2026-11-03-bbbb.2"]


def test_a_story_that_is_no_longer_seen_is_closed_and_known_again_when_it_returns() -> None:
    gone = looked(known(sighting("a")), [], NOON + HOUR)
    assert gone.closed[0].closed_at == NOON + HOUR
    closed = Known({gone.closed[0].incident: gone.closed[0]}, {"a": "2026-11-03-aaaa"})
    back = looked(closed, [sighting("a", name="other")], NOON + 2 * HOUR)
    assert back.sightings[0].incident.incident == "2026-11-03-aaaa"
    assert back.sightings[0].incident.closed_at is None


def test_an_incident_changes_when_its_status_or_urgency_does_and_not_with_each_post() -> None:
    before = known(sighting("a"))
    later = NOON + HOUR
    grown = looked(before, [sighting("a", posts=9, reach=999)], later).sightings[0]
    raised = looked(before, [sighting("a", priority=Priority.P1)], later).sightings[0]
    assert (grown.incident.changed_at, raised.incident.changed_at) == (NOON, later)


def test_the_order_of_sightings_does_not_change_what_becomes_of_them() -> None:
    before = known(sighting("a"), sighting("b", name="2026-11-03-bbbb", opened_at=NOON + HOUR))
    seen = [sighting("a", "b"), sighting("c", name="2026-11-03-cccc", opened_at=NOON + HOUR)]
    there = looked(before, seen, NOON).sightings
    back = looked(before, seen[::-1], NOON).sightings[::-1]
    assert there == back


# -- news -----------------------------------------------------------------------------------------


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


# -- when -----------------------------------------------------------------------------------------

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


# -- blind sources --------------------------------------------------------------------------------


def log(*outcomes: Outcome, source: str = "reddit") -> pd.DataFrame:
    rows = [
        ("Foxglove", source, NOON + n * HOUR, outcome.value, 1, 1, f"{outcome} at {n}")
        for n, outcome in enumerate(outcomes)
    ]
    return frame(rows, COVERAGE_LOG)


def test_a_source_is_blind_since_its_last_good_answer() -> None:
    seen = blind_sources(
        "Foxglove", log(Outcome.OK, Outcome.EMPTY, Outcome.FAILED, Outcome.BLOCKED)
    )
    one = seen[0].incident
    assert (one.incident, one.status, one.opened_at) == ("source:reddit", Status.NEW, NOON + HOUR)
    assert one.why == "blocked at 3"


def test_a_source_that_never_answered_is_blind_since_it_was_first_asked() -> None:
    assert (
        blind_sources("Foxglove", log(Outcome.FAILED, Outcome.FAILED))[0].incident.opened_at == NOON
    )


def test_a_truncated_listing_is_not_blind() -> None:
    assert not blind_sources("Foxglove", log(Outcome.OK, Outcome.TRUNCATED))[0].incident.is_open


def test_a_blind_source_is_told_after_the_routes_hours_and_once_when_it_is_back() -> None:
    care = Receiver(route(blind_for=3 * HOUR))
    outcomes = [Outcome.OK, *[Outcome.FAILED] * 6, Outcome.OK, Outcome.OK]
    there = Known({}, {})
    changes = []
    for n in range(1, len(outcomes) + 1):
        now = NOON + (n - 1) * HOUR
        result = looked(there, blind_sources("Foxglove", log(*outcomes[:n])), now)
        incidents = [one.incident for one in result.sightings]
        there = Known({one.incident: one for one in incidents}, {})
        changes.append(care.changes(now, *incidents))
    assert changes == [[], [], [], [(OPENED,)], [], [], [], [(Change.RESOLVED,)], []]
    assert incidents[0].opened_at < NOON + HOUR, "since when is not forgotten when it is back"


def test_a_source_that_is_back_before_it_is_told_is_never_told() -> None:
    care = Receiver(route(blind_for=3 * HOUR))
    for outcomes in ([Outcome.OK, Outcome.FAILED], [Outcome.OK, Outcome.FAILED, Outcome.OK]):
        seen = blind_sources("Foxglove", log(*outcomes))
        assert care.changes(NOON + len(outcomes) * HOUR, seen[0].incident) == []


@pytest.mark.parametrize("kind", sorted(ALL_KINDS - {MessageKind.DIGEST}))
def test_what_is_closed_is_never_told(kind: MessageKind) -> None:
    closed = story(kind=kind, closed_at=NOON, points=9, opened_at=NOON - 24 * HOUR)
    assert news(closed, None, route(), NOON) == ()
    assert news(closed, told(closed, None, "care", NOON), route(), NOON) == ()
