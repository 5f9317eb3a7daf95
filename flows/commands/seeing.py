"""Commands of who reads what was found."""

from datetime import datetime
from typing import Annotated

import typer

from flows.commands.options import (
    WATCHLIST,
    BrandOption,
    DateOption,
    WatchlistOption,
    day_of,
    day_option,
    out,
)


def show(
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    day: DateOption = None,
) -> None:
    """Show a day: today against normal, the stories that matter most, what could be seen."""
    from flows.showing import show_days

    show_days(watchlist, brand, day_of(day), out)


def digest(
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
    weekly: Annotated[bool, typer.Option("--weekly", help="Of seven days, not of one.")] = False,
    day: Annotated[
        datetime | None,
        day_option("The last day it tells of; yesterday if unset.", "--day", "--date"),
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send it too, unless that was done before.")
    ] = False,
) -> None:
    """Print the manager's summary: what changed, what needs an answer, what to celebrate."""
    from flows.digest_now import show_digests

    raise typer.Exit(show_digests(watchlist, brand, weekly, day_of(day), send, out))


def silence(
    story: Annotated[str, typer.Argument(help="A story's id, or `source:NAME`.")],
    until: Annotated[datetime, day_option("The day from whose beginning it is told again.")],
    watchlist: WatchlistOption = WATCHLIST,
    brand: BrandOption = None,
) -> None:
    """Send nothing more of a story until a day; a day that has begun ends the silence."""
    from flows.silencing import silence_story

    silence_story(watchlist, story, until.date(), brand, out)


def status(
    watchlist: WatchlistOption = WATCHLIST,
    json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show how sources, open incidents, the outbox, the last runs and the ledger are.

    The exit code is 0 when all is well, 3 when a source, a receiver or a run is not.
    """
    from flows.status import show_status

    raise typer.Exit(show_status(watchlist, json, out))
