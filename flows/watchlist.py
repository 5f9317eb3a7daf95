"""The watchlist: which brands are watched, through which sources, and where the tables go.

Read from TOML; every mistake in it is told at once, as file, key, what was found and what is
expected. Secrets stand in it only as `env:NAME` and are read when a source is asked.
"""

import hashlib
import os
import re
import tomllib
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    create_model,
    model_validator,
)

from data.errors import UserError
from data.records import Brand
from flows.judges import WatchedJudge
from flows.routes import DigestTimes, WatchedRoute
from reports.locales import DEFAULT, is_locale
from sources.contract import Source
from sources.errors import Blocked
from sources.registry import SOURCES

_ENV = re.compile(r"env:([A-Za-z_]\w*)\Z")
_NAME = r"^[a-z0-9][a-z0-9-]*$"


class WatchlistError(UserError):
    """The watchlist cannot be used; one line per mistake."""


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError('expected a time zone such as "Europe/Dublin"') from error
    return name


def _cron(line: str) -> str:
    from prefect.client.schemas.schedules import CronSchedule  # slow to import, seldom needed

    try:
        CronSchedule(cron=line)
    except ValueError as error:
        raise ValueError('expected five cron fields such as "15 * * * *"') from error
    return line


def _locale(name: str) -> str:
    if not is_locale(name):
        raise ValueError('expected a locale such as "en_GB" or "de_DE"')
    return name


TimeZone = Annotated[str, AfterValidator(_time_zone)]
LocaleName = Annotated[str, AfterValidator(_locale)]
Cron = Annotated[str, AfterValidator(_cron)]
Words = tuple[Annotated[str, Field(min_length=1)], ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WatchedBrand(_Strict):
    """A brand and how to know it."""

    name: str = Field(min_length=1, description="The brand's name as people write it.")
    aliases: Words = Field((), description="Other names people use for it.")
    handles: Words = Field((), description="Its own accounts, such as @foxglovestores.")
    exclusions: Words = Field((), description="Phrases that hold the name and mean another thing.")
    context: Words = Field((), description="Words, one of which must stand near an ambiguous name.")
    ambiguous: bool = Field(False, description="The name is also a common word.")
    places: Words = Field(
        (), description="Its towns, stores or lines, as people name them, to tell where it was."
    )
    competitors: tuple[str, ...] = Field(
        (), description="Other brands of this watchlist, told beside it in competitors.csv."
    )
    time_zone: TimeZone | None = Field(None, description="Where its days begin and end.")
    sources: tuple[str, ...] | None = Field(None, description="Names of its sources; all if unset.")
    schedule: Cron | None = Field(None, description="When `moments serve` runs it: a cron line.")
    digest: DigestTimes = Field(DigestTimes(), description="When its summaries are sent.")

    @model_validator(mode="after")
    def _ambiguous_needs_context(self) -> Self:
        if self.ambiguous and not self.context:
            raise ValueError("expected `context` words, since the name is ambiguous")
        return self

    def record(self) -> Brand:
        """The brand as the judge knows it."""
        return Brand(
            self.name,
            self.aliases,
            self.handles,
            self.exclusions,
            self.context,
            self.ambiguous,
            self.places,
        )

    def version(self) -> str:
        """Changes with what the watchlist says of the brand."""
        return hashlib.sha256(repr((self.record(), self.competitors)).encode()).hexdigest()[:12]


class Watchlist(_Strict):
    """All that the monitor needs to know; see docs/watchlist.md."""

    brands: tuple[WatchedBrand, ...]
    sources: tuple[Any, ...]
    routes: tuple[WatchedRoute, ...] = ()
    judge: WatchedJudge = WatchedJudge()
    time_zone: TimeZone = Field("UTC", description="For brands that name none of their own.")
    locale: LocaleName = Field(
        DEFAULT, description="How people read dates and numbers, such as de_DE; tables stay ISO."
    )
    tables: Path = Field(Path("data/tables"), description="Folder of the dated tables.")
    pages_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s]+$",
        description="Where that folder is served, if it is: summaries then link to their page.",
    )
    ledger: str = Field("data/ledger.sqlite", description="File or database URL (or env:NAME).")
    raw_pages_days: int = Field(
        2, ge=0, description="Days raw pages are kept; Reddit's rules ask for two at most."
    )
    schedule: Cron = Field("15 * * * *", description="For brands that name none of their own.")

    @model_validator(mode="after")
    def _names_are_known_and_unique(self) -> Self:
        if not self.brands or not self.sources:
            raise ValueError("expected at least one [[brands]] and one [[sources]]")
        names = [source.name for source in self.sources]
        _refuse_repeats("source", names)
        _refuse_repeats("brand", [brand.name for brand in self.brands])
        brands = [brand.name for brand in self.brands]
        for brand in self.brands:
            others = [name for name in brands if name != brand.name]
            _refuse_unknown(brand.name, "source", brand.sources, names)
            _refuse_unknown(brand.name, "competitor", brand.competitors, others)
        _refuse_repeats("route", [route.name for route in self.routes])
        for route in self.routes:
            _refuse_unknown(f"route {route.name}", "brand", route.brands, brands)
        return self

    def brand(self, name: str) -> WatchedBrand:
        """The brand of this name, whatever its case. Raises `WatchlistError` if there is none."""
        for brand in self.brands:
            if brand.name.casefold() == name.casefold():
                return brand
        known = ", ".join(brand.name for brand in self.brands)
        raise WatchlistError(f"There is no brand {name!r} in the watchlist; it has: {known}.")

    def competitors_of(self, brand: WatchedBrand) -> tuple[WatchedBrand, ...]:
        """The brands that are told beside it."""
        return tuple(self.brand(name) for name in brand.competitors)

    def told_beside(self, brand: WatchedBrand) -> tuple[str, ...]:
        """The names of the brands that it is a competitor of."""
        return tuple(other.name for other in self.brands if brand.name in other.competitors)

    def zone(self, brand: WatchedBrand) -> ZoneInfo:
        """Where the brand's days begin and end."""
        return ZoneInfo(brand.time_zone or self.time_zone)

    def sources_of(self, brand: WatchedBrand) -> tuple[Any, ...]:
        """The watchlist's entries of the sources that are asked for the brand."""
        return tuple(
            source
            for source in self.sources
            if brand.sources is None or source.name in brand.sources
        )

    def routes_of(self, brand: WatchedBrand) -> tuple[WatchedRoute, ...]:
        """The routes on which the brand is told of."""
        return tuple(
            route for route in self.routes if route.brands is None or brand.name in route.brands
        )


def load(path: Path) -> Watchlist:
    """Read and check a watchlist; its relative paths start at its own folder.

    Raises `WatchlistError` with every mistake in it, one a line.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise WatchlistError(
            f"There is no watchlist at {path}. Write one (docs/watchlist.md) or name it "
            "with --watchlist."
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WatchlistError(f"{path}: it cannot be read as TOML: {error}.") from error
    try:
        watchlist = watchlist_model().model_validate(found)
    except ValidationError as error:
        raise WatchlistError("\n".join(_mistakes(path, error))) from error
    return _placed(watchlist, path.resolve().parent)


@cache
def watchlist_model() -> type[Watchlist]:
    """The watchlist's model with an entry type per registered kind of source."""
    entries = tuple(_entry(kind, source) for kind, source in SOURCES.items())
    entry: Any = Annotated[reduce(or_, entries), Field(discriminator="kind")]
    return create_model("Watchlist", __base__=Watchlist, sources=(tuple[entry, ...], ...))


def open_source(entry: Any) -> Source:
    """The source of a watchlist entry, its `env:NAME` values read from the environment.

    Raises `Blocked` naming the variable that is not set.
    """
    values = {
        name: _revealed(value, entry.name)
        for name in type(entry).model_fields
        if name not in ("name", "kind") and (value := getattr(entry, name)) is not None
    }
    kind = SOURCES[entry.kind]
    source: Source = kind(kind.Options(**values))
    return source


def _entry(kind: str, source: type[Source]) -> type[BaseModel]:
    """The source's options with its name and kind beside them."""
    secrets: Any = model_validator(mode="after")(_secrets_are_named)
    keys: dict[str, Any] = {
        "name": (Annotated[str, Field(pattern=_NAME, description="Unique, lower case.")], ...),
        "kind": (Literal[kind], ...),
    }
    model: type[BaseModel] = create_model(
        f"{kind.title()}Source",
        __base__=source.Options,
        **keys,
        __validators__={"secrets": secrets},
    )
    return model


def _secrets_are_named(entry: Any) -> Any:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, SecretStr) and not _ENV.match(value.get_secret_value()):
            raise ValueError(f'{name}: expected "env:NAME", since secrets never stand in the file')
    return entry


def _revealed(value: Any, source: str) -> Any:
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    named = _ENV.match(text) if isinstance(text, str) else None
    if not named:
        return value
    if named[1] not in os.environ:
        raise Blocked(
            f"The environment variable {named[1]} is not set. Set it for the monitor's user.",
            source=source,
            url="",
        )
    return os.environ[named[1]]


def _placed(watchlist: Watchlist, folder: Path) -> Watchlist:
    named = _ENV.match(watchlist.ledger)
    if named and named[1] not in os.environ:
        raise WatchlistError(f"ledger: the environment variable {named[1]} is not set.")
    ledger = os.environ[named[1]] if named else watchlist.ledger
    if "://" not in ledger:
        ledger = str((folder / ledger).resolve())
    placed = {
        "tables": (folder / watchlist.tables).resolve(),
        "ledger": ledger,
        "judge": watchlist.judge.placed(folder),
        "sources": tuple(source.placed(folder) for source in watchlist.sources),
    }
    return watchlist.model_copy(update=placed)


def _refuse_repeats(what: str, names: list[str]) -> None:
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"expected each {what} name once, found more of: {', '.join(repeated)}")


def _refuse_unknown(who: str, what: str, named: tuple[str, ...] | None, known: list[str]) -> None:
    for name in named or ():
        if name not in known:
            told = ", ".join(known)
            raise ValueError(f"{who} names {what} {name!r}; expected of: {told}")


def _mistakes(path: Path, error: ValidationError) -> list[str]:
    """One line per mistake: file, key, what was found, what is expected."""
    lines = []
    for mistake in error.errors(include_url=False):
        key = "".join(
            f"[{part + 1}]" if isinstance(part, int) else f".{part}"
            for part in mistake["loc"]
            if part not in SOURCES
        ).lstrip(".")
        found = "" if isinstance(mistake["input"], dict | list) else f" found {mistake['input']!r};"
        lines.append(f"{path}: {key or 'the file'}:{found} {_expected(mistake)}")
    return lines


def _expected(mistake: Any) -> str:
    match mistake["type"]:
        case "extra_forbidden":
            return "there is no such key; expected only those in docs/watchlist.md."
        case "missing":
            return "the key is missing; expected a value."
        case _:
            return str(mistake["msg"]).removeprefix("Value error, ") + "."
