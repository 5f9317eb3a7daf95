"""How cells look. What a colour says, a word, a shape or a pattern says as well."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from data.vocabulary import NOT_ASKED, SEEN, Outcome, Priority, Spike, Verdict

POOR, GOOD, INK, SOFT, HATCH = "#A33A10", "#0D5C8C", "#1C1E21", "#565C66", "#9AA0A6"
PANEL, YOURS = "#F7F6F4", "#FFF6D6"
EDGE: dict[str, Any] = {"bottom": 1, "bottom_color": "#DCDEDF"}
LINK: dict[str, Any] = {"font_color": GOOD, "underline": 1}

# A number format shows the shape and leaves the cell's value the plain word.
IS_POOR: dict[str, Any] = {"bold": True, "font_color": POOR, "num_format": '"▼ "@'}
IS_GOOD: dict[str, Any] = {"bold": True, "font_color": GOOD, "num_format": '"△ "@'}
UNSEEN = {"bold": True, "pattern": 14, "fg_color": HATCH, "bg_color": "#FFFFFF"}
_BADGE = {"bold": True, "align": "center"}
PRIORITIES: Mapping[object, Mapping[str, Any]] = {
    Priority.P1: _BADGE | {"font_color": "#FFFFFF", "bg_color": INK},
    Priority.P2: _BADGE | {"border": 2, "border_color": INK},
    Priority.P3: _BADGE | {"border": 1, "border_color": HATCH},
    Priority.P4: _BADGE | {"bold": False, "font_color": SOFT},
}
MARKS: Mapping[str, Mapping[object, Mapping[str, Any]]] = {
    "verdict": {Verdict.POOR: IS_POOR, Verdict.EXCEPTIONAL: IS_GOOD},
    "spike": {Spike.POOR: IS_POOR, Spike.BOTH: IS_POOR, Spike.EXCEPTIONAL: IS_GOOD},
    "priority": PRIORITIES,
    "outcome": {outcome: UNSEEN for outcome in (*Outcome, NOT_ASKED) if outcome not in SEEN},
    "seen": {False: UNSEEN},
}


class Styles:
    """A workbook's formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, Any]], Format] = {}

    def __call__(self, **look: Any) -> Format:
        """The format that looks so."""
        key = frozenset(look.items())
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", "font_color": INK, **look})
        return self._made[key]
