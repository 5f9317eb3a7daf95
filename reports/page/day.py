"""The page of one brand's day."""

import json
from typing import Any

import pandas as pd

from data.vocabulary import NOT_ASKED, Trend
from reports.page.document import document
from reports.page.heat import heat
from reports.page.over_time import weeks
from reports.page.places import places
from reports.page.rows import rows
from reports.page.shown import Shown
from reports.page.stories import Told, celebrated, urgent
from reports.page.today import groups, headline
from reports.page.words import clean, day_name, said

_PAINS = 6
_TRENDS = {
    Trend.RISING: "more than the week before",
    Trend.FALLING: "fewer than the week before",
    Trend.STEADY: "as the week before",
    Trend.UNKNOWN: "the week before was not seen alike",
}


def page(shown: Shown) -> bytes:
    """`report.html`: one file that loads nothing and reads well without JavaScript.

    The same frames give the same bytes.
    """
    told, more = rows(shown)
    needs, delights = urgent(shown), celebrated(shown)
    unseen = _unseen(shown.coverage)
    return document(
        "day.html",
        "page.css",
        "page.js",
        brand=clean(shown.brand),
        day=shown.day.isoformat(),
        day_name=day_name(shown.day),
        zone=str(shown.zone),
        facts=json.dumps(_facts(shown, needs, unseen), sort_keys=True),
        headline=headline(shown),
        unseen=unseen,
        groups=groups(shown),
        needs=needs,
        delights=delights,
        weeks=weeks(shown),
        heat=heat(shown.moments),
        pains=[_pain(row) for row in shown.pain_points.head(_PAINS).itertuples()],
        places=places(shown.consistency),
        rows=told,
        more=more,
        coverage=[_source(row) for row in shown.coverage.itertuples()],
    )


def _facts(shown: Shown, needs: Told, unseen: list[dict[str, str]]) -> dict[str, object]:
    """What the index tells of this day, read back from the page's head."""
    verdicts = shown.moments["verdict"].value_counts()
    whole = shown.daily[shown.daily["dimension"] == "all"]
    return {
        "brand": clean(shown.brand),
        "day": shown.day.isoformat(),
        "mentions": int(whole["mentions"].sum()),
        "poor": int(verdicts.get("poor", 0)),
        "exceptional": int(verdicts.get("exceptional", 0)),
        "spike": bool(whole["spike"].isin(["poor", "both"]).any()),
        "urgent": sum(card.priority in ("P1", "P2") for card in needs.cards),
        "unseen": [source["name"] for source in unseen],
    }


def _unseen(coverage: pd.DataFrame) -> list[dict[str, str]]:
    return [
        source for source in map(_source, coverage.itertuples()) if source["state"] != "seen"
    ]


def _source(row: Any) -> dict[str, str]:
    """A source and how well it was seen: seen, again (after failures), unseen."""
    failed = row.failures > 0 or row.outcome == NOT_ASKED
    state = "unseen" if not row.seen else "again" if failed else "seen"
    since = ""
    if row.failures:
        same = row.first_failure == row.last_failure
        since = row.first_failure if same else f"{row.first_failure} to {row.last_failure}"
    return {
        "name": clean(row.source),
        "state": state,
        "outcome": said(row.outcome),
        "since": since,
        "mentions": f"{row.mentions:,}",
        "moments": f"{row.moments:,}",
        "detail": clean(row.detail),
    }


def _pain(row: Any) -> dict[str, object]:
    return {
        "reason": row.reason,
        "touchpoint": row.touchpoint,
        "people": int(row.people),
        "before": int(row.people_before),
        "trend": row.trend,
        "trend_told": _TRENDS[row.trend],
        "places": clean(row.places),
    }
