"""Reddit: posts and comments about a brand, what became of them, and the replies to the posts.

Every listing is walked from its newest entry back to where the last complete walk began. That
watermark overlaps a little (posts appear late and out of order, the ledger knows what it has), is
never in the future, and moves only when a walk came to its end. Reddit ends every listing near
1,000 entries: what lies beyond cannot be had from it by anybody, so the run says "truncated" and
the next walk starts from here.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlencode

from data.records import Post, Query, RawPage
from data.vocabulary import Outcome
from sources.contract import NOTHING_NEW, SourceOptions
from sources.errors import Changed, SourceError, Throttled, Unreachable, worst
from sources.exchange import Limits
from sources.http import Client
from sources.listing import Listing, NotAListing, read_listing
from sources.marks import Marks
from sources.reddit_api import API, INTERVAL, SIGN_IN, RedditApi
from sources.reddit_options import RedditOptions, Walk, known_names, thread_names, walks
from sources.reddit_posts import SOURCE
from sources.reddit_session import WrongCredentials
from sources.threads import AT_ONCE
from sources.urls import host_of, redact

logger = logging.getLogger(__name__)

CAP = 1000  # entries of one listing, by Reddit's own limit
_NEAR_CAP = 950  # a listing that ends here was ended by the limit
_PAGE = 100
_TAIL = 5  # one back-dated post does not say that the old ones are reached; five in a row do
_HOPELESS = (Unreachable, Throttled, WrongCredentials)  # the rest of Reddit would say the same


class Reddit:
    """One Reddit app, asking about one brand at a time."""

    kind: ClassVar[str] = SOURCE
    Options: ClassVar[type[SourceOptions]] = RedditOptions

    def __init__(self, options: RedditOptions, client: Client | None = None) -> None:
        self._options = options
        limits = Limits(seconds=options.seconds, interval=INTERVAL)
        own = {host_of(url) for url in (options.oauth_url, options.reddit_url) if url}
        self._api = RedditApi(
            options.client_id,
            options.client_secret.get_secret_value(),
            options.user_agent,
            client or Client(SOURCE, allowed_hosts=own, limits=limits),
            options.oauth_url or options.reddit_url or API,
            options.reddit_url or options.oauth_url or SIGN_IN,
        )

    def fetch(self, query: Query, cursor: str | None) -> Iterator[RawPage]:
        """Yield the pages of each listing, what is known already, and each thread that is due.

        Threads are those of known posts and of posts that the listings have just brought.
        """
        todo, known = walks(self._options, query), known_names(query.known)
        marks = Marks(cursor, [walk.name for walk in todo], thread_names(query.known))
        errors: list[SourceError] = []
        for walk in todo:
            try:
                yield from self._walk(walk, query, marks, alone=len(todo) + len(known) == 1)
            except _HOPELESS:
                raise
            except SourceError as error:
                errors.append(error)
        for start in range(0, len(known), AT_ONCE):
            yield self._again(known[start : start + AT_ONCE], query.now, marks)
        if self._options.replies:
            wanted = thread_names([*query.known, *query.fresh()])
            due = [thread for thread in wanted if marks.threads.due(thread)]
            yield from self._threads(due, query.now, marks)
        if errors:
            raise worst(errors)

    def parse(self, page: RawPage) -> list[Post]:
        """Return the posts and comments of a listing; raises Changed where it is none."""
        if page.media_type == NOTHING_NEW:
            return []
        return _read(page.body, page.collected_at, page.url).posts

    def _walk(self, walk: Walk, query: Query, marks: Marks, alone: bool) -> Iterator[RawPage]:
        stop = marks.stop(walk.name, query.since)
        after: str | None = None
        seen = 0
        while True:
            params = {**dict(walk.params), "limit": _PAGE, **_onward(after, seen)}
            url, body = self._ask(walk.path, params)
            listing = _read(body, query.now, url)
            seen += listing.things
            marks.see(walk.name, listing.posts, query.now)
            arrived = _is_older(listing.posts, stop)
            after = listing.after if listing.things else None
            ended = arrived or after is None or seen >= CAP
            if ended:
                marks.advance(walk.name)
            capped = not arrived and seen >= _NEAR_CAP
            outcome = Outcome.EMPTY if alone and not seen else Outcome.OK
            yield _page(url, body, query.now, marks, outcome, unseen(listing, capped and ended))
            if ended:
                return

    def _again(self, names: list[str], now: datetime, marks: Marks) -> RawPage:
        """Return posts and comments as they are now: edited, taken back, answered or not."""
        url, body = self._ask("api/info", {"id": ",".join(names)})
        listing = _read(body, now, url)
        marks.threads.see(listing.posts)
        return _page(url, body, now, marks, Outcome.OK, unseen(listing))

    def _threads(self, wanted: list[str], now: datetime, marks: Marks) -> Iterator[RawPage]:
        """Yield the threads; one that is gone or private by now is left out."""
        errors: list[SourceError] = []
        for thread in wanted:
            try:
                url, body = self._ask(f"comments/{thread}", {"limit": 500, "sort": "new"})
                listing = _read(body, now, url)
            except _HOPELESS:
                raise
            except SourceError as error:
                logger.info("a thread was left out: %s", error)
                errors.append(error)
            else:
                marks.threads.note(thread)
                yield _page(url, body, now, marks, Outcome.OK, unseen(listing))
        if errors and len(errors) == len(wanted):
            raise worst(errors)

    def _ask(self, path: str, params: dict[str, str | int]) -> tuple[str, bytes]:
        """Return the address without secrets, and the answer."""
        url = redact(f"{self._api.url}/{path}?{urlencode(params)}")
        return url, self._api.get(path, params)


def _onward(after: str | None, seen: int) -> dict[str, str | int]:
    return {"after": after, "count": seen} if after else {}


def _is_older(posts: list[Post], stop: datetime) -> bool:
    """Return whether a page has come to what was asked for before."""
    dates = [post.published_at for post in posts if post.published_at is not None]
    return bool(dates) and all(date < stop for date in dates[-_TAIL:])


def unseen(listing: Listing, capped: bool = False) -> list[str]:
    """Return what of a listing could not be seen."""
    notes = []
    if capped:
        notes.append(
            "Reddit ended the listing at its limit of 1,000, so there was more: run more often."
        )
    if listing.hidden:
        notes.append(f'Reddit holds back {listing.hidden} replies of a thread behind "more".')
    if listing.odd:
        notes.append(f"{listing.odd} entries had a shape that is not known, and were skipped.")
    return notes


def _page(
    url: str, body: bytes, now: datetime, marks: Marks, outcome: Outcome, notes: list[str]
) -> RawPage:
    outcome = Outcome.TRUNCATED if notes else outcome
    return RawPage(
        url, body, "application/json", now, marks.cursor(), outcome, " ".join(notes), "utf-8"
    )


def _read(body: bytes, now: datetime, url: str) -> Listing:
    try:
        return read_listing(body, now)
    except NotAListing as error:
        raise Changed(
            f"{host_of(url) or 'Reddit'} sent {error}; check whether Reddit has changed its API.",
            SOURCE,
            url,
        ) from error
