"""Asking one source for one brand, page by page, each page safe in the ledger before the next."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from data.ledger import Ledger
from data.records import Coverage, Post, Query, RawPage
from data.vocabulary import Kind, Outcome, worst
from flows.watchlist import WatchedBrand, open_source
from sources.errors import SourceError

LOOK_BACK = timedelta(days=30)  # nothing older is asked for: a month of a listing is its usual end
KNOWN_AGE = timedelta(days=7)  # a post is answered, edited or taken back within days, or rarely
KNOWN = 500  # Reddit tells of a hundred in one of its 100 requests a minute
FRESH = 100  # threads read of what was just found, each a request; the rest is known next time

_LISTED = 1_000  # a listing holds no more

logger = logging.getLogger(__name__)


def query_for(brand: WatchedBrand, ledger: Ledger, now: datetime) -> Query:
    """What sources are asked about a brand in this run."""
    record = brand.record()
    known = ledger.known(brand.name, now - KNOWN_AGE, now, KNOWN)
    terms = (brand.name, *record.aliases)
    return Query(brand.name, terms, now - LOOK_BACK, now, known, partial(_fresh, brand, ledger))


def _fresh(brand: WatchedBrand, ledger: Ledger) -> tuple[str, ...]:
    """Native ids of the newest posts that wait for their judgement and are about the brand."""
    if ledger.is_judged(brand.name, brand.version()):
        return ()
    from flows.judging import judge_stored  # with the judge, which a run needs that found something

    waiting = ledger.unjudged(brand.name, brand.version())
    posts = waiting[waiting["kind"].eq(Kind.POST)].nlargest(_LISTED, "dated_at")
    if posts.empty:
        return ()
    about = judge_stored(posts, brand.record(), ledger)["mention"]
    return tuple(posts.loc[about, "native_id"].head(FRESH))


def collect(entry: Any, query: Query, ledger: Ledger, wall_clock: datetime) -> Coverage:
    """Bring what the source has into the ledger; what came of it, which is in the ledger too.

    Raises the `SourceError` that ended the walk, after its coverage is stored.
    """
    seen = Coverage(query.brand, entry.name, query.now, Outcome.EMPTY)
    before = ledger.cursor(query.brand, entry.name)
    try:
        source = open_source(entry)
        for page in source.fetch(query, before):
            posts = source.parse(page)
            visible = [post for post in posts if not _comes_later(post, query.now, wall_clock)]
            if len(visible) < len(posts):
                page = replace(page, cursor=before or "")  # so that a later run finds the rest
            seen = _after(seen, page, len(visible))
            ledger.record(page, visible, seen)
    except SourceError as error:
        seen = replace(seen, outcome=error.outcome, detail=str(error))
        ledger.record_coverage(seen)
        raise
    if not seen.pages:
        ledger.record_coverage(seen)
    logger.info("%s for %s: %s, %d posts", seen.source, seen.brand, seen.outcome, seen.posts)
    return seen


def _comes_later(post: Post, now: datetime, wall_clock: datetime) -> bool:
    """Published after the run's clock but not in the future: an earlier day is being run again."""
    return post.published_at is not None and now < post.published_at <= wall_clock


def _after(seen: Coverage, page: RawPage, posts: int) -> Coverage:
    outcomes = [page.outcome] if seen.pages == 0 else [seen.outcome, page.outcome]
    return replace(
        seen,
        outcome=Outcome(worst(outcomes)),
        pages=seen.pages + 1,
        posts=seen.posts + posts,
        detail=page.detail or seen.detail,
    )
