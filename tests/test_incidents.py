"""One story is one incident, whatever becomes of its posts."""

from alerting import HOUR, NOON, story

from analysis.incidents import Known, inherited, looked
from analysis.news import told
from data.incident_records import Sighting
from data.vocabulary import Priority, Status


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
