"""`moments silence`: nothing more of a story, or of a source, until a day begins."""

from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path

from rich.console import Console
from sqlalchemy import Connection

from data import incidents as incident_rows
from data.incident_records import Incident
from data.ledger import Ledger
from flows.days import wall_clock
from flows.exits import UsageError
from flows.watchlist import WatchedBrand, Watchlist, load
from reports.locales import day_name, written_for

_TOLD = 5  # names of what there is, where the one asked for is not


def silence_story(path: Path, story: str, until: date, brand: str | None, out: Console) -> None:
    """Silence the story on every route until the day begins in the brand's time zone.

    A day that has begun ends a silence. Raises `UsageError` where no brand has such a story.
    """
    watchlist = load(path)
    brands = [watchlist.brand(brand)] if brand else list(watchlist.brands)
    with closing(Ledger.open(watchlist.ledger)) as ledger, ledger.transaction() as connection:
        found = [
            (one, incident)
            for one in brands
            for incident in incident_rows.incidents_of(connection, one.name, wall_clock())
        ]
        named = [(one, incident) for one, incident in found if _is(incident, story)]
        if not named:
            raise UsageError(_unknown(story, [incident for _, incident in found]))
        with written_for(watchlist.locale):
            for one, incident in named:
                out.print(_silence(connection, watchlist, one, incident, until), markup=False)


def _silence(
    connection: Connection,
    watchlist: Watchlist,
    brand: WatchedBrand,
    incident: Incident,
    until: date,
) -> str:
    now = wall_clock()
    begins = datetime.combine(until, time.min, watchlist.zone(brand)).astimezone(UTC)
    incident_rows.silence(connection, brand.name, incident.incident, begins, now)
    if begins <= now:
        return f"{brand.name}: {incident.incident} is told of again."
    return f"{brand.name}: nothing more of {incident.incident} until {day_name(until)} begins."


def _is(incident: Incident, story: str) -> bool:
    names = {incident.incident, incident.story}
    return story.casefold() in {name.casefold() for name in names}


def _unknown(story: str, found: list[Incident]) -> str:
    there = [one.incident for one in found if one.is_open][:_TOLD]
    told = f"; among the open ones are: {', '.join(there)}" if there else ""
    return f"There is no story {story!r} that is told of{told}. `moments status` lists them."
