"""The outbox keeps every message until it is delivered, and every attempt is noted before it."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alerting import HOUR, NOON, Receiver, receiver, story, with_routes

from data import incidents as incident_rows
from data import outbox
from data.errors import LedgerError
from data.incident_records import Message, MessageKind, Sighting
from data.ledger import Ledger
from flows import messaging, outgoing
from flows.messaging import tell_what_waited
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
