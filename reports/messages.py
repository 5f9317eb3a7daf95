"""Messages as they are delivered: a letter in every form a receiver may want, under a stable id."""

import hashlib

from data.incident_records import Message, MessageKind, Notice
from reports.alerts import blind_letter, escalation_letter, praise_letter
from reports.letters import Letter, as_html, as_text, subject_of
from reports.wording import Setting

_LETTERS = {
    MessageKind.ESCALATION: escalation_letter,
    MessageKind.PRAISE: praise_letter,
    MessageKind.BLIND: blind_letter,
}


def message(notice: Notice, told: Setting) -> Message:
    """The notice as it is delivered."""
    what = [(item.incident.incident, *item.changes) for item in notice.news]
    letter = _LETTERS[notice.kind](notice.news, told)
    parts = (told.brand, notice.route, notice.kind, told.now.isoformat(), *what)
    return posted(letter, told, notice.route, notice.kind, identity(*parts))


def posted(
    letter: Letter, told: Setting, route: str, kind: MessageKind, message_id: str
) -> Message:
    """A letter as a message to a route."""
    return Message(
        message_id,
        told.brand,
        route,
        kind,
        subject=subject_of(letter),
        text=as_text(letter),
        html=as_html(letter, message_id),
        created_at=told.now,
    )


def identity(*parts: object) -> str:
    """A short id, the same for the same parts."""
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
