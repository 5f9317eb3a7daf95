"""The brand beside its competitors, from what the ledger holds of each."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd

from analysis.competitors import competitors
from data.ledger import Ledger
from flows.watchlist import WatchedBrand, Watchlist


def beside_competitors(
    watchlist: Watchlist,
    brands: Sequence[WatchedBrand],
    ledger: Ledger,
    since: datetime,
    until: datetime,
    day: date,
) -> pd.DataFrame | None:
    """Schema COMPETITORS of the brand (the first) and its competitors; None if it has none.

    Only sources that are asked for all of them are compared.
    """
    if len(brands) < 2:
        return None
    asked = [[source.name for source in watchlist.sources_of(brand)] for brand in brands]
    common = [name for name in asked[0] if all(name in names for names in asked)]
    windows = {brand.name: ledger.judged(brand.name, since, until) for brand in brands}
    return competitors(windows, common, day)
