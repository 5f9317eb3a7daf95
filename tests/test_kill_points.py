"""A run may be killed at any step: no alert is lost, and at most one comes twice."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alerting import HOUR, NOON, RUDE, Receiver, keep, receiver, with_routes
from sqlalchemy import event

from data.incident_records import Message
from data.ledger import Ledger
from flows import alert, digesting, outgoing
from flows.delivery import receiver_at
from flows.outgoing import send_waiting

TIE = {
    "text": "Samuel in Foxglove menswear stayed an hour after closing to fit my father's funeral "
    "suit and would not take a tip.", "id": "t3_tie", "verdict": "exceptional", "reason": "beyond",
    "person": "Samuel", "score": 4000, "outlet": "r/saltmarsh",
}  # fmt: skip


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiver() as running:
        monkeypatch.setenv("TEST_ROUTE_CARE", running.url)
        yield running


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
