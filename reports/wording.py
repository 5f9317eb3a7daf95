"""The closed words of the tables and times in a reader's English."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.vocabulary import Reason, Touchpoint
from reports.locales import day_of_week, number, short_day
from reports.quoted import quoted

_PLACE = 60  # characters
_MOMENT = re.compile(r"(?<= since )\d{4}-\d\d-\d\d \d\d:\d\d\b")
_REACTIONS = re.compile(r"\b\d+(?= reactions\b)")

REASONS = {
    "": "treated poorly",
    Reason.RUDE: "treated rudely",
    Reason.SCRIPTED: "answered by rote",
    Reason.IGNORED: "ignored",
    Reason.WAITING: "left waiting",
    Reason.FAILED: "let down",
    Reason.MISHANDLED: "handled badly",
    Reason.UNFAIR: "treated unfairly",
    Reason.OTHER: "treated poorly",
    Reason.BEYOND: "more than was asked",
    Reason.WARM: "treated warmly",
    Reason.SOLVED: "a problem solved",
    Reason.FAST: "served fast",
    Reason.OWNED: "a mistake owned",
    Reason.PRAISE: "praised",
}
TOUCHPOINTS = {
    "": "",
    Touchpoint.FIRST_IMPRESSION: "on arrival",
    Touchpoint.WAITING: "while waiting",
    Touchpoint.HELP: "",  # being served, which goes without saying
    Touchpoint.CHECKOUT: "at the checkout",
    Touchpoint.DELIVERY: "at delivery",
    Touchpoint.AFTER_SALES: "after the sale",
    Touchpoint.FAREWELL: "on leaving",
    Touchpoint.UNKNOWN: "",
}


def capital(words: str) -> str:
    """The words with a capital at the beginning, the rest as it is."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Setting:
    """About whom, when and where a message is written."""

    brand: str
    now: datetime
    zone: ZoneInfo
    pages: str = ""  # where the folder of tables is served
    ended: date | None = None  # the day at whose end it tells how things stood, if not now


def local(at: datetime, zone: ZoneInfo) -> str:
    """A moment as people there say it: "Tue 3 Nov 13:42"."""
    there = at.astimezone(zone)
    return f"{day_of_week(there)} {there:%H:%M}"


def reasons(why: str) -> str:
    """The words of a column `why`, its moments and numbers as their reader writes them.

    They are the same for everybody in the tables: "in the press since 2026-11-04 11:30".
    """
    words = _REACTIONS.sub(lambda found: number(int(found[0])), why)
    return _MOMENT.sub(lambda found: _told_again(found[0]), words)


def _told_again(moment: str) -> str:
    try:
        there = datetime.fromisoformat(moment)
    except ValueError:  # the words name places, which strangers do
        return moment
    return f"{short_day(there)} {there:%H:%M}"


def what_happened(reason: str, touchpoint: str, place: str) -> str:
    """A story in a few words of ours, and where: "ignored at the checkout, Port Ellery"."""
    where = "" if reason == touchpoint else TOUCHPOINTS[touchpoint]  # both may be "waiting"
    words = f"{REASONS[reason]} {where}".strip()
    return f"{words}, {quoted(place, _PLACE)}" if place else words
