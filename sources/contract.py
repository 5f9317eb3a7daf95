"""What a source is: options in, pages out, and a pure reading of a page into posts.

A source is made once per run from checked options, `SOURCES[kind](Options(**options))`; secrets
come resolved inside the options, and nothing below flows reads the environment or the clock
(`Query.now` is the only "now", and is what `collected_at` says).

`fetch` does the I/O. Pages come one by one, each with the cursor that is right to store together
with its posts. Where one of several addresses fails, the others are still asked and the gravest
error is raised after the last page: what was yielded before stays valid. `fetch` has read every
page once itself, so its outcome and detail are known, and `parse` of a page that came out of
`fetch` does not fail.

A page of media type NOTHING_NEW has no body; it says that the source answered and had nothing
that was not seen before (an HTTP 304, a file that did not change). A page's outcome is EMPTY only
where one address alone was asked, so that the worst of a run's outcomes is true for the whole.

No option is called `name` or `kind`, since a watchlist's entry says these of the source itself:
what a feed's or a file's texts are is told by `publishes`.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

from pydantic import BaseModel, ConfigDict

from data.records import Post, Query, RawPage

NOTHING_NEW = "application/x-nothing-new"


class SourceOptions(BaseModel):
    """What all sources' options have in common: unknown names are errors, values stay hidden."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    def placed(self, folder: Path) -> Self:
        """Return the same options with relative paths, if there are any, starting at the folder."""
        return self


@runtime_checkable
class Source(Protocol):
    """One platform: `fetch` brings pages, `parse` reads them."""

    kind: ClassVar[str]
    Options: ClassVar[type[SourceOptions]]

    def __init__(self, options: Any) -> None: ...

    def fetch(self, query: Query, cursor: str | None) -> Iterator[RawPage]:
        """Yield what is new since `cursor` (None: never asked before).

        Raises SourceError, possibly after good pages.
        """
        ...

    def parse(self, page: RawPage) -> list[Post]:
        """Return the page's posts in its order; the same page always gives the same posts.

        Raises Changed where the body is not what this platform used to send.
        """
        ...


def nothing_new(url: str, at: datetime, cursor: str, detail: str) -> RawPage:
    """Return the page that says "answered, and nothing to read"."""
    return RawPage(url, b"", NOTHING_NEW, at, cursor, detail=detail)
