"""The HTTP client is not held up, filled up or led into a private network."""

import gzip
from collections.abc import Iterator

import pytest
from asking_http import client, refused
from loopback import Loopback, for_ever, loopback, reply

from sources.addresses import is_public
from sources.errors import Blocked, Changed, SourceError, Unreachable
from sources.exchange import Limits

OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


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
