"""Every alert arrives at least once, and twice only if a crash fell between sending and noting."""

import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alerting import HOUR, NOON, Receiver, keep, receiver, story, with_routes
from sqlalchemy import event

from data import incidents as incident_rows
from data import outbox
from data.errors import LedgerError
from data.incident_records import Message, MessageKind, Sighting
from data.ledger import Ledger
from flows import alert, digesting, messaging, outgoing
from flows.delivery import receiver_at
from flows.messaging import tell_people, tell_what_waited
from flows.outgoing import send_waiting
from flows.watchlist import Watchlist

MINUTE = timedelta(minutes=1)
MESSAGE = Message(
    "0123456789ab",
    "Foxglove",
    "care",
    MessageKind.ESCALATION,
    "Subject",
    "Text",
    "<p>Text</p>",
    NOON,
)


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiver() as running:
        monkeypatch.setenv("TEST_ROUTE_CARE", running.url)
        yield running


# -- the rows -------------------------------------------------------------------------------------


def test_a_message_is_written_once_and_what_is_there_stays_as_it_is(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        outbox.put(connection, [MESSAGE])
        outbox.delivered(connection, MESSAGE.message_id, NOON)
        outbox.put(connection, [replace(MESSAGE, subject="Other")])
        assert outbox.due(connection, "Foxglove", "care", NOON + HOUR) is None


def test_the_oldest_message_that_may_be_tried_comes_first(ledger: Ledger) -> None:
    older = replace(MESSAGE, message_id="ba9876543210", created_at=NOON - HOUR)
    with ledger.transaction() as connection:
        outbox.put(connection, [MESSAGE, older])
        assert outbox.due(connection, "Foxglove", "care", NOON) == older
        outbox.trying(connection, older.message_id, NOON)
        assert outbox.due(connection, "Foxglove", "care", NOON) == MESSAGE
        assert outbox.due(connection, "Foxglove", "other", NOON) is None


def test_a_message_is_left_alone_longer_after_each_attempt_and_never_given_up() -> None:
    waits = [outbox.wait_after(attempts) / MINUTE for attempts in range(1, 9)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert outbox.wait_after(100_000) == outbox.LONGEST_WAIT


def test_the_words_of_delivered_messages_are_forgotten_and_those_that_wait_kept(
    ledger: Ledger,
) -> None:
    waiting = replace(MESSAGE, message_id="ba9876543210")
    with ledger.transaction() as connection:
        outbox.put(connection, [MESSAGE, waiting])
        outbox.delivered(connection, MESSAGE.message_id, NOON)
        outbox.forget(connection, NOON + HOUR, NOON - HOUR)
        assert outbox.count_delivered(connection, NOON - HOUR) == 1
        assert outbox.due(connection, "Foxglove", "care", NOON) == waiting
        outbox.forget(connection, NOON + HOUR, NOON + HOUR)
        assert outbox.count_delivered(connection, NOON - HOUR) == 0


def test_what_waits_is_told_per_route(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        outbox.put(connection, [MESSAGE, replace(MESSAGE, message_id="b"), replace(
            MESSAGE, message_id="c", route="front")])  # fmt: skip
        outbox.trying(connection, "b", NOON)
        outbox.failed(connection, "b", "It answers 500.")
        told = {row.route: (row.messages, row.attempts, row.last_error)
                for row in outbox.waiting(connection)}  # fmt: skip
    assert told == {"care": (2, 1, "It answers 500."), "front": (1, 0, "")}


def test_incidents_and_tellings_come_back_as_they_were_stored(ledger: Ledger) -> None:
    one = story(robotic_at=NOON, answered_at=NOON + HOUR)
    blind = story("source:reddit", kind=MessageKind.BLIND, priority=None)
    with ledger.transaction() as connection:
        incident_rows.store(connection, [Sighting(one, frozenset({"a", "b"})), Sighting(blind)])
        assert incident_rows.incidents_of(connection, "Foxglove", NOON) == [blind, one]
        kind = MessageKind.ESCALATION
        assert incident_rows.posts_of(connection, "Foxglove", kind, [one.incident]) == {
            "a": one.incident, "b": one.incident,
        }  # fmt: skip


def test_what_was_closed_long_ago_is_forgotten_with_all_that_was_told_of_it(ledger: Ledger) -> None:
    closed = story(closed_at=NOON)
    with ledger.transaction() as connection:
        incident_rows.store(connection, [Sighting(closed, frozenset({"a"}))])
        incident_rows.silence(connection, "Foxglove", closed.incident, NOON, NOON)
        incident_rows.forget(connection, NOON)
        assert incident_rows.incidents_of(connection, "Foxglove", NOON) == [closed]
        incident_rows.forget(connection, NOON + HOUR)
        assert not incident_rows.incidents_of(connection, "Foxglove", NOON)
        kind = MessageKind.ESCALATION
        assert not incident_rows.posts_of(connection, "Foxglove", kind, [closed.incident])


# -- sending --------------------------------------------------------------------------------------


@pytest.fixture
def watched(tmp_path: Path, hook: Receiver) -> Iterator[tuple[Watchlist, Ledger]]:
    watchlist = with_routes(tmp_path, care="")
    with closing(Ledger.open(watchlist.ledger)) as opened:
        yield watchlist, opened


def send(watchlist: Watchlist, opened: Ledger, at: datetime) -> outgoing.Sent:
    return send_waiting(watchlist, watchlist.brands[0], opened, clock=lambda: at)


def test_a_failing_receiver_is_tried_again_later_and_gets_all_that_waits(
    watched: tuple[Watchlist, Ledger], hook: Receiver
) -> None:
    others = [replace(MESSAGE, message_id=f"b{n}", created_at=NOON + n * MINUTE) for n in range(3)]
    with watched[1].transaction() as connection:
        outbox.put(connection, others)
    hook.status = 503
    assert "503" in send(*watched, NOON + 5 * MINUTE).failures[0]
    hook.status = 200
    assert send(*watched, NOON + 5 * MINUTE).delivered == 2, "the refused one waits its minute"
    assert send(*watched, NOON + 6 * MINUTE).delivered == 1
    assert hook.ids == ["b1", "b2", "b0"]
    assert send(*watched, NOON + 9 * HOUR).delivered == 0


def test_a_receiver_that_fails_is_asked_for_one_message_only(
    watched: tuple[Watchlist, Ledger], hook: Receiver
) -> None:
    with watched[1].transaction() as connection:
        outbox.put(connection, [replace(MESSAGE, message_id=f"b{n}") for n in range(20)])
    hook.status = 500
    send(*watched, NOON)
    with watched[1].transaction() as connection:
        assert outbox.waiting(connection)[0].attempts == 1
        assert outbox.due(connection, "Foxglove", "care", NOON) is not None, "others are due"


def test_a_route_without_its_variable_waits_and_names_it(
    watched: tuple[Watchlist, Ledger], hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched[1].transaction() as connection:
        outbox.put(connection, [MESSAGE])
    monkeypatch.delenv("TEST_ROUTE_CARE")
    assert "variable TEST_ROUTE_CARE is not set" in send(*watched, NOON).failures[0]
    monkeypatch.setenv("TEST_ROUTE_CARE", hook.url)
    assert send(*watched, NOON + HOUR).delivered == 1


def test_one_failing_route_does_not_hold_up_another(
    tmp_path: Path, hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    watchlist = with_routes(tmp_path, broken="", care="")
    monkeypatch.setenv("TEST_ROUTE_BROKEN", "telex://nowhere")
    with closing(Ledger.open(watchlist.ledger)) as opened:
        with opened.transaction() as connection:
            outbox.put(connection, [MESSAGE, replace(MESSAGE, message_id="b", route="broken")])
        sent = send(watchlist, opened, NOON)
    assert (sent.delivered, len(sent.failures)) == (1, 1)
    assert hook.ids == [MESSAGE.message_id]


def test_while_another_process_delivers_nothing_is_sent_twice(
    watched: tuple[Watchlist, Ledger], hook: Receiver
) -> None:
    watchlist, opened = watched
    with opened.transaction() as connection:
        outbox.put(connection, [MESSAGE])
    with closing(Ledger.open(watchlist.ledger)) as other, other.hold("messages of Foxglove"):
        assert send(watchlist, opened, NOON).delivered == 0
    assert send(watchlist, opened, NOON).delivered == 1


# -- deciding and sending -------------------------------------------------------------------------

RUDE = {
    "text": "The woman at the Foxglove desk shouted at my autistic son and told us to leave.",
    "title": "Shouted at in Foxglove", "score": 900,
}  # fmt: skip

TIE = {
    "text": "Samuel in Foxglove menswear stayed an hour after closing to fit my father's funeral "
    "suit and would not take a tip.", "id": "t3_tie", "verdict": "exceptional", "reason": "beyond",
    "person": "Samuel", "score": 4000, "outlet": "r/saltmarsh",
}  # fmt: skip


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


def test_between_runs_what_fails_in_one_round_is_tried_in_the_next(
    watched: tuple[Watchlist, Ledger], hook: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug or a locked ledger in one round must not silence the rounds after it."""
    watchlist, opened = watched
    with opened.transaction() as connection:
        outbox.put(connection, [MESSAGE])
    stopped, rounds = threading.Event(), iter([RuntimeError("a bug"), LedgerError("locked"), None])

    def one_round(*arguments: Any) -> outgoing.Sent:
        wrong = next(rounds)
        if wrong:
            raise wrong
        stopped.set()
        return tell_what_waited(*arguments)

    monkeypatch.setattr(messaging, "ROUND_SECONDS", 0)
    monkeypatch.setattr(messaging, "tell_what_waited", one_round)
    messaging.keep_telling(watchlist, stopped)
    assert hook.ids == [MESSAGE.message_id]


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


# -- kill points ----------------------------------------------------------------------------------


def in_a_process(work: Callable[[], None]) -> int:
    """Do the work in a process of its own; the signal that killed it, 0 if none did."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the process failed by itself"
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


class Steps:
    """A run whose steps are counted: those that leave a trace in the ledger or at a receiver.

    What is read and computed before them leaves none, and is computed once for all runs.
    """

    def __init__(self, template: Path) -> None:
        self.template = template
        watchlist = with_routes(template, care="")
        brand = watchlist.brands[0]
        with closing(Ledger.open(watchlist.ledger)) as opened:
            self.seen = alert.seen_now(watchlist, brand, opened, NOON, None)
            yesterday = digesting.Digest(digesting.DAILY, NOON.date() - timedelta(days=1))
            self.letter = digesting.compose(watchlist, brand, opened, yesterday, NOON)

    def run(self, folder: Path, kill_at: int | None = None, later: timedelta = HOUR * 0) -> None:
        """Decide, digest and deliver as the monitor does; killed at the n-th step."""
        steps = 0

        def step(*_: object) -> None:
            nonlocal steps
            steps += 1
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        def writes(*arguments: object) -> None:
            if not str(arguments[2]).lstrip().upper().startswith(("SELECT", "PRAGMA")):
                step()

        deliver = outgoing.deliver

        def stepping(message: Message, address: str) -> None:
            step()
            deliver(message, address)
            step()

        # In a process of its own, which ends with this.
        outgoing.deliver = stepping  # type: ignore[assignment]
        alert.seen_now = lambda *_: self.seen  # type: ignore[assignment]
        digesting.compose = lambda *_: self.letter  # type: ignore[assignment]
        watchlist = with_routes(folder, care="")
        with closing(Ledger.open(watchlist.ledger)) as opened:
            event.listen(opened._engine, "after_cursor_execute", writes)
            event.listen(opened._engine, "commit", step)
            alert.alert(watchlist, watchlist.brands[0], opened, NOON)
            digesting.write_due(watchlist, watchlist.brands[0], opened, NOON)
            clock = datetime.now(UTC) + later
            send_waiting(watchlist, watchlist.brands[0], opened, clock=lambda: clock)


@pytest.mark.slow
def test_killed_at_any_step_no_alert_is_lost_and_at_most_one_comes_twice(
    tmp_path: Path, hook: Receiver
) -> None:
    """One process is killed at each step in turn, the next one does what was left."""
    template = tmp_path / "template"
    template.mkdir()
    with closing(Ledger.open(with_routes(template, care="").ledger)) as opened:
        yesterday = NOON - 20 * HOUR
        keep(opened, [RUDE | {"at": yesterday}, TIE | {"at": yesterday}], NOON - 19 * HOUR)
    steps = Steps(template)
    receiver_at(hook.url)  # apprise loads its plugins at first use, here for all processes
    expected, _ = ids_after(steps, tmp_path / "unkilled", hook, kill_at=None)
    assert len(expected) == 3, "an escalation, praise and a summary"
    twice = 0
    for kill_at in range(1, 500):
        found, killed = ids_after(steps, tmp_path / f"killed{kill_at}", hook, kill_at)
        assert set(found) == set(expected), f"killed at step {kill_at}"
        assert len(found) <= len(expected) + 1, f"killed at step {kill_at}"
        twice += len(found) - len(expected)
        if not killed:
            break
    assert killed == 0, "every step was walked"
    assert kill_at > 25
    assert twice >= len(expected), "a kill between sending and noting repeats that message"


def ids_after(
    steps: Steps, folder: Path, hook: Receiver, kill_at: int | None
) -> tuple[list[str], int]:
    """The ids that arrive when a run is killed at a step and others follow; what killed it."""
    shutil.copytree(steps.template, folder)
    hook.bodies.clear()
    hook.headers.clear()
    killed = in_a_process(lambda: steps.run(folder, kill_at))
    assert in_a_process(lambda: steps.run(folder, later=2 * HOUR)) == 0
    complete = list(hook.ids)
    if kill_at is None or kill_at % 5 == 0:
        assert in_a_process(lambda: steps.run(folder, later=9 * HOUR)) == 0
        assert hook.ids == complete, "another run sends nothing"
    shutil.rmtree(folder)
    return complete, killed
