"""The first sheet: the whole day in some ten lines."""

import math
from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from data.vocabulary import Verdict
from reports.brief import Brief, First, Line
from reports.locales import number
from reports.page.today import Group, Side
from reports.workbook.styles import EDGE, IS_GOOD, IS_POOR, LINK, PRIORITIES, SOFT, UNSEEN, Styles

_WIDTHS = (14, 6, 28, 6, 28, 30, 22)  # label, poor, its usual, exceptional, its usual, ..., link
_TEXT, _LINK = 5, 6  # a text ends in the one column, its link stands in the other
_A_LINE, _HEIGHT = 106, 15.5  # characters from the second column to the text's end; points
_TEXT_LOOK = EDGE | {"text_wrap": True, "align": "left", "indent": 1}
_SIGNS = {"poor": IS_POOR, "exceptional": IS_GOOD}
SHEETS = {
    "Escalations": "stories that wait for an answer, the most urgent first",
    "Delights": "stories worth sharing",
    "Moments": "every moment of the day; your verdict goes into the yellow columns",
    "Trend": "the weeks behind the day as charts",
    "Days": "the figures of the charts",
    "Coverage": "what could and could not be seen",
}


def day_sheet(sheet: Worksheet, told: Brief, styles: Styles) -> None:
    """Write the brief of a day."""
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 1)
    for at, width in enumerate(_WIDTHS):
        sheet.set_column(at, at, width)
    lines = _Lines(sheet, styles)
    lines.title(told)
    lines.heading("Today against normal")
    for group in told.groups:
        lines.group(group)
    if not told.groups:
        lines.told("", "Nothing was said that we saw.")
    lines.heading("Needs an answer")
    lines.stories(told.needs, "No story that we saw needs an answer today.", "Escalations")
    lines.heading("To celebrate")
    lines.stories(told.delights, "Nothing that we saw.", "Delights")
    lines.heading("What was not seen")
    for one in told.unseen:
        lines.told("not seen", f"{one}. What it held is missing here.", UNSEEN)
    if not told.unseen:
        lines.told("", "Every source was seen.")
    lines.heading("In this workbook")
    for name, what in SHEETS.items():
        lines.sheet(name, what)


class _Lines:
    """Writes line after line, from the top."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self._sheet, self._styles, self._row = sheet, styles, 0

    def title(self, told: Brief) -> None:
        for words, height, look in (
            (told.brand, 32, {"bold": True, "font_size": 22}),
            (told.day, 20, {"font_size": 12, "font_color": SOFT}),
            (told.headline, 26, {"font_size": 14, "valign": "vcenter"}),
        ):
            self._sheet.set_row(self._row, height)
            self._sheet.write_string(self._row, 0, words, self._styles(**look))
            self._row += 1

    def heading(self, words: str) -> None:
        look = self._styles(bold=True, font_size=13, valign="bottom", bottom=1)
        self._sheet.set_row(self._row, 28)
        for at in range(len(_WIDTHS)):
            self._sheet.write_string(self._row, at, "" if at else words, look)
        self._row += 1

    def group(self, group: Group) -> None:
        """The numbers of a group of sources, each with its sign and what is usual."""
        remark = f"{group.mentions}. {group.compared_with}."
        self._sheet.set_row(self._row, _HEIGHT * math.ceil(len(remark) / sum(_WIDTHS[_TEXT:])))
        self._sheet.write_string(
            self._row, 0, group.name.capitalize(), self._styles(**EDGE, bold=True)
        )
        for at, side in zip((1, 3), group.sides, strict=True):
            self._side(at, side)
        look = self._styles(**EDGE, text_wrap=True, font_color=SOFT)
        self._sheet.merge_range(self._row, _TEXT, self._row, _LINK, remark, look)
        self._row += 1

    def _side(self, at: int, side: Side) -> None:
        sign = _SIGNS[side.verdict]
        figure = self._styles(**EDGE | sign | {"num_format": sign["num_format"].replace("@", "0")})
        self._sheet.write_number(self._row, at, side.number, figure)
        words = f"{side.verdict}{', more than usual' if side.spike else ''}"
        usual = f"{words} ({side.usual or 'no normal known yet'})"
        self._sheet.write_string(self._row, at + 1, usual, self._styles(**EDGE, bold=side.spike))

    def stories(self, stories: First, none: str, sheet: str) -> None:
        """The first of a sort, and where the others are."""
        for line in stories.lines:
            self._story(line)
        if not stories.lines:
            self.told("", none)
        elif stories.more:
            self.told("", f"{number(stories.more)} more in the sheet {sheet}.")

    def _story(self, line: Line) -> None:
        mark = PRIORITIES.get(line.label, IS_GOOD)
        words = f": “{line.quote}” {line.told}"
        self.told(line.label or Verdict.EXCEPTIONAL.value, line.title + words, mark)
        bold, plain = self._styles(bold=True), self._styles()
        self._sheet.write_rich_string(
            self._row - 1, 1, bold, line.title, plain, words, self._styles(**_TEXT_LOOK)
        )
        if line.link:
            look = self._styles(**EDGE | LINK)
            self._sheet.write_url(self._row - 1, _LINK, line.link.url, look, line.link.host)

    def told(self, label: str, words: str, mark: Mapping[str, Any] | None = None) -> None:
        """A label and a text that takes as many lines as it needs."""
        self._sheet.set_row(self._row, _HEIGHT * math.ceil(len(words) / _A_LINE))
        self._sheet.write_string(self._row, 0, label, self._styles(**EDGE | dict(mark or {})))
        look = self._styles(**_TEXT_LOOK)
        self._sheet.merge_range(self._row, 1, self._row, _TEXT, words, look)
        self._sheet.write_blank(self._row, _LINK, None, look)
        self._row += 1

    def sheet(self, name: str, what: str) -> None:
        """Where to go on."""
        self.told(name, what)
        self._sheet.write_url(
            self._row - 1, 0, f"internal:'{name}'!A1", self._styles(**EDGE | LINK), name
        )
