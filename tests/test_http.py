"""The HTTP client: polite to every host, and not to be held up, filled up or led astray."""

import gzip
import logging
import pickle
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from loopback import Loopback, for_ever, loopback, reply

from data.vocabulary import Outcome
from sources.addresses import is_public
from sources.errors import Blocked, Changed, Gone, SourceError, Throttled, Unreachable, worst
from sources.exchange import Limits
from sources.http import Client, redact
from sources.pace import Pace, retry_after

HOSTILE = Path(__file__).parents[2] / "shared" / "hostile" / "hostile_server.py"
QUICK = Limits(seconds=0.4, size=100_000, interval=0)
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


def client(**options: object) -> Client:
    given = {"allowed_hosts": ["127.0.0.1"], "limits": QUICK, "pace": Pace(), **options}
    return Client("feed", **given)  # type: ignore[arg-type]


def refused(server: Loopback, path: str, **options: object) -> SourceError:
    with pytest.raises(SourceError) as caught:
        client(**options).get(server.url + path)
    return caught.value


def test_an_unchanged_page_is_not_sent_again(server: Loopback) -> None:
    server.paths["/"] = reply("304 Not Modified", ETag='"v1"')
    assert client().get(server.url + "/", {"If-None-Match": '"v1"'}).status == 304
    assert server.asked[0].headers["if-none-match"] == '"v1"'


def test_not_modified_is_no_answer_to_who_has_nothing(server: Loopback) -> None:
    server.paths["/"] = reply("304 Not Modified")
    assert isinstance(refused(server, "/"), Changed)


def test_it_says_who_asks(server: Loopback) -> None:
    server.paths["/"] = reply()
    client(contact="https://foxglove.example/monitor").get(server.url + "/")
    agent = server.asked[0].headers["user-agent"]
    assert agent.startswith("service-moments/")
    assert agent.endswith("(+https://foxglove.example/monitor)")


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        pytest.param(b"", b"", id="nothing"),
        pytest.param(OK, b"X: y\r\n", id="headers"),
        pytest.param(OK + b"\r\n", b" ", id="body"),
    ],
)
def test_a_server_that_trickles_does_not_outlast_the_deadline(
    server: Loopback, start: bytes, piece: bytes
) -> None:
    server.paths["/"] = for_ever(server, start, piece, pause=0.05)
    error = refused(server, "/")
    assert isinstance(error, Unreachable)
    assert "within 0.4 s" in str(error)


def test_the_deadline_holds_over_redirects_together(server: Loopback) -> None:
    def dawdle(connection: object, request: object) -> None:
        server.stopping.wait(0.15)
        reply("302 Found", Location="/")(connection, request)  # type: ignore[arg-type]

    server.paths["/"] = dawdle
    assert "within 0.4 s" in str(refused(server, "/"))


def test_a_bomb_is_given_up_at_the_cap(server: Loopback) -> None:
    bomb = gzip.compress(bytes(30_000_000))
    server.paths["/"] = reply(body=bomb, Content_Encoding="gzip")
    error = refused(server, "/", limits=Limits(size=100_000))
    assert isinstance(error, Changed)
    assert "more than 0.1 MB" in str(error)


def test_a_bomb_within_a_bomb_is_given_up_too(server: Loopback) -> None:
    bomb = gzip.compress(gzip.compress(bytes(30_000_000)))
    server.paths["/"] = reply(body=bomb, Content_Encoding="gzip, gzip")
    assert "more than" in str(refused(server, "/", limits=Limits(size=100_000)))


def test_what_was_packed_twice_is_unpacked_twice(server: Loopback) -> None:
    packed = gzip.compress(gzip.compress(b"<rss/>"))
    server.paths["/"] = reply(body=packed, Content_Encoding="gzip, gzip")
    assert client().get(server.url + "/").body == b"<rss/>"


def test_an_endless_body_is_given_up_at_the_cap(server: Loopback) -> None:
    server.paths["/"] = for_ever(server, OK + b"\r\n", b"<item/>" * 1000)
    assert "more than" in str(refused(server, "/", limits=Limits(seconds=20, size=100_000)))


@pytest.mark.parametrize(
    ("headers", "body", "error"),
    [
        ({"Content_Encoding": "gzip"}, b"<rss/>", Changed),
        ({"Content_Encoding": "br"}, b"<rss/>", Changed),
        ({"Content_Encoding": "gzip, gzip, gzip"}, b"<rss/>", Changed),
        ({"Content_Encoding": "gzip"}, gzip.compress(b"<rss/>" * 99, mtime=0)[:-20], Unreachable),
        ({"Content_Length": "5000"}, b"<rss/>", Unreachable),
        ({"X_Big": "a" * 200_000}, b"<rss/>", Unreachable),
    ],
)
def test_a_body_that_lies_about_itself_is_an_error(
    server: Loopback, headers: dict[str, str], body: bytes, error: type[SourceError]
) -> None:
    server.paths["/"] = reply(body=body, **headers)
    assert isinstance(refused(server, "/"), error)


def test_a_redirect_into_a_private_network_is_refused(server: Loopback) -> None:
    server.paths["/"] = reply("302 Found", Location=f"http://localhost:{server.port}/secret")
    error = refused(server, "/")
    assert isinstance(error, Blocked)
    assert "allowed_hosts" in str(error)
    assert [request.target for request in server.asked] == ["/"]


@pytest.mark.parametrize("location", ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://x/"])
def test_a_redirect_off_the_web_is_refused(server: Loopback, location: str) -> None:
    server.paths["/"] = reply("302 Found", Location=location)
    assert isinstance(refused(server, "/"), Blocked)


def test_a_circle_of_redirects_ends(server: Loopback) -> None:
    server.paths["/"] = reply("301 Moved", Location="/")
    assert isinstance(refused(server, "/", limits=Limits(redirects=3)), Changed)
    assert len(server.asked) == 4


def test_a_redirect_to_nowhere_is_told(server: Loopback) -> None:
    server.paths["/"] = reply("302 Found")
    assert isinstance(refused(server, "/"), Changed)


def test_a_name_is_connected_to_by_the_address_that_was_checked(server: Loopback) -> None:
    server.paths["/"] = reply(body=b"<rss/>")
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    name = f"gazette.example:{server.port}"
    allowed = client(allowed_hosts=[name], resolve=resolve)
    assert allowed.get(f"http://{name}/").body == b"<rss/>"
    assert asked == ["gazette.example"]
    assert server.asked[0].headers["host"] == name


def test_a_public_name_with_a_private_address_is_refused(server: Loopback) -> None:
    rebound = client(resolve=lambda host, port: ["127.0.0.1"])
    with pytest.raises(Blocked, match=r"gazette\.example leads into a private network"):
        rebound.get(f"http://gazette.example:{server.port}/")
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "255.255.255.255",
        "no-address",
    ],
)
def test_private_and_reserved_addresses_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_public(address)


def test_a_password_goes_to_its_own_host_and_nowhere_else(server: Loopback) -> None:
    with loopback() as other:
        other.paths["/"] = reply()
        server.paths["/"] = reply("302 Found", Location=other.url + "/")
        client().get(f"http://otter:secret@127.0.0.1:{server.port}/")
        assert server.asked[0].headers["authorization"].startswith("Basic ")
        assert "authorization" not in other.asked[0].headers


def test_no_credentials_are_taken_from_a_redirect(server: Loopback) -> None:
    server.paths["/"] = reply("302 Found", Location=f"http://a:b@127.0.0.1:{server.port}/feed")
    server.paths["/feed"] = reply()
    client().get(server.url + "/")
    assert "authorization" not in server.asked[1].headers


def test_no_secret_reaches_a_message_or_a_log(
    server: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.paths["/"] = reply("500 Oops")
    url = f"http://otter:hush1@127.0.0.1:{server.port}/?token=hush2&feed=hush3&q=Foxglove#hush4"
    with pytest.raises(Unreachable) as caught:
        client().get(url)
    assert "hush" not in f"{caught.value!r} {caught.value.url} {caplog.text}"
    assert "q=Foxglove" in caught.value.url


def test_no_cookie_is_kept(server: Loopback) -> None:
    server.paths["/"] = reply("302 Found", Location="/feed", Set_Cookie="seen=1")
    server.paths["/feed"] = reply()
    client().get(server.url + "/")
    assert "cookie" not in server.asked[1].headers


def test_proxies_of_the_environment_are_ignored(
    server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.paths["/"] = reply()
    assert client().get(server.url + "/").status == 200


def test_a_proxy_that_is_asked_for_is_used(server: Loopback) -> None:
    server.paths["http://gazette.example/rss"] = reply(body=b"<rss/>")
    behind = client(proxy=server.url, allowed_hosts=[])
    assert behind.get("http://gazette.example/rss").body == b"<rss/>"
    with pytest.raises(Blocked):
        behind.get("http://192.168.0.1/rss")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://", "gazette.example", "http://[x"])
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    with pytest.raises(SourceError):
        client(resolve=lambda host, port: ["127.0.0.1"]).get(url)


def test_two_questions_to_one_host_are_kept_apart() -> None:
    slept: list[float] = []
    pace = Pace(sleep=slept.append, clock=lambda: 100.0)
    assert [pace.wait("gazette.example", 1.5) for _ in range(3)] == [0, 0, 0]
    assert pace.wait("echo.example", 1.5) == 0
    assert slept == [1.5, 3.0]


def test_a_host_that_wants_to_be_left_alone_is(server: Loopback) -> None:
    server.paths["/"] = reply("429 Too Many Requests", Retry_After="120")
    asking = client(pace=Pace(clock=lambda: 0.0))
    for _ in range(2):
        with pytest.raises(Throttled) as caught:
            asking.get(server.url + "/")
        assert caught.value.retry_after == 120
    assert len(server.asked) == 1


def test_a_short_wait_is_slept_through(server: Loopback) -> None:
    slept: list[float] = []
    asking = client(pace=Pace(sleep=slept.append, clock=lambda: 0.0))
    server.paths["/"] = reply("429 Too Many Requests", Retry_After="2")
    with pytest.raises(Throttled):
        asking.get(server.url + "/")
    server.paths["/"] = reply()
    assert asking.get(server.url + "/").status == 200
    assert slept == [2.0]


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
