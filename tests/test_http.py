"""The HTTP client: polite to every host, and careful with secrets."""

import logging
from collections.abc import Iterator

import pytest
from asking_http import client, refused
from loopback import Loopback, loopback, reply

from sources.errors import Blocked, Changed, SourceError, Throttled, Unreachable
from sources.pace import Pace


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


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
