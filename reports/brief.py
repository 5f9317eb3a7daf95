"""The day in some ten lines, for the workbook's first sheet and the terminal."""

from dataclasses import dataclass

from reports.locales import day_name
from reports.page.shown import Shown
from reports.page.sources import unseen
from reports.page.stories import Card, Stories, Told
from reports.page.today import Group, groups, headline
from reports.page.words import Link, clean
from reports.quoted import cut

_SHOWN = 3  # stories of a sort
_QUOTE = 120  # characters


@dataclass(frozen=True, slots=True)
class Line:
    """One story: its urgency or who did it, its best telling, why it is here, where it is read."""

    label: str
    title: str
    quote: str
    told: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class First:
    """The first stories of a sort, and how many more the tables have."""

    lines: list[Line]
    more: int


@dataclass(frozen=True, slots=True)
class Brief:
    """What is read first; strangers' words in it are one line each and do nothing."""

    brand: str
    day: str
    headline: str
    groups: list[Group]
    needs: First
    delights: First
    unseen: list[str]


def brief(shown: Shown, stories: Stories) -> Brief:
    """The brief of a day."""
    return Brief(
        brand=clean(shown.brand),
        day=f"{day_name(shown.day)}, {shown.zone}",
        headline=" ".join(headline(shown)),
        groups=groups(shown.daily),
        needs=_first(stories.needs, len(shown.escalated)),
        delights=_first(stories.delights, len(shown.shared)),
        unseen=[f"{source.name} {source.told}" for source in unseen(shown.coverage)],
    )


def _first(told: Told, all_of_them: int) -> First:
    lines = [_line(card) for card in told.cards[:_SHOWN]]
    return First(lines, all_of_them - len(lines))


def _line(card: Card) -> Line:
    due = [f"Due {card.due}", f"{card.late} overdue" if card.late else "", f"by {card.owner}"]
    owed = f"{', '.join(filter(None, due))}. " if card.due else ""
    quote = cut("".join(part.words for part in card.quote), _QUOTE)
    return Line(card.priority, card.title, quote, owed + card.why, card.link)
