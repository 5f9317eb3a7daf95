"""Pages for tests: a labelled day, a hostile day, a busy day; and a reader for their HTML."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser

import hostile
import pandas as pd
from labelled import told as labelled
from posts import DAY, DUBLIN, KEY, asked, day_of, told

from example.world import DAYS
from reports.dated import Day, on_page
from reports.moments import moments
from reports.page import Shown, page, stories_of

FRIDAY = DAYS[4]  # the angry mother, the tie, and a source that was blind the day before


def shown(day: Day) -> Shown:
    """What the page of a day is made of."""
    return on_page(day, moments(day.told, DUBLIN, KEY))


def html_of(shown: Shown) -> bytes:
    """Its page."""
    return page(shown, stories_of(shown))


@cache
def labelled_page() -> bytes:
    """The page of the example's Friday."""
    return html_of(shown(labelled(FRIDAY)))


@cache
def hostile_page() -> bytes:
    """A page on which every field of every post is hostile."""
    log = asked(("reddit", 9, "ok"), ("<img src=x onerror=pwned=1>", 9, "failed"))
    day = day_of(told(*hostile.posts()), log, ["reddit"], DAY)
    return html_of(replace(shown(day), brand="</title><script>window.pwned=1</script>"))


def busy(number: int) -> Shown:
    """The example's Friday with so many moments."""
    day = shown(labelled(FRIDAY))
    times = -(-number // len(day.moments))
    table = pd.concat([day.moments] * times, ignore_index=True).head(number)
    return replace(day, moments=table.assign(post_id=[f"reddit:{n}" for n in range(number)]))


@dataclass
class Element:
    """An element of a page with what stands in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    children: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in it, one blank between them."""
        parts = (c if isinstance(c, str) else c.text for c in self.children)
        return " ".join("".join(parts).split())

    def all(self, tag: str = "", css: str = "") -> "Iterator[Element]":
        """The elements of a tag and class below it, in their order."""
        for child in self.children:
            if isinstance(child, Element):
                fits = not css or css in child.attributes.get("class", "").split()
                if fits and tag in ("", child.tag):
                    yield child
                yield from child.all(tag, css)

    def one(self, tag: str = "", css: str = "") -> "Element":
        """The first of them."""
        return next(self.all(tag, css))


EMPTY = {"meta", "link", "br", "input", "img", "base", "hr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.here = self.root = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in EMPTY:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in EMPTY or tag == self.here.tag, f"<{self.here.tag}> ended by </{tag}>"
        if tag not in EMPTY and self.here.parent:
            self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read(html: bytes) -> Element:
    """The page as a tree; an element that is not closed where it should be fails the test."""
    reader = _Reader()
    reader.feed(html.decode("utf-8"))
    reader.close()
    assert reader.here is reader.root
    return reader.root
