"""A real SMTP server on loopback that keeps the mails it is given."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Sink:
    """The mails in the order they came; with `answer` set it refuses them with that line."""

    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    url: str = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer


@contextmanager
def smtp_sink() -> Iterator[Sink]:
    """Serve a sink; its address for apprise is `url`."""
    sink = Sink()
    with socket.socket() as free:  # the controller does not tell which port it was given
        free.bind(("127.0.0.1", 0))
        controller = Controller(sink, hostname="127.0.0.1", port=free.getsockname()[1])
    controller.start()
    to = "?from=moments@foxglove.example&to=care@foxglove.example&mode=insecure"
    sink.url = f"mailto://127.0.0.1:{controller.port}{to}"
    try:
        yield sink
    finally:
        controller.stop()
