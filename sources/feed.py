"""RSS and Atom feeds, among them the news searches that answer as feeds.

A news search caps its answer (Google News at 100) and knows no second page: exactly the cap
means that there was more, and the run says so.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar, Literal, Self
from urllib.parse import quote

from pydantic import Field, field_validator, model_validator

from data.records import Post, Query, RawPage
from data.vocabulary import Kind, Outcome
from sources.contract import NOTHING_NEW, SourceOptions, nothing_new
from sources.entries import FeedDocument, NotAFeed
from sources.errors import Changed, SourceError, worst
from sources.exchange import Answer, Limits
from sources.feed_posts import SOURCE, posts_of
from sources.http import Client
from sources.urls import host_of, redact
from sources.worker import WORKER, Worker, WorkerFailed

_ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
_CAPS = {"google-news": 100}  # entries; counted on its answers, it documents none
# Some servers answer 304 for ever: once a day the whole feed is asked for.
_TRUST_IN_304 = timedelta(hours=24)


class FeedOptions(SourceOptions):
    """Which feeds, and what they publish."""

    url: str | tuple[str, ...] = Field(
        (), description="Address of a feed, or several; {query} becomes the brand's terms."
    )
    preset: Literal["google-news", "bing-news"] | None = Field(
        None, description="A news search instead of `url`."
    )
    language: str = Field("en", pattern=r"^[a-z]{2}$", description="Of a preset's articles.")
    country: str = Field("US", pattern=r"^[A-Z]{2}$", description="Edition of a preset.")
    publishes: Kind = Field(Kind.ARTICLE, description="article, post, review or comment.")
    outlet: str = Field("", description="The publication; else what the feed calls itself.")
    contact: str = Field("", description="Address or mail for the feed's owner, told to it.")
    allowed_hosts: tuple[str, ...] = Field(
        (), description="Hosts that may lie in a private network; no pause is made for them."
    )
    proxy: str | None = Field(
        None, description="Address of a proxy; the environment's is not used."
    )
    seconds: float = Field(30, gt=0, le=300, description="For one feed, redirects included.")
    max_megabytes: float = Field(10, gt=0, le=100, description="For one feed, unpacked.")

    @field_validator("url", mode="after")
    @classmethod
    def _is_for_the_web(cls, url: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for one in [url] if isinstance(url, str) else url:
            if not one.startswith(("http://", "https://", "env:")):
                raise ValueError("expected an address that begins with https:// or http://")
        return url

    @model_validator(mode="after")
    def _names_one_place(self) -> Self:
        if bool(self.url) == bool(self.preset):
            raise ValueError("expected either `url` or `preset`")
        return self


class Feed:
    """Any number of feeds that publish the same kind of thing."""

    kind: ClassVar[str] = SOURCE
    Options: ClassVar[type[FeedOptions]] = FeedOptions

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
        visits = _Visits(cursor, urls)
        errors: list[SourceError] = []
        for url in urls:
            try:
                page = self._visit(url, query.now, visits)
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

    def _visit(self, url: str, now: datetime, visits: "_Visits") -> RawPage:
        answer = self._client.get(url, {"accept": _ACCEPT, **visits.conditions(url, now)})
        if answer.status == 304:
            detail = f"{host_of(url)} has published nothing since the last visit (304)."
            return nothing_new(redact(url), now, visits.cursor(), detail)
        document = self._read(url, answer.body, answer.charset)
        outcome, detail = self._judge(document, host_of(url))
        visits.note(url, answer, now, whole=not document["broken_off"])
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

    def _judge(self, document: FeedDocument, host: str) -> tuple[Outcome, str]:
        count = len(document["entries"])
        if document["broken_off"]:
            detail = f"{host} sent a feed that broke off; its {count} complete items were kept."
            return Outcome.TRUNCATED, detail
        if count == _CAPS.get(self._options.preset or ""):
            return Outcome.TRUNCATED, (
                f"{host} answered {count} articles, the most it ever does, so there were more:"
                " split the window (run more often) or use narrower terms."
            )
        if count == 0:
            return Outcome.EMPTY, f"{host} has nothing in its feed."
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


def addresses(options: FeedOptions, query: Query) -> list[str]:
    """Return the addresses to ask about a query."""
    terms = " OR ".join(f'"{term}"' for term in _bare(query.terms))
    if options.preset == "google-news":
        # hl, gl and ceid have to agree; a day earlier, since it counts days in a zone of its own
        since = f"{query.since - timedelta(days=1):%Y-%m-%d}"
        edition = f"{options.country}:{options.language}"
        tongue = (
            f"{options.language}-{options.country}"
            if options.language == "en"
            else options.language
        )
        asked = quote(f"({terms}) after:{since}", safe="")
        return [
            f"https://news.google.com/rss/search?q={asked}&hl={tongue}&gl={options.country}&ceid={edition}"
        ]
    if options.preset == "bing-news":
        market = f"{options.language}-{options.country}"
        asked = quote(terms, safe="")
        return [f"https://www.bing.com/news/search?q={asked}&format=rss&mkt={market}"]
    urls = (options.url,) if isinstance(options.url, str) else options.url
    return [url.replace("{query}", quote(terms, safe="")) for url in urls]


def _bare(terms: tuple[str, ...]) -> list[str]:
    return [bare for term in terms if (bare := " ".join(term.replace('"', " ").split()))]


class _Visits:
    """What the cursor remembers of each feed: its validators, and when it was last read whole."""

    def __init__(self, cursor: str | None, urls: list[str]) -> None:
        known = _load(cursor)
        keys = {_key(url) for url in urls}
        self._seen: dict[str, dict[str, str]] = {
            key: visit for key, visit in known.items() if key in keys and isinstance(visit, dict)
        }

    def conditions(self, url: str, now: datetime) -> dict[str, str]:
        """Return the headers that ask for changes only."""
        visit = self._seen.get(_key(url), {})
        try:
            read_at = datetime.fromisoformat(visit.get("read_at", ""))
        except ValueError:
            return {}
        if not timedelta(0) <= now - read_at < _TRUST_IN_304:
            return {}
        names = {"if-none-match": "etag", "if-modified-since": "last_modified"}
        return {header: visit[name] for header, name in names.items() if visit.get(name)}

    def note(self, url: str, answer: Answer, now: datetime, whole: bool) -> None:
        """Remember a feed that was read; one that broke off is asked for again as a whole."""
        validators = {
            "etag": answer.headers.get("etag", ""),
            "last_modified": answer.headers.get("last-modified", ""),
        }
        sendable = {
            name: value
            for name, value in validators.items()
            if value.isascii() and value.isprintable() and 0 < len(value) < 500
        }
        self._seen[_key(url)] = {"read_at": now.isoformat(), **sendable} if whole else {}

    def cursor(self) -> str:
        """Return all of it as the opaque text that is stored."""
        return json.dumps(self._seen, sort_keys=True)


def _load(cursor: str | None) -> dict[str, Any]:
    try:
        known = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _key(url: str) -> str:
    """Return a name for an address that gives none of its secrets away."""
    return sha256(url.encode()).hexdigest()[:16]
