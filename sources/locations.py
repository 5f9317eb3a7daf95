"""What a single address or file holds, read as one source would: for `moments fetch`.

Never raises on bad input: what is wrong is told by the outcome and its sentence. A person typed
the location, so an address on this machine or in a private network may be asked.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from data.records import Post, Query, RawPage
from data.vocabulary import Outcome
from sources.contract import Source
from sources.errors import SourceError
from sources.feed import Feed
from sources.feed_options import FeedOptions
from sources.files import Files, FilesOptions
from sources.listing import NotAListing, read_listing
from sources.reddit import unseen
from sources.reddit_posts import SOURCE as REDDIT
from sources.rows import JSON_ARRAY
from sources.saved import FEED, find, load, media_type
from sources.text import one_line
from sources.urls import host_of

Found = tuple[list[Post], Outcome, str]
_SEVERITY = tuple(Outcome)  # from the best to the worst


def read(kind: str, location: str, now: datetime) -> Found:
    """Return the posts at an address, in a file or in a folder's files, and how that went.

    `kind` is "feed" (an address, or saved feeds), "reddit" (saved listings) or "files"; `now` is
    what the posts' `collected_at` says.
    """
    try:
        posts, outcome, detail = _sum_up(list(_findings(kind, location, now)))
    except (ValueError, OSError, RuntimeError) as error:  # ValidationError is a ValueError
        cause = str(error).partition("\n")[0] or type(error).__name__
        posts, outcome, detail = [], Outcome.FAILED, f"{location} cannot be read: {cause}."
    return posts, outcome, one_line(detail)


def _findings(kind: str, location: str, now: datetime) -> Iterator[Found]:
    on_the_web = location.startswith(("http://", "https://"))
    match kind:
        case "feed" if on_the_web:
            options = FeedOptions(url=location, allowed_hosts=(host_of(location),))
            yield _ask(Feed(options), now)
        case "feed":
            yield from _each(location, FEED, lambda path: _feed_file(path, now))
        case "reddit" if not on_the_web:
            yield from _each(location, JSON_ARRAY, lambda path: _listing_file(path, now))
        case "files" if not on_the_web:
            yield _ask(Files(FilesOptions(paths=location)), now)
        case "reddit" | "files":
            yield [], Outcome.FAILED, f"Of kind {kind}, only saved files are read; save it first."
        case _:
            yield [], Outcome.FAILED, f'Kind "{kind}" is not known; use feed, reddit or files.'


def _each(location: str, media: str, reader: Callable[[Path], Found]) -> Iterator[Found]:
    """Read the one file that is named, or all of a folder or pattern that hold such things."""
    found = find(location)
    named = [str(path) for path in found] == [str(Path(location).expanduser())]
    paths = [path for path in found if named or media_type(path) == media]
    if not paths:
        yield [], Outcome.FAILED, f"Nothing to read is at {location}; check the path."
    for path in paths:
        try:
            yield reader(path)
        except SourceError as error:
            yield [], error.outcome, str(error)


def _feed_file(path: Path, now: datetime) -> Found:
    posts, broken_off = Files(FilesOptions(paths=str(path))).read_feed(
        load(path, "feed"), str(path), now
    )
    if broken_off:
        return posts, Outcome.TRUNCATED, f"{path} breaks off; its complete items were read."
    return posts, Outcome.OK if posts else Outcome.EMPTY, ""


def _listing_file(path: Path, now: datetime) -> Found:
    try:
        found = read_listing(load(path, REDDIT), now)
    except NotAListing as error:
        return [], Outcome.CHANGED, f"{path} holds {error}; save an answer of Reddit's API."
    if notes := unseen(found):
        return found.posts, Outcome.TRUNCATED, f"{path}: {' '.join(notes)}"
    return found.posts, Outcome.OK if found.posts else Outcome.EMPTY, ""


def _ask(source: Source, now: datetime) -> Found:
    query = Query("", (), since=now - timedelta(days=36_500), now=now)
    pages: list[RawPage] = []
    posts: list[Post] = []
    outcome, details = Outcome.EMPTY, list[str]()
    try:
        for page in source.fetch(query, None):
            pages.append(page)
            posts += source.parse(page)
    except SourceError as error:
        outcome, details = error.outcome, [str(error)]
    found = [page.outcome for page in pages] + ([outcome] if details else [])
    details += [page.detail for page in pages if page.detail]
    return posts, max(found, key=_SEVERITY.index, default=outcome), " ".join(details)


def _sum_up(findings: list[Found]) -> Found:
    """Return all posts, the worst outcome, and the sentences, of which a few stand for many."""
    posts = [post for found in findings for post in found[0]]
    bad = [found for found in findings if found[1] not in (Outcome.OK, Outcome.EMPTY)]
    details = [found[2] for found in bad or findings if found[2]]
    if len(details) > 3:
        details[2:] = [f"{len(details) - 2} more of {len(findings)} files have such troubles."]
    worst = max((found[1] for found in bad), key=_SEVERITY.index, default=Outcome.EMPTY)
    return posts, Outcome.OK if posts and not bad else worst, " ".join(details)
