"""What an answer is taken for: every status, robot checks, errors and how they are told."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from asking_http import client, refused
from loopback import Loopback, loopback, reply

from data.vocabulary import Outcome
from sources.errors import Blocked, Changed, Gone, SourceError, Throttled, Unreachable, worst
from sources.exchange import Limits
from sources.http import redact
from sources.pace import retry_after

HOSTILE = Path(__file__).parents[2] / "shared" / "hostile" / "hostile_server.py"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "99999999999999"}, 86_400),
        ({"retry-after": "Mon, 02 Mar 2026 10:00:30 GMT"}, None),
        (
            {
                "retry-after": "Mon, 02 Mar 2026 10:00:30 GMT",
                "date": "Mon, 02 Mar 2026 10:00:00 GMT",
            },
            30,
        ),
        (
            {
                "retry-after": "Fri, 31 Dec 2100 23:59:59 GMT",
                "date": "Mon, 02 Mar 2026 10:00:00 GMT",
            },
            86_400,
        ),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("status", "error", "outcome"),
    [
        (401, Blocked, Outcome.BLOCKED),
        (403, Blocked, Outcome.BLOCKED),
        (451, Blocked, Outcome.BLOCKED),
        (404, Gone, Outcome.FAILED),
        (410, Gone, Outcome.FAILED),
        (429, Throttled, Outcome.THROTTLED),
        (408, Unreachable, Outcome.FAILED),
        (500, Unreachable, Outcome.FAILED),
        (503, Unreachable, Outcome.FAILED),
        (418, Changed, Outcome.CHANGED),
    ],
)
def test_every_status_has_its_own_error(
    server: Loopback, status: int, error: type[SourceError], outcome: Outcome
) -> None:
    server.paths["/"] = reply(f"{status} Oh")
    found = refused(server, "/")
    assert (type(found), found.outcome) == (error, outcome)
    assert str(found).startswith("127.0.0.1 ")


def test_a_robot_check_is_named(server: Loopback) -> None:
    server.paths["/"] = reply("403 Forbidden", cf_mitigated="challenge")
    assert "robot check" in str(refused(server, "/"))


def test_a_closed_port_is_unreachable() -> None:
    with loopback() as server:
        pass
    assert isinstance(refused(server, "/"), Unreachable)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a:b@x.example/rss?q=tea", "https://x.example/rss?q=tea"),
        ("https://x.example/?api_key=1&keyword=tea", "https://x.example/?api_key=***&keyword=tea"),
        ("https://x.example/.rss?feed=abc&user=otter", "https://x.example/.rss?feed=***&user=***"),
        (
            "https://x.example/?access_token=1&sig=2#frag",
            "https://x.example/?access_token=***&sig=***",
        ),
        ("http://[oops", "(unreadable address)"),
    ],
)
def test_addresses_are_shown_without_secrets(url: str, shown: str) -> None:
    assert redact(url) == shown


def test_errors_survive_pickling_as_task_results_do() -> None:
    error = Throttled("Wait.", "feed", "https://x.example/?token=1", 5.0)
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.source, copy.url, copy.retry_after) == (
        "Wait.",
        "feed",
        "https://x.example/?token=***",
        5.0,
    )


def test_the_gravest_of_several_errors_counts_the_others() -> None:
    errors = [Throttled("Wait.", "feed"), Changed("HTML.", "feed"), Blocked("No.", "feed")]
    assert str(worst(errors)) == "HTML. (2 more of this source's addresses failed.)"


ENDPOINTS = [
    "ok",
    "hits",
    "gzipbomb",
    "doublegzip",
    "gziplie",
    "brlie",
    "gziptrunc",
    "slowbody",
    "slowheader",
    "silent",
    "endless",
    "loop",
    "selfloop",
    "tofile",
    "tometa",
    "tolocal",
    "tointweird",
    "toftp",
    "toscheme",
    "tobasic",
    "shortlen",
    "reset",
    "429",
    "429date",
    "429neg",
    "503html",
    "200html",
    "cf",
    "410",
    "empty",
    "304first",
    "bighdr",
    "crlfloc",
    "badct",
    "nothing",
]
ANSWERED = {"ok", "hits", "doublegzip", "tobasic", "200html", "empty", "badct"}


@pytest.mark.skipif(not HOSTILE.exists(), reason="needs ../shared/hostile")
def test_every_endpoint_of_a_hostile_server_ends_in_an_answer_or_one_sentence() -> None:
    command = [sys.executable, str(HOSTILE), "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hostile:
        try:
            assert hostile.stdout is not None
            root = f"http://127.0.0.1:{int(hostile.stdout.readline())}"

            def ask(path: str) -> tuple[str, str]:
                try:
                    client(limits=Limits(seconds=1.5, interval=0)).get(f"{root}/{path}")
                except SourceError as error:
                    return path, str(error)
                return path, ""

            with ThreadPoolExecutor(8) as pool:
                said = dict(pool.map(ask, ENDPOINTS))
        finally:
            hostile.kill()
    assert {path for path, sentence in said.items() if not sentence} == ANSWERED
    sentences = [sentence for sentence in said.values() if sentence]
    assert all(one.endswith(".") and "\n" not in one and len(one) < 250 for one in sentences)
