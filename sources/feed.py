"""RSS and Atom feeds, among them the news searches that answer as feeds.

A news search caps its answer (Google News at 100) and knows no second page: exactly the cap
means that there was more, and the run says so.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from data.records import Post, Query, RawPage
from data.vocabulary import Outcome
from sources.contract import NOTHING_NEW, SourceOptions, nothing_new
from sources.entries import FeedDocument, NotAFeed
from sources.errors import Changed, SourceError, worst
from sources.exchange import Limits
from sources.feed_options import FeedOptions, addresses
from sources.feed_posts import SOURCE, posts_of
from sources.http import Client
from sources.urls import host_of, redact
from sources.visits import Visits
from sources.worker import WORKER, Worker, WorkerFailed

_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_CAPS = {"news.google.com": 100}  # entries; counted on its answers, it documents none


class Feed:
    """Any number of feeds that publish the same kind of thing."""

    kind: ClassVar[str] = SOURCE
    Options: ClassVar[type[SourceOptions]] = FeedOptions

    def __init__(
        self, options: FeedOptions, client: Client | None = None, worker: Worker = WORKER
    ) -> None:
        self._options = options
        limits = Limits(seconds=options.seconds, size=round(options.max_megabytes * 1e6))
        self._client = client or Client(
            SOURCE, options.contact, options.allowed_hosts, limits, options.proxy
        )
        self._worker = worker

    def fetch(self, query: Query, cursor: str | None) -> Iterator[RawPage]:
        """Yield one page per feed; one whose answer is no feed raises after the others."""
        urls = addresses(self._options, query)
        visits = Visits(cursor, urls)
        errors: list[SourceError] = []
        for url in urls:
            try:
                page = self._visit(url, query.now, visits, alone=len(urls) == 1)
            except SourceError as error:
                errors.append(error)
            else:
                yield page
        if errors:
            raise worst(errors)

    def parse(self, page: RawPage) -> list[Post]:
        """Return the feed's entries; raises Changed where the body is no feed."""
        if page.media_type == NOTHING_NEW:
            return []
        document = self._read(page.url, page.body, page.charset)
        options = self._options
        return posts_of(document, page.url, page.collected_at, options.publishes, options.outlet)

    def _visit(self, url: str, now: datetime, visits: Visits, alone: bool) -> RawPage:
        answer = self._client.get(url, {"accept": _ACCEPT, **visits.conditions(url, now)})
        if answer.status == 304:
            detail = f"{host_of(url)} has published nothing since the last visit (304)."
            return nothing_new(redact(url), now, visits.cursor(), detail)
        document = self._read(url, answer.body, answer.charset)
        outcome, detail = self._judge(document, host_of(url), alone)
        visits.note(url, answer.headers, now, whole=not document["broken_off"])
        media_type = answer.media_type or "application/xml"
        return RawPage(
            redact(url),
            answer.body,
            media_type,
            now,
            visits.cursor(),
            outcome,
            detail,
            answer.charset,
        )

    def _judge(self, document: FeedDocument, host: str, alone: bool) -> tuple[Outcome, str]:
        count = len(document["entries"])
        if document["broken_off"]:
            detail = f"{host} sent a feed that broke off; its {count} complete items were kept."
            return Outcome.TRUNCATED, detail
        if count == _CAPS.get(host):
            return Outcome.TRUNCATED, (
                f"{host} answered {count} articles, the most it ever does, so there were more:"
                " split the window (run more often) or use narrower terms."
            )
        if count == 0:
            return Outcome.EMPTY if alone else Outcome.OK, f"{host} has nothing in its feed."
        return Outcome.OK, ""

    def _read(self, url: str, body: bytes, charset: str | None) -> FeedDocument:
        try:
            return self._worker.read_entries(body, charset)
        except NotAFeed as error:
            reason = f"{host_of(url)} sent {error} instead of a feed; check the address."
            raise Changed(reason, SOURCE, url) from error
        except WorkerFailed as error:
            reason = f"{host_of(url)} sent a feed that cannot be read: {error}; tell its owner."
            raise Changed(reason, SOURCE, url) from error
