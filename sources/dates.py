"""Moments in time as strangers write them: an aware UTC datetime, or None; never a guess of "now".

A time without a zone is taken as UTC. An ambiguous zone name is what most of its users mean by
it (IST is India, CST and EST are America's); an offset no place on earth has makes the date
unreadable.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as offset_zone
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: an epoch of 0, a year of 0001
LATEST_AHEAD = timedelta(days=366)  # later than a year after its collection is a typing error
_WIDEST_OFFSET = timedelta(hours=14)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio janeiro januari",
            "feb february februar février fevrier febrero febbraio fevereiro februari fév fev",
            "mar march mär märz mrz mars marzo março maart mrt",
            "apr april avr avril abr abril aprile",
            "may mai mayo maggio maio mei",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet juil julio luglio julho",
            "aug august août aout agosto augustus ago",
            "sep sept september septembre septiembre settembre setembro",
            "oct october okt oktober octobre octubre ottobre outubro out",
            "nov november novembre noviembre novembro",
            "dec december dez dezember déc décembre dic diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}

_ZONE_HOURS = {
    "UT": 0,
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "WET": 0,
    "WEST": 1,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "MET": 1,
    "MEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "PKT": 5,
    "IST": 5.5,
    "SGT": 8,
    "HKT": 8,
    "AWST": 8,
    "JST": 9,
    "KST": 9,
    "ACST": 9.5,
    "AEST": 10,
    "AEDT": 11,
    "NZST": 12,
    "NZDT": 13,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "AST": -4,
    "ADT": -3,
    "BRT": -3,
}

# "Mon, 02 Mar 2026 10:00:00 +0100" and what people make of it.
_WRITTEN = re.compile(
    r"""^(?:[^\W\d]+\.?,?\s+)?
        (?P<day>\d{1,2})\.?[\s-]+(?P<month>[^\W\d]{3,12})\.?,?[\s-]+(?P<year>\d{4}|\d{2})
        (?:,?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?)?
        (?:\s*(?P<zone>(?:GMT|UTC)?[+-]\d{2}:?\d{2}|[A-Za-z][\w/+-]{0,40})\.?(?:\s*\([^)]{0,40}\))?)?$""",
    re.VERBOSE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})")


def read_date(
    raw: str, collected_at: datetime, second_reading: float | None = None
) -> datetime | None:
    """Return what a date says, in UTC; None where it is absent, unreadable or absurd.

    `second_reading` is another reader's opinion, in seconds since 1970, for a shape not known
    here.
    """
    raw = " ".join(raw.split())[:100]
    try:
        moment = _from_epoch(raw) or _from_iso(raw) or _from_words(raw)
        if moment is None and second_reading is not None:
            moment = datetime.fromtimestamp(second_reading, UTC)
        return plausible(moment, collected_at)
    except (ValueError, OverflowError, OSError):
        return None


def plausible(moment: datetime | None, collected_at: datetime) -> datetime | None:
    """Return the moment in UTC unless it lies before the web or more than a year ahead."""
    if moment is None or not EARLIEST <= moment <= collected_at + LATEST_AHEAD:
        return None
    return moment.astimezone(UTC)


def _from_epoch(raw: str) -> datetime | None:
    if not re.fullmatch(r"\d{9,10}(?:\d{3})?(?:\.\d{1,9})?", raw):
        return None
    seconds = float(raw)
    return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC)


def _from_iso(raw: str) -> datetime | None:
    if not re.match(r"\d{4}-?\d{2}-?\d{2}", raw):
        return None
    try:
        moment = datetime.fromisoformat(raw.upper().replace(" UTC", "Z").replace(" GMT", "Z"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _from_words(raw: str) -> datetime | None:
    found = _WRITTEN.match(raw)
    if not found or not (month := _MONTHS.get(found["month"].lower())):
        return None
    year = int(found["year"])
    if len(found["year"]) == 2:
        year += 1900 if year >= 90 else 2000
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    midnight = datetime(year, month, int(found["day"]), tzinfo=_zone(found["zone"]))
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError("no such time of day")
    # 24:00 is the next midnight; a leap second counts as the last one of its minute
    return midnight + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _zone(name: str | None) -> tzinfo:
    if not name:
        return UTC
    if offset := _OFFSET.fullmatch(name):
        distance = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        if distance > _WIDEST_OFFSET:
            raise ValueError(f"no place on earth is {name} from UTC")
        return offset_zone(-distance if offset[1] == "-" else distance)
    if name.upper() in _ZONE_HOURS:
        return offset_zone(timedelta(hours=_ZONE_HOURS[name.upper()]))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # an unknown name: the day is still right
        return UTC
