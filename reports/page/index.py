"""The index over days and brands, made of what the heads of the pages say of themselves."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

from reports.locales import day_name, short_day
from reports.page.document import document

PAGE = "report.html"
_HEAD = 8192  # bytes; the facts stand near the top of a page
_FACTS = "service-moments"


@dataclass(frozen=True, slots=True)
class Entry:
    """One brand's day in the index."""

    brand: str
    day: date
    address: str  # relative to the index
    mentions: int
    poor: int
    exceptional: int
    spike: bool
    urgent: int
    unseen: list[str]

    @property
    def name(self) -> str:
        """Thursday 5 November 2026."""
        return day_name(self.day)


def index(tables: Path) -> bytes:
    """`index.html` for a folder of dated tables, the latest day first, brand by brand.

    A page that another version wrote, or that is no page of ours, is left out. Raises OSError
    where the folder cannot be read.
    """
    told = (_entry(path, tables) for path in sorted(tables.glob(f"*/*/{PAGE}")))
    entries = [entry for entry in told if entry]
    brands: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.brand.casefold(), e.brand, -e.day.toordinal())):
        brands.setdefault(entry.brand, []).append(entry)
    days = [entry.day for entry in entries]
    span = f"{short_day(min(days))} to {day_name(max(days))}" if days else ""
    most = max((max(entry.poor, entry.exceptional) for entry in entries), default=1)
    return document(
        "index.html", ("base.css", "index.css"), brands=brands, span=span, most=max(most, 1)
    )


def _entry(path: Path, tables: Path) -> Entry | None:
    with path.open("rb") as file:
        head = _Head()
        head.feed(file.read(_HEAD).decode("utf-8", "ignore"))
    try:
        facts = json.loads(head.facts)
        day = date.fromisoformat(facts.pop("day"))
        return Entry(day=day, address=quote(path.relative_to(tables).as_posix()), **facts)
    except (ValueError, TypeError, KeyError):
        return None


class _Head(HTMLParser):
    """Finds the facts in a page's head."""

    facts = ""

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        """Keep the content of our own meta tag."""
        told = dict(attrs)
        if tag == "meta" and told.get("name") == _FACTS:
            self.facts = told.get("content") or ""
