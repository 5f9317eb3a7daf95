"""Shares with intervals that are honest about small counts."""

from functools import lru_cache

import pandas as pd
import scipy  # its statistics load when first used

from data.vocabulary import Verdict

NAN = float("nan")


@lru_cache(maxsize=1 << 16)  # the same few counts come again, and scipy takes a millisecond
def wilson(count: int, of: int) -> tuple[float, float, float]:
    """The share and its 95 % Wilson interval, rounded to 4 digits; NaN of nothing."""
    if of == 0:
        return NAN, NAN, NAN
    interval = scipy.stats.binomtest(count, of).proportion_ci(method="wilson")
    return round(count / of, 4), round(interval.low, 4), round(interval.high, 4)


def with_rates(table: pd.DataFrame, of: pd.Series, *verdicts: Verdict) -> pd.DataFrame:
    """The table with rate, rate_low and rate_high of each verdict's count among so many."""
    for verdict in verdicts or (Verdict.POOR, Verdict.EXCEPTIONAL):
        shares = [wilson(int(n), int(m)) for n, m in zip(table[verdict.value], of, strict=True)]
        names = [f"{verdict.value}_rate{end}" for end in ("", "_low", "_high")]
        rates = pd.DataFrame(shares, columns=names, index=table.index, dtype="float64")
        table = table.join(rates)
    return table
