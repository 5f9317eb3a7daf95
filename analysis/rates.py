"""Shares with intervals that are honest about small counts."""

from math import sqrt

import numpy as np
import pandas as pd

from data.vocabulary import Verdict

NAN = float("nan")
_Z = 1.959963984540054  # standard deviations on either side that hold 95 % of a normal curve


def wilson(count: int, of: int) -> tuple[float, float, float]:
    """The share and its 95 % Wilson interval, rounded to 4 digits; NaN of nothing."""
    if of == 0:
        return NAN, NAN, NAN
    share, width = count / of, 2 * (of + _Z**2)
    middle = (2 * count + _Z**2) / width
    reach = _Z * sqrt(4 * count * (1 - share) + _Z**2) / width
    low = 0.0 if count == 0 else middle - reach
    high = 1.0 if count == of else middle + reach
    return round(share, 4), round(low, 4), round(high, 4)


def with_rates(table: pd.DataFrame, of: pd.Series, *verdicts: Verdict) -> pd.DataFrame:
    """The table with rate, rate_low and rate_high of each verdict's count among so many."""
    for verdict in verdicts or (Verdict.POOR, Verdict.EXCEPTIONAL):
        shares = [wilson(int(n), int(m)) for n, m in zip(table[verdict.value], of, strict=True)]
        names = [f"{verdict.value}_rate{end}" for end in ("", "_low", "_high")]
        rates = np.array(shares, np.float64).reshape(-1, len(names))
        table = table.assign(**dict(zip(names, rates.T, strict=True)))
    return table
