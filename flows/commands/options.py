"""What several commands share: their options, and where they print."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)


def day_option(words: str, *names: str) -> Any:
    """An option whose value is a day, as in 2026-11-03."""
    return typer.Option(*names, formats=["%Y-%m-%d"], help=words)


def day_of(given: datetime | None) -> date | None:
    """The day that was given, if any."""
    return given.date() if given else None


WATCHLIST = Path("watchlist.toml")
WatchlistOption = Annotated[
    Path, typer.Option("--watchlist", "-w", help="The watchlist's file.", show_default=True)
]
BrandOption = Annotated[
    str | None, typer.Option("--brand", "-b", help="One brand of the watchlist; all if unset.")
]
DateOption = Annotated[datetime | None, day_option("The last day told of if unset.", "--date")]
ByOption = Annotated[str | None, typer.Option(help="Who says so; the user's name if unset.")]
JudgeOption = Annotated[
    Path | None,
    typer.Option(
        "--watchlist", "-w", help="Judge as this watchlist's `[judge]` does, not as shipped."
    ),
]
