"""Sockets under a total deadline that only reach public addresses.

The two checks sit below HTTP, where nothing gets around them: every read is bounded by the time
left for the whole request (a server that trickles a byte a second does not reset it), and a name
is resolved here and connected to by the very address that was checked.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable

import httpcore

from sources.addresses import is_public

Resolve = Callable[[str, int], list[str]]


class PrivateAddress(Exception):
    """The name leads into a private, loopback, link-local or reserved network."""


class UnknownHost(Exception):
    """The name could not be resolved."""


class Deadline:
    """The moment by which a whole request, redirects and body included, has to be over."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds left, no more than `at_most`; raises ReadTimeout where none are."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout(f"not finished within {self.seconds:g} s")
        return left if at_most is None else min(left, at_most)


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host in the system's order; raises UnknownHost."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnknownHost(host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects for one request: within its deadline, and to public or allowed hosts only."""

    def __init__(
        self, deadline: Deadline, allowed_hosts: frozenset[str], resolve: Resolve = resolve
    ) -> None:
        self._deadline = deadline
        self._allowed = allowed_hosts
        self._resolve = resolve
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Try the host's permitted addresses in turn; raises PrivateAddress where it has none."""
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._permitted(host, port):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
                return GuardedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError("the host has no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise PrivateAddress(path)

    def _permitted(self, host: str, port: int) -> list[str]:
        addresses = self._resolve_in_time(host, port)
        if host.lower() in self._allowed or f"{host.lower()}:{port}" in self._allowed:
            return addresses
        if addresses and not (public := [one for one in addresses if is_public(one)]):
            raise PrivateAddress(host)
        return public if addresses else []

    def _resolve_in_time(self, host: str, port: int) -> list[str]:
        """Resolve in a thread: the system's resolver knows no time limit."""
        answer: list[str] = []
        failure: list[UnknownHost] = []

        def ask() -> None:
            try:
                answer.extend(self._resolve(host, port))
            except UnknownHost as error:
                failure.append(error)

        asking = threading.Thread(target=ask, daemon=True, name=f"resolve {host}")
        asking.start()
        asking.join(self._deadline.left())
        if failure:
            raise failure[0]
        self._deadline.left()
        return answer


class GuardedStream(httpcore.NetworkStream):
    """A stream whose every step is bounded by the time left."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return GuardedStream(
            self._stream.start_tls(ssl_context, server_hostname, left), self._deadline
        )

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
