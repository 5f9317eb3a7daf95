"""A source that sees nothing is told of after some hours, and once more when it is back."""

import pandas as pd
from alerting import HOUR, NOON, route
from asking import OPENED, Receiver

from analysis.incidents import Known, looked
from analysis.sightings import blind_sources
from data.frames import frame
from data.incident_records import Change
from data.schemas import COVERAGE_LOG
from data.vocabulary import Outcome, Status


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
