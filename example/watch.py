"""`make run`: the monitor watches the fictional week, day by day, over real HTTP.

It opens incidents as a run of today does, so that `moments digest` and `moments status` tell of
them; a watchlist without routes sends nothing.

The one module of the example that uses the product: everything else only plays the platforms.
"""

import os
import sys
from pathlib import Path

from rich.console import Console

from example.reddit_api import CLIENT_ID, CLIENT_SECRET
from example.server import PORT, serve
from example.world import DAYS, evening
from flows import prefect_settings

WATCHLIST = Path(__file__).with_name("watchlist.toml")


def main() -> int:
    """Watch the week; 0 where every day was told, whatever a source did."""
    os.environ.setdefault("EXAMPLE_REDDIT_ID", CLIENT_ID)
    os.environ.setdefault("EXAMPLE_REDDIT_SECRET", CLIENT_SECRET)
    prefect_settings.apply()
    from flows.monitor import monitor  # after the settings: it imports prefect
    from flows.running import show
    from flows.watchlist import load

    out = Console(soft_wrap=True, highlight=False)
    watched = load(WATCHLIST)
    with serve(PORT) as running:
        for day in DAYS:
            running.world.now = evening(day)
            run = monitor(str(WATCHLIST), watched.brands[0].name, day, alert=True)
            out.print(f"[bold]{day:%A} {day}[/bold]")
            show(run, watched.tables, out, out)
    out.print(f"Open {watched.tables}/{DAYS[3]}/foxglove/moments.csv, or summary.md beside it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
