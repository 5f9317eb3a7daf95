"""What is told is told once, however often, how late and how much at once the monitor runs."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alerting import HOUR, NOON, RUDE, Receiver, keep, receiver, with_routes

from data import incidents as incident_rows
from data.ledger import Ledger
from flows.messaging import tell_people, tell_what_waited
from flows.watchlist import Watchlist

MINUTE = timedelta(minutes=1)


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiver() as running:
        monkeypatch.setenv("TEST_ROUTE_CARE", running.url)
        yield running


@pytest.fixture
def watched(tmp_path: Path, hook: Receiver) -> Iterator[tuple[Watchlist, Ledger]]:
    watchlist = with_routes(tmp_path, care="")
    with closing(Ledger.open(watchlist.ledger)) as opened:
        yield watchlist, opened


def test_what_is_told_is_told_once_however_often_the_monitor_runs(
    watched: tuple[Watchlist, Ledger], hook: Receiver
) -> None:
    watchlist, opened = watched
    keep(opened, [RUDE])
    for hour in range(3):
        tell_people(watchlist, watchlist.brands[0], opened, NOON + hour * HOUR)
    assert len([body for body in hook.bodies if "shouted" in body["message"]]) == 1


def test_a_run_of_an_earlier_day_tells_nobody_and_changes_no_incident(
    watched: tuple[Watchlist, Ledger], hook: Receiver
) -> None:
    watchlist, opened = watched
    keep(opened, [RUDE])
    tell_people(watchlist, watchlist.brands[0], opened, NOON)
    with opened.transaction() as connection:
        before = incident_rows.incidents_of(connection, "Foxglove", NOON)
    sent = len(hook.bodies)
    tell_people(watchlist, watchlist.brands[0], opened, NOON - timedelta(days=3))
    with opened.transaction() as connection:
        assert incident_rows.incidents_of(connection, "Foxglove", NOON) == before
    assert len(hook.bodies) == sent


def test_what_quiet_hours_held_back_is_told_between_runs(tmp_path: Path, hook: Receiver) -> None:
    watchlist = with_routes(tmp_path, care='quiet_hours = "11:00-15:00"\nwake_for = "never"')
    with closing(Ledger.open(watchlist.ledger)) as opened:
        keep(opened, [RUDE])
        tell_people(watchlist, watchlist.brands[0], opened, NOON)
        assert not hook.bodies
        tell_what_waited(watchlist, watchlist.brands[0], opened, NOON + 2 * HOUR)
        assert not hook.bodies
        tell_what_waited(watchlist, watchlist.brands[0], opened, NOON + 3 * HOUR)
        tell_what_waited(watchlist, watchlist.brands[0], opened, NOON + 4 * HOUR)
    assert len(hook.bodies) == 1


@pytest.mark.slow
def test_five_thousand_posts_in_one_burst_are_one_message(tmp_path: Path, hook: Receiver) -> None:
    watchlist = with_routes(tmp_path, care='kinds = ["escalation"]\nmin_priority = "P4"')
    words = ["salon", "desk", "till", "cafe", "van", "door", "repair", "refund", "coat", "lamp"]
    rows = [
        RUDE
        if n % 2
        else {
            "text": f"The Foxglove {words[n // 2 % 10]} {n} person in aisle {n * 7} ignored me "
            f"for {n % 50 + 5} minutes, then laughed at {words[n // 20 % 10]} number {n * 13}.",
            "outlet": f"r/town{n % 40}",
        }
        for n in range(5000)
    ]
    with closing(Ledger.open(watchlist.ledger)) as opened:
        keep(opened, [row | {"id": f"t3_{n}"} for n, row in enumerate(rows)])
        for minute in (0, 15):
            tell_people(watchlist, watchlist.brands[0], opened, NOON + minute * MINUTE)
    assert len(hook.bodies) == 1
    assert 1 <= hook.bodies[0]["message"].count("“") <= 3
