"""The brand and its competitors side by side, compared only through what all are asked of."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import scipy  # its statistics load when first used

from analysis.moment_counts import groups
from analysis.rates import with_rates
from data.dated_tables import COMPETITORS
from data.frames import as_declared
from data.vocabulary import SourceGroup, Standing, Verdict

RARE = 0.05
COMPARED = ("kind", "found_by", "mention", "verdict", "reason")


def competitors(
    windows: Mapping[str, pd.DataFrame], sources: Sequence[str], day: date
) -> pd.DataFrame:
    """Schema COMPETITORS: a row per group of sources and brand, the brand itself first.

    `windows` holds the columns COMPARED of each brand's judged posts of the fourteen days, the
    brand's own first; `sources` are the watchlist's sources that are asked for all of them.
    """
    common = {name: posts[posts["found_by"].isin(sources)] for name, posts in windows.items()}
    parts = [_side_by_side(common, group) for group in SourceGroup]
    table = pd.concat(parts, ignore_index=True)
    table = with_rates(table, table["judged"])
    return as_declared(table.assign(date=day.isoformat(), sources=", ".join(sources)), COMPETITORS)


def _side_by_side(windows: Mapping[str, pd.DataFrame], group: SourceGroup) -> pd.DataFrame:
    table = pd.DataFrame([_counts(posts, name, group) for name, posts in windows.items()])
    own = table.iloc[0]
    return table.assign(stands_out=[_standing(row, own) for _, row in table.iterrows()])


def _counts(posts: pd.DataFrame, brand: str, group: SourceGroup) -> dict[str, object]:
    about = posts[posts["mention"] & groups(posts["kind"]).eq(group)]
    poor = about[about["verdict"] == Verdict.POOR]
    reasons = poor["reason"].value_counts().reset_index()
    reasons = reasons.sort_values(["count", "reason"], ascending=[False, True])
    return {
        "group": group.value,
        "brand": brand,
        "mentions": len(about),
        "judged": int(about["verdict"].ne(Verdict.UNJUDGED).sum()),
        "poor": len(poor),
        "exceptional": int(about["verdict"].eq(Verdict.EXCEPTIONAL).sum()),
        "top_reason": reasons["reason"].iloc[0] if len(reasons) else "",
    }


def _standing(row: pd.Series, own: pd.Series) -> str:
    """Whether the brand of the row has a lower or higher poor rate than one's own."""
    cells = [[one["poor"], one["judged"] - one["poor"]] for one in (row, own)]
    if row["judged"] == 0 or own["judged"] == 0 or scipy.stats.fisher_exact(cells).pvalue >= RARE:
        return Standing.NO.value
    higher = row["poor"] / row["judged"] > own["poor"] / own["judged"]
    return Standing.WORSE.value if higher else Standing.BETTER.value
