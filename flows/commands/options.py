"""What several commands share: their options, and where they print."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

WATCHLIST = Path("watchlist.toml")
WatchlistOption = Annotated[
    Path, typer.Option("--watchlist", "-w", help="The watchlist's file.", show_default=True)
]
BrandOption = Annotated[
    str | None, typer.Option("--brand", "-b", help="One brand of the watchlist; all if unset.")
]
JudgeOption = Annotated[
    Path | None,
    typer.Option(
        "--watchlist", "-w", help="Judge as this watchlist's `[judge]` does, not as shipped."
    ),
]
