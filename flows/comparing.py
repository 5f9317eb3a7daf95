"""The brand beside its competitors, from what the ledger holds of each."""

from datetime import date, timedelta

import pandas as pd

from analysis.competitors import COMPARED, competitors
from data.ledger import Ledger
from flows.days import bounds
from flows.watchlist import WatchedBrand, Watchlist

SPAN = timedelta(days=13)  # before the day, fourteen days in all


def beside_competitors(
    watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, day: date
) -> pd.DataFrame | None:
    """Schema COMPETITORS of the brand and those the watchlist names; None if it names none.

    Only sources that are asked for all of them are compared.
    """
    if not brand.competitors:
        return None
    brands = (brand, *watchlist.competitors_of(brand))
    asked = [[source.name for source in watchlist.sources_of(one)] for one in brands]
    common = [name for name in asked[0] if all(name in names for names in asked)]
    zone = watchlist.zone(brand)
    since, until = bounds(day - SPAN, zone)[0], bounds(day, zone)[1]
    windows = {one.name: ledger.judged(one.name, since, until, COMPARED) for one in brands}
    return competitors(windows, common, day)
