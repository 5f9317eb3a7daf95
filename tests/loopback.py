"""A server on loopback whose every path is a function that writes to the socket itself."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Behaviour = Callable[[socket.socket, "Request"], None]


@dataclass
class Request:
    """A request's first line and headers, names in lower case."""

    target: str
    headers: dict[str, str]


@dataclass
class Loopback:
    """`paths` says what to do for each path; `asked` is what came, in order."""

    port: int = 0
    paths: dict[str, Behaviour] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def reply(status: str = "200 OK", body: bytes = b"", **headers: str) -> Behaviour:
    """Answer with a status, a body, and headers whose names are written with underscores."""

    def behave(connection: socket.socket, request: Request) -> None:
        named = {"Content-Length": str(len(body))}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)

    return behave


def for_ever(server: Loopback, start: bytes, piece: bytes, pause: float = 0.0) -> Behaviour:
    """Send a start, then a piece again and again until the other side hangs up."""

    def behave(connection: socket.socket, request: Request) -> None:
        connection.sendall(start)
        while not server.stopping.wait(pause):
            connection.sendall(piece)

    return behave


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Run such a server on a free port."""
    server = Loopback()
    listener = socket.create_server(("127.0.0.1", 0))
    server.port = listener.getsockname()[1]

    def serve(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            request = _read_request(connection)
            if request:
                server.asked.append(request)
                path = request.target.partition("?")[0]
                server.paths.get(path, reply("404 Not Found"))(connection, request)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        server.stopping.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # closing alone does not wake the thread
        listener.close()


def _read_request(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(4096)
        if not piece:
            return None
        data += piece
    first, *lines = data.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return Request(first.split()[1], {name.lower(): value for name, value in headers.items()})
