"""The page of one brand's day."""

import json

from data.vocabulary import Dimension, Spike, Verdict
from reports.locales import day_name
from reports.page.document import document
from reports.page.heat import heat
from reports.page.over_time import weeks
from reports.page.pains import pains
from reports.page.places import places
from reports.page.rows import rows
from reports.page.shown import OPEN, URGENT, Shown
from reports.page.sources import sources, unseen
from reports.page.stories import Stories
from reports.page.today import groups, headline
from reports.page.words import clean


def page(shown: Shown, stories: Stories) -> bytes:
    """`report.html`: one file that loads nothing and reads well without JavaScript.

    The same frames give the same bytes.
    """
    told, more = rows(shown)
    return document(
        "day.html",
        styles=("base.css", "page.css"),
        script="page.js",
        brand=clean(shown.brand),
        day=shown.day.isoformat(),
        day_name=day_name(shown.day),
        zone=str(shown.zone),
        facts=json.dumps(_facts(shown), sort_keys=True),
        headline=headline(shown),
        unseen=unseen(shown.coverage),
        groups=groups(shown.daily),
        needs=stories.needs,
        delights=stories.delights,
        weeks=weeks(shown.over_time),
        heat=heat(shown.moments),
        pains=pains(shown.pain_points),
        places=places(shown.consistency),
        rows=told,
        more=more,
        sources=sources(shown.coverage),
    )


def _facts(shown: Shown) -> dict[str, object]:
    """What the index tells of this day, read back from the page's head."""
    whole = shown.daily[shown.daily["dimension"] == Dimension.ALL]
    open_ = shown.escalated[shown.escalated["status"].isin(OPEN)]
    return {
        "brand": clean(shown.brand),
        "day": shown.day.isoformat(),
        "mentions": int(whole["mentions"].sum()),
        "poor": int(shown.moments["verdict"].eq(Verdict.POOR).sum()),
        "exceptional": int(shown.moments["verdict"].eq(Verdict.EXCEPTIONAL).sum()),
        "spike": bool(whole["spike"].isin([Spike.POOR, Spike.BOTH]).any()),
        "urgent": int(open_["priority"].isin(URGENT).sum()),
        "unseen": [source.name for source in unseen(shown.coverage)],
    }
