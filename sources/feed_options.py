"""Which feeds are asked, and at which addresses for a brand."""

from datetime import datetime, timedelta
from typing import Literal, Self
from urllib.parse import quote

from pydantic import Field, field_validator, model_validator

from data.records import Query
from data.vocabulary import Kind
from sources.contract import SourceOptions


class FeedOptions(SourceOptions):
    """Which feeds, and what they publish."""

    url: str | tuple[str, ...] = Field(
        default=(), description="Address of a feed, or several; {query} becomes the brand's terms."
    )
    preset: Literal["google-news", "bing-news"] | None = Field(
        default=None, description="A news search instead of `url`."
    )
    language: str = Field(
        default="en", pattern=r"^[a-z]{2}$", description="Of a preset's articles."
    )
    country: str = Field(default="US", pattern=r"^[A-Z]{2}$", description="Edition of a preset.")
    publishes: Kind = Field(default=Kind.ARTICLE, description="article, post, review or comment.")
    outlet: str = Field(default="", description="The publication; else what the feed calls itself.")
    contact: str = Field(
        default="",
        pattern=r"^[\x20-\x7e]*$",
        description="Whom a feed's owner may write to; told to it.",
    )
    allowed_hosts: tuple[str, ...] = Field(
        default=(),
        description="Hosts that may lie in a private network; no pause is made for them.",
    )
    proxy: str | None = Field(
        default=None, description="A proxy's address; the environment's is not used."
    )
    seconds: float = Field(
        default=30, gt=0, le=300, description="For one feed, redirects included."
    )
    max_megabytes: float = Field(default=10, gt=0, le=100, description="For one feed, unpacked.")

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


def addresses(options: FeedOptions, query: Query) -> list[str]:
    """Return the addresses to ask about a query."""
    terms = " OR ".join(f'"{term}"' for term in _bare(query.terms))
    if options.preset == "google-news":
        return [_google_news(options, terms, query.since)]
    if options.preset == "bing-news":
        market = f"{options.language}-{options.country}"
        asked = quote(terms, safe="")
        return [f"https://www.bing.com/news/search?q={asked}&format=rss&mkt={market}"]
    urls = (options.url,) if isinstance(options.url, str) else options.url
    return [url.replace("{query}", quote(terms, safe="")) for url in urls]


def _google_news(options: FeedOptions, terms: str, since: datetime) -> str:
    """Return a search whose hl, gl and ceid agree: where they do not, it answers another edition.

    It is asked from a day earlier, since it counts days in a zone of its own.
    """
    language, country = options.language, options.country
    asked = quote(f"({terms}) after:{since - timedelta(days=1):%Y-%m-%d}", safe="")
    tongue = f"{language}-{country}" if language == "en" else language
    edition = f"gl={country}&ceid={country}:{language}"
    return f"https://news.google.com/rss/search?q={asked}&hl={tongue}&{edition}"


def _bare(terms: tuple[str, ...]) -> list[str]:
    return [bare for term in terms if (bare := " ".join(term.replace('"', " ").split()))]
