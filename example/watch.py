"""`make run`: the monitor watches the fictional week, day by day, over real HTTP.

The one module of the example that uses the product: everything else only plays the platforms.
"""

import os
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from example.server import PORT, serve
from flows import prefect_settings

ZONE = ZoneInfo("Europe/Dublin")
MONDAY = date(2026, 11, 2)
WEEK = tuple(MONDAY + timedelta(days=day) for day in range(7))
WATCHLIST = Path(__file__).with_name("watchlist.toml")


def evening(day: date) -> datetime:
    """When the example's runs look at the day."""
    return datetime.combine(day, time(23, 30), ZONE)


def main() -> int:
    """Watch the week; 0 where every day's tables are there, whatever a source did."""
    prefect_settings.apply()
    from flows.monitor import monitor
    from flows.running import show
    from flows.watchlist import load

    out = err = Console(soft_wrap=True, highlight=False)
    watched = load(WATCHLIST)
    with serve(PORT) as running:
        for day in WEEK:
            running.world.now = evening(day)
            run = monitor(str(WATCHLIST), watched.brands[0].name, day)
            out.print(f"{day:%A} {day}: ", end="")
            show(run, watched.tables, out, err)
    out.print(f"Open {watched.tables}/{WEEK[3]}/foxglove/moments.csv, or read summary.md beside it.")
    return 0


if __name__ == "__main__":
    os.environ.setdefault("EXAMPLE_REDDIT_ID", "foxglove-monitor")
    os.environ.setdefault("EXAMPLE_REDDIT_SECRET", "example-only")
    sys.exit(main())
