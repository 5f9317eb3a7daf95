"""Delivering one message to one receiver, through apprise: the only room that knows it.

apprise speaks to Slack, Teams, Discord, mail servers, webhooks and many more; an address such as
`slack://...` says which. Mail services get the letter as HTML, everything else as plain text.
"""

import logging
import re
from base64 import b64decode
from contextlib import AbstractContextManager
from functools import cache
from io import StringIO
from typing import Any

import apprise
from apprise.attachment.memory import AttachMemory
from apprise.utils.parse import parse_urls

from data.incident_records import Message, MessageKind

# They take HTML and are chats nonetheless: a letter's markup would be shown or refused.
_CHATS = {"Telegram", "PushPlus"}
_TYPES = {
    MessageKind.ESCALATION: apprise.NotifyType.WARNING,
    MessageKind.BLIND: apprise.NotifyType.WARNING,
    MessageKind.PRAISE: apprise.NotifyType.SUCCESS,
    MessageKind.DIGEST: apprise.NotifyType.INFO,
}
_SECRET = re.compile(r"[\w~+%-]{6,}")  # the parts of an address that may be a token or a password
_PICTURE = re.compile(
    r'(?P<before><img[^<>]* src=")data:image/png;base64,(?P<bytes>[\w+/=]+)(?P<after>"[^<>]*>)'
)
_LONGEST = 300  # characters kept of what a receiver answered

logging.getLogger("apprise").propagate = False  # what it says is told by the `DeliveryError`


class DeliveryError(Exception):
    """A message was not delivered; says why, without the receiver's secrets."""


def deliver(message: Message, address: str) -> None:
    """Hand the message to the receiver, which may take some seconds.

    Raises `DeliveryError` where it did not take it, or where that cannot be known.
    """
    receiver = receiver_at(address)
    headers = getattr(receiver, "headers", None)
    if isinstance(headers, dict):  # mail and webhooks: a receiver can tell a repeated message
        headers["X-Moments-Id"] = message.message_id
    as_html = _reads_html(receiver)
    body, pictures = _apart(message.html, _shows_pictures(receiver))
    post = apprise.Apprise(asset=_asset())
    post.add(receiver)
    with _listening() as said:
        taken = post.notify(
            body=body if as_html else message.text,
            attach=pictures if as_html else None,
            title=message.subject,
            notify_type=_TYPES[message.kind],
            body_format=apprise.NotifyFormat.HTML if as_html else apprise.NotifyFormat.TEXT,
        )
        if not taken:
            raise DeliveryError(_told(said.getvalue(), address))


def receiver_at(address: str) -> Any:
    """The receiver that an address names. Raises `DeliveryError` where it is not exactly one.

    With several, one that fails would bring the others the same message at each new attempt.
    """
    several: list[str] = parse_urls(address)  # type: ignore[no-untyped-call]
    with _listening() as said:
        found = apprise.Apprise.instantiate(several[0], asset=_asset()) if several else None
        if found is None:
            why = _told(said.getvalue(), address)
            raise DeliveryError(f"The address is not one that apprise knows: {why}")
    if len(several) > 1 or len(found) > 1 + found.retry:
        raise DeliveryError("The address names several receivers; give each a route of its own.")
    if "overflow=" not in address:
        found.overflow_mode = apprise.OverflowMode.TRUNCATE  # rather cut than refused for ever
    return found


def _reads_html(receiver: Any) -> bool:
    html = receiver.notify_format == apprise.NotifyFormat.HTML
    return html and str(receiver.service_name) not in _CHATS


def _shows_pictures(receiver: Any) -> bool:
    """Is it a mail server, to which pictures go as parts of the mail?"""
    if not hasattr(receiver, "inline"):
        return False
    receiver.inline = True
    return True


def _apart(html: str, shown: bool) -> tuple[str, list[apprise.AttachBase]]:
    """A mail's HTML and its pictures: mail programs show a part of the mail, and no data address.

    Without its pictures where they cannot be `shown`: what they say stands below them.
    """
    pictures: list[apprise.AttachBase] = []

    def named(image: re.Match[str]) -> str:
        if not shown:
            return ""
        name = f"picture-{len(pictures) + 1}.png"
        pictures.append(_png(b64decode(image["bytes"]), name))
        return f"{image['before']}cid:{name}{image['after']}"

    return _PICTURE.sub(named, html), pictures


def _png(content: bytes, name: str) -> apprise.AttachBase:
    return AttachMemory(content, name, "image/png")  # type: ignore[no-untyped-call]


@cache
def _asset() -> apprise.AppriseAsset:
    return apprise.AppriseAsset(
        app_id="service-moments",
        app_desc="service-moments",
        async_mode=False,
        storage_mode=apprise.PersistentStoreMode.MEMORY,
    )


def _listening() -> AbstractContextManager[StringIO]:
    """What apprise logs meanwhile: the only place where it says why something failed."""
    return apprise.LogCapture(level=logging.WARNING, fmt="%(message)s")  # type: ignore[no-untyped-call]


def _told(said: str, address: str) -> str:
    """What apprise said, in one line, without anything that stands in the address."""
    line = " ".join(said.split()) or "it did not take the message and did not say why."
    for part in set(_SECRET.findall(address)):
        line = line.replace(part, "...")
    return line[:_LONGEST]
