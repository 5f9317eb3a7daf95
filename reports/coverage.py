"""What could and could not be seen on a day, per source: a failing source is not zero mentions."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

import pandas as pd

from data.dated_tables import COVERAGE
from data.vocabulary import SEEN, Verdict, worst


def coverage(
    log: pd.DataFrame, told: pd.DataFrame, sources: Sequence[str], day: date, zone: ZoneInfo
) -> pd.DataFrame:
    """Schema COVERAGE: a row per source of the watchlist and per source asked that day.

    `log` is the day's COVERAGE_LOG, `told` the day's judged posts.
    """
    names = list(dict.fromkeys([*sources, *log["source"]]))
    rows = [
        _row(name, log[log["source"] == name], told[told["found_by"] == name], day, zone)
        for name in names
    ]
    return pd.DataFrame(rows, columns=list(COVERAGE.columns)).astype(COVERAGE.dtypes)


def _row(
    source: str, log: pd.DataFrame, told: pd.DataFrame, day: date, zone: ZoneInfo
) -> dict[str, object]:
    about = told[told["mention"]]
    failures = log[~log["outcome"].isin(SEEN)]
    times = failures["at"].dt.tz_convert(zone).dt.strftime("%H:%M")
    return {
        "date": day.isoformat(),
        "source": source,
        "outcome": worst(log["outcome"]),
        "seen": not log.empty and log["outcome"].iloc[-1] in SEEN,
        "mentions": len(about),
        "moments": int(about["verdict"].isin([Verdict.POOR, Verdict.EXCEPTIONAL]).sum()),
        "failures": len(failures),
        "first_failure": times.min() if len(times) else "",
        "last_failure": times.max() if len(times) else "",
        "detail": failures["detail"].iloc[-1] if len(failures) else "",
    }
