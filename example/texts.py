"""One text of the week: what a platform shows of it, and how a reader labelled it.

A line of `week/*.jsonl` is one `Text`. Keys that are left out have the default below. Labels are
the answers that tests and readers compare with; no platform of this example shows them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

WEEK = Path(__file__).parent / "week"


@dataclass(frozen=True, slots=True)
class Label:
    """What a careful reader says of a text, in the words of the project's vocabulary."""

    verdict: str
    reason: str | None  # only of the exceptional and the poor
    teller: str
    touchpoint: str
    stage: str
    churn: str
    person: str | None  # the employee it is about, as the text names them
    story: str | None  # texts of one event bear one name
    mention: bool  # about the brand at all, be it by its thread
    tone: str | None = None  # of the brand's own answers: "robotic" or "owned"


@dataclass(frozen=True, slots=True)
class Version:
    """A later state of a text: other words, or none."""

    at: datetime
    text: str = ""
    deleted: str | None = None  # by "author" or "moderator"
    label: Label | None = None  # where the new words tell something else


@dataclass(frozen=True, slots=True)
class Text:
    """A post, comment, article or review."""

    id: str  # as its platform gives it: "t3_zsalon01", "000417", "tag:...", an address
    channel: str  # "r/portellery", "courier", "news", "reviews"
    appears_at: datetime  # when the platform first shows it, which may be long after it is dated
    published_at: datetime | None  # what it says of itself; None where it says nothing
    author: str
    title: str
    text: str
    label: Label
    url: str | None = None  # of an article, or what a Reddit post links to
    parent: str | None = None  # id of what it answers
    thread: str | None = None  # id of the first post of its thread
    outlet: str = ""  # publication of a headline, shop of a review
    rating: int | None = None  # stars, 1 to 5
    score: int = 0  # a day after it appeared
    language: str = "en"
    length: int | None = None  # characters; the text is repeated until it has them
    also_in: tuple[str, ...] = ()  # other channels that carry the same item
    crosspost_of: str | None = None
    versions: tuple[Version, ...] = ()
    edited_at: datetime | None = None
    deleted: str | None = None

    def as_of(self, now: datetime) -> "Text":
        """Return the text in the state that its platform shows at `now`."""
        text = self
        for version in self.versions:
            if version.at <= now:
                text = replace(
                    text,
                    text=version.text,
                    deleted=version.deleted,
                    edited_at=None if version.deleted else version.at,
                    label=version.label or text.label,
                )
        return text


def read_week(folder: Path = WEEK) -> Iterator[Text]:
    """Yield every text of the week, file by file. Raises ValueError naming a line it can't read."""
    for path in sorted(folder.glob("*.jsonl")):
        # Not splitlines(), which breaks lines at the separators that hostile texts may hold.
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line:
                try:
                    yield _text(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path.name}, line {number}: {error!r}") from error


def _text(found: dict[str, Any]) -> Text:
    found["label"] = Label(**found["label"])
    found["appears_at"] = datetime.fromisoformat(found["appears_at"])
    if found["published_at"]:
        found["published_at"] = datetime.fromisoformat(found["published_at"])
    if length := found.get("length"):
        found["text"] = (found["text"] * (length // len(found["text"]) + 1))[:length]
    found["also_in"] = tuple(found.get("also_in", ()))
    found["versions"] = tuple(_version(version) for version in found.get("versions", ()))
    return Text(**found)


def _version(found: dict[str, Any]) -> Version:
    found["at"] = datetime.fromisoformat(found["at"])
    if "label" in found:
        found["label"] = Label(**found["label"])
    return Version(**found)
