"""`moments status` and `moments silence`: how everything is, and no more of a story."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from alerting import HOUR, NOON, keep, story, with_routes
from rich.console import Console
from typer.testing import CliRunner

from data import incidents as incident_rows
from data import outbox, runs
from data.incident_records import Message, MessageKind, Sighting
from data.ledger import Ledger
from data.records import Coverage
from data.vocabulary import Outcome, Priority, Status
from flows.cli import app
from flows.exits import Exit, UsageError
from flows.run_log import logged
from flows.silencing import silence_story
from flows.status import health_of, show_status
from flows.watchlist import Watchlist

SALON = story(priority=Priority.P1, due=NOON + HOUR, in_press=True)
LATER = NOON + 3 * HOUR
MESSAGE = Message(
    "0123456789ab", "Foxglove", "care", MessageKind.ESCALATION, "Subject", "Text", "", NOON
)


@pytest.fixture
def watchlist(tmp_path: Path) -> Watchlist:
    return with_routes(tmp_path, care="")


@pytest.fixture
def ledger(watchlist: Watchlist) -> Iterator[Ledger]:
    with closing(Ledger.open(watchlist.ledger)) as opened:
        yield opened


def open_incidents(ledger: Ledger, *stories: object) -> None:
    with ledger.transaction() as connection:
        incident_rows.store(connection, [Sighting(one) for one in stories])  # type: ignore[arg-type]


def shown(folder: Path, as_json: bool = False) -> tuple[str, Exit]:
    out = Console(record=True, width=300, file=StringIO())
    code = show_status(folder / "watchlist.toml", as_json, out)
    return out.export_text(), code


# -- status ---------------------------------------------------------------------------------------


def test_a_fresh_installation_says_that_nothing_was_asked(
    watchlist: Watchlist, tmp_path: Path
) -> None:
    text, code = shown(tmp_path)
    assert "Foxglove, reddit: never asked in 30 days" in text
    assert "Open incidents: 0" in text
    assert "none yet; `moments run` makes the first" in text
    assert "Ledger: 0 posts" in text
    assert code == Exit.SOME_SOURCE_FAILED


def test_each_source_is_told_with_its_last_answer_and_since_when_it_is_blind(
    watchlist: Watchlist, ledger: Ledger
) -> None:
    keep(ledger, [{"text": "Rude."}])
    ledger.record_coverage(
        Coverage("Foxglove", "reddit", NOON + HOUR, Outcome.THROTTLED, detail="It answers 429.")
    )
    source = health_of(watchlist, ledger, LATER).sources[0]
    assert (source.outcome, source.asked_at) == ("throttled", NOON + HOUR)
    assert (source.blind_since, source.detail) == (NOON, "It answers 429.")


def test_a_source_that_answers_is_well(watchlist: Watchlist, ledger: Ledger) -> None:
    keep(ledger, [{"text": "Rude."}])
    health = health_of(watchlist, ledger, LATER)
    assert health.sources[0].blind_since is None
    assert health.well


def test_open_incidents_come_most_urgent_first_with_what_is_overdue_or_silent(
    watchlist: Watchlist, ledger: Ledger
) -> None:
    calm = story("2026-11-03-bbbb", due=LATER + HOUR)
    over = story("2026-11-03-cccc", status=Status.RESOLVED)
    open_incidents(ledger, calm, SALON, over)
    with ledger.transaction() as connection:
        incident_rows.silence(connection, "Foxglove", calm.incident, LATER + HOUR, NOON)
    told = health_of(watchlist, ledger, LATER).incidents
    assert [(one.story, one.overdue) for one in told] == [
        (SALON.incident, True),
        (calm.incident, False),
    ]
    assert [one.silent_until for one in told] == [None, LATER + HOUR]


def test_what_a_receiver_refuses_is_shown_with_its_answer_and_the_next_attempt(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    with ledger.transaction() as connection:
        outbox.put(connection, [MESSAGE])
        outbox.trying(connection, MESSAGE.message_id, NOON)
        outbox.failed(connection, MESSAGE.message_id, "Failed to send: error=503.")
    text, code = shown(tmp_path)
    assert "care: 1 message waits, 1 attempt, next in 0 minutes: Failed to send: error=503." in text
    assert code == Exit.SOME_SOURCE_FAILED


def test_a_message_for_a_route_that_is_gone_is_shown_as_such(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    with ledger.transaction() as connection:
        outbox.put(connection, [MESSAGE])
    with_routes(tmp_path, other="")
    assert "the watchlist has no such route any more" in shown(tmp_path)[0]


def test_the_last_run_is_told_with_how_it_ended(watchlist: Watchlist, ledger: Ledger) -> None:
    with logged(ledger, "Foxglove", NOON, NOON) as log:
        log.judged = 12
    run = health_of(watchlist, ledger, LATER).runs[0]
    assert (run.judged, run.error) == (12, "")
    assert run.ended_at is not None


def test_a_run_that_failed_is_told_with_its_error_and_one_killed_as_without_end(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    with pytest.raises(OSError, match="full"), logged(ledger, "Foxglove", NOON, NOON):
        raise OSError("the disk is full")
    assert health_of(watchlist, ledger, LATER).runs[0].error == "OSError: the disk is full"
    with ledger.transaction() as connection:
        runs.begin(connection, "Foxglove", NOON + HOUR, NOON + HOUR)
    assert "has not ended; it goes on, or was killed" in shown(tmp_path)[0]


def test_the_json_says_the_same(watchlist: Watchlist, ledger: Ledger, tmp_path: Path) -> None:
    open_incidents(ledger, SALON)
    told = json.loads(shown(tmp_path, as_json=True)[0])
    assert set(told) == {
        "at", "sources", "incidents", "waiting", "delivered_in_7_days", "runs", "ledger_rows",
        "ledger_bytes",
    }  # fmt: skip
    assert told["incidents"][0]["story"] == SALON.incident
    assert told["ledger_rows"]["incidents"] == 1
    assert told["ledger_bytes"] > 0


def test_times_are_told_in_the_brands_zone(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    open_incidents(ledger, story(due=NOON + timedelta(days=240)))
    assert "due Thu 1 Jul 13:00" in shown(tmp_path)[0], "Dublin's summer"


# -- silence --------------------------------------------------------------------------------------


def silence(folder: Path, name: str, until: date, brand: str | None = None) -> str:
    out = Console(record=True, width=200, file=StringIO())
    silence_story(folder / "watchlist.toml", name, until, brand, out)
    return out.export_text()


def silenced(ledger: Ledger) -> dict[str, object]:
    with ledger.transaction() as connection:
        return dict(incident_rows.silenced(connection, "Foxglove", NOON))


def test_a_story_is_silent_until_the_day_begins_in_the_brands_zone(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    open_incidents(ledger, SALON)
    told = silence(tmp_path, SALON.incident.upper(), date(2099, 7, 1))
    assert "nothing more of 2026-11-03-aaaa until Wednesday 1 July 2099 begins" in told
    assert str(silenced(ledger)[SALON.incident]) == "2099-06-30 23:00:00+00:00"


def test_a_day_that_has_begun_ends_a_silence(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    open_incidents(ledger, SALON)
    silence(tmp_path, SALON.incident, date(2099, 7, 1))
    assert "is told of again" in silence(tmp_path, SALON.incident, date(2020, 1, 1))
    assert not silenced(ledger)


def test_a_story_is_found_by_its_present_name_too(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    open_incidents(ledger, story(story="2026-11-01-0f0f"))
    silence(tmp_path, "2026-11-01-0f0f", date(2099, 7, 1))
    assert "2026-11-03-aaaa" in silenced(ledger)


def test_an_unknown_story_is_told_with_some_that_there_are(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    open_incidents(ledger, SALON)
    with pytest.raises(UsageError, match="among the open ones are: 2026-11-03-aaaa"):
        silence(tmp_path, "2026-11-03-zzzz", date(2099, 7, 1))


# -- the commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "told", "code"),
    [
        (["status"], "Open incidents: 1", 0),
        (["status", "--json"], '"story": "2026-11-03-aaaa"', 0),
        (["silence", "2026-11-03-aaaa", "--until", "2099-01-01"], "nothing more of", 0),
        (["digest"], ": 1 urgent", 0),
        (["digest", "--day", "2026-11-03"], "Foxglove, Tue 3 Nov: ", 0),
        (["digest", "--date", "2026-11-03"], "Foxglove, Tue 3 Nov: ", 0),
        (["deliver"], "Foxglove: 0 messages delivered", 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_says_what_it_did(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path, command: list[str], told: str, code: int
) -> None:
    keep(ledger, [{"text": "Rude."}], seen_at=datetime.now(UTC))
    open_incidents(ledger, SALON)
    done = CliRunner().invoke(app, [*command, "--watchlist", str(tmp_path / "watchlist.toml")])
    assert told in done.output
    assert done.exit_code == code, done.output
