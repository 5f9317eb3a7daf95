"""A letter: what a message says, before it becomes an e-mail or a line in a chat."""

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.locales import day_of_week, number
from reports.picture import Chart, in_words, png
from reports.quoted import cut, inert

SUBJECT = 140  # characters; a phone shows some sixty of them
TEXT = 1900  # characters; Discord refuses more than 2,000, the others take more
_TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing told: a headline, words of a stranger, facts, where to read on."""

    headline: str
    quote: str = ""
    lines: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Some things under one heading, which may be empty."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole message; every text in it is one line, and strangers' words went by `quoted`."""

    subject: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    chart: Chart | None = None


def subject_of(letter: Letter) -> str:
    """One line that fits a mail's header."""
    return cut(inert(" ".join(letter.subject.split())), SUBJECT)


def as_text(letter: Letter, most: int = TEXT) -> str:
    """The letter for a chat: plain lines in which nothing is markup, at most so many characters.

    What does not fit is left out from the end, entry by entry, and that is said.
    """
    blocks = ["\n".join(inert(line) for line in letter.opening)]
    for section in letter.sections:
        head = [inert(section.heading.upper())] if section.heading else []
        for first, entry in enumerate(section.entries):
            blocks.append("\n".join([*(head if first == 0 else []), *_lines(entry)]))
    closing = "\n".join(inert(line) for line in letter.closing)
    return _fitted([block for block in blocks if block], closing, most)


def as_html(letter: Letter, message_id: str) -> str:
    """The letter for a mail; it reads well as text too, which is made of it.

    Its styles stand at each element, since many clients drop a style sheet; what they do not drop
    makes it dark where the reader's screen is. It is one file, its picture inside.
    """
    template = _environment().get_template("letter.html")
    filled = template.render(letter=letter, message_id=message_id, picture=_picture(letter.chart))
    return _inliner().inline(filled)


def _picture(chart: Chart | None) -> str:
    """The chart's picture as an address of its own bytes."""
    return f"data:image/png;base64,{b64encode(png(chart)).decode()}" if chart else ""


def _lines(entry: Entry) -> list[str]:
    words = [f"“{entry.quote}”"] if entry.quote else []
    lines = [inert(line) for line in (entry.headline, *words, *entry.lines) if line]
    return [*lines, entry.link] if entry.link else lines


def _fitted(blocks: list[str], closing: str, most: int) -> str:
    left_out = "(The rest did not fit; the day's tables have it.)"
    text = "\n\n".join([*blocks, closing])
    while len(text) > most and len(blocks) > 1:
        blocks = blocks[:-1]
        text = "\n\n".join([*blocks, left_out, closing])
    return text[:most]


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "day": day_of_week, "in_words": in_words}
    return environment
