"""The day on a terminal: today against normal, the stories, what was seen."""

from collections.abc import Iterator, Sequence

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reports.brief import Brief, First, Line
from reports.locales import count, number
from reports.page.sources import Source
from reports.page.today import Group, Side

WIDTH = 100  # a line longer than this is not read in one go
_SCALE = 24  # signs
_SIGNS = {"poor": ("▼", "bold red"), "exceptional": ("△", "bold cyan")}
_BADGES = {"P1": "bold white on red", "P2": "bold red", "P3": "bold", "P4": "dim"}
_STATES = {"seen": ("●", "green"), "again": ("◐", "yellow"), "unseen": ("○", "bold red")}


def on_terminal(told: Brief, sources: Sequence[Source]) -> RenderableType:
    """A brief and the day's coverage; every stranger's word is text and never markup."""
    parts: list[RenderableType] = [
        Text.assemble((told.brand, "bold"), "  ", (told.day, "dim")),
        Text(told.headline),
        *_section("Today against normal", _groups(told.groups)),
        *_section("Needs an answer", _stories(told.needs, "Nothing that cannot wait.")),
        *_section("To celebrate", _stories(told.delights, "Nothing that we saw.")),
        *_section("What was seen", _coverage(sources)),
    ]
    return Stack(*parts)


def _section(heading: str, body: RenderableType) -> Iterator[RenderableType]:
    yield Text(f"\n{heading}", "bold underline")
    yield Padding(body, (0, 0, 0, 2))


def _groups(groups: Sequence[Group]) -> RenderableType:
    if not groups:
        return Text("Nothing was said that we saw.", "dim")
    table = Table.grid(padding=(0, 2))
    for group in groups:
        for first, side in enumerate(group.sides):
            name = Text.assemble((group.name.capitalize(), "bold")) if not first else Text()
            mentions = Text("" if first else group.mentions, "dim")
            table.add_row(name, mentions, _number(side), _scale(side), _usual(side))
    remarks = dict.fromkeys(group.compared_with for group in groups)
    return Stack(table, *(Text(f"{remark}.", "dim") for remark in remarks))


def _number(side: Side) -> Text:
    sign, style = _SIGNS[side.verdict]
    return Text(f"{sign} {number(side.number):>3} {side.verdict}", style)


def _scale(side: Side) -> Text:
    """Where the number lies; the usual range is drawn thick."""

    def at(value: int) -> int:
        return round((_SCALE - 1) * min(value / side.most, 1))

    if side.low is None or side.high is None:
        return Text()
    low, high = at(side.low), at(side.high)
    line = Text.assemble(
        ("─" * low, "dim"), "━" * (high - low + 1), ("─" * (_SCALE - 1 - high), "dim")
    )
    sign, style = _SIGNS[side.verdict]
    here = at(side.number)
    return Text.assemble(line[:here], (sign, style), line[here + 1 :])


def _usual(side: Side) -> Text:
    usual = Text(side.usual or "no normal known yet", "dim")
    return Text.assemble(("more than usual, ", "bold"), usual) if side.spike else usual


def _stories(stories: First, none: str) -> RenderableType:
    if not stories.lines:
        return Text(none, "dim")
    table = Table.grid(padding=(0, 1))
    for before, line in enumerate(stories.lines):
        if before:
            table.add_row()
        table.add_row(_badge(line), _story(line))
    more = Text(f"{number(stories.more)} more in the tables." if stories.more else "", "dim")
    return Stack(table, more)


def _badge(line: Line) -> Text:
    if line.label:
        return Text(f" {line.label} ", _BADGES[line.label])
    sign, style = _SIGNS["exceptional"]
    return Text(f" {sign}  ", style)


def _story(line: Line) -> Text:
    story = Text.assemble((line.title, "bold"), "\n", f"“{line.quote}”", "\n", (line.told, "dim"))
    if line.link:
        story.append("\n").append(line.link.url, f"underline link {line.link.url}")
        story.overflow = "fold"
    return story


def _coverage(sources: Sequence[Source]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for source in sources:
        sign, style = _STATES[source.state]
        counts = f"{count(source.mentions, 'mention')}, {count(source.moments, 'moment')}"
        wrong = "" if source.state == "seen" else _wrong(source)
        table.add_row(Text(sign, style), source.name, Text(counts, "dim"), Text(wrong, "yellow"))
    return table


def _wrong(source: Source) -> str:
    since = f" ({source.since})" if source.since else ""
    return f"{source.told}{since}{f': {source.detail}' if source.detail else ''}"
