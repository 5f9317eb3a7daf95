"""The monitor: collect, judge, tell, alert, for one brand. A page to read aloud.

What judges, tells and alerts is imported when there is something to: the imports were a third of
what a run cost that finds nothing new.
"""

import logging
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, wait

from data.ledger import Ledger
from data.records import Coverage, Query
from flows.artifacts import Progress, publish
from flows.collect import collect, query_for
from flows.days import bounds
from flows.outcomes import Run, Sent, Told
from flows.run_log import logged
from flows.watchlist import WatchedBrand, Watchlist, load
from sources.errors import SourceError, Unreachable

logger = logging.getLogger(__name__)


def _is_network_fault(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
    """Only what may pass by itself is tried again; a refusal would only be repeated."""
    try:
        state.result()
    except Unreachable:
        return True
    except Exception:  # any other failure is told as it is
        return False
    return False


@task(
    retries=2,
    retry_delay_seconds=[2, 8],
    retry_jitter_factor=0.5,
    retry_condition_fn=_is_network_fault,
    cache_policy=NO_CACHE,
    task_run_name="collect {entry.name}",
)
def collect_source(entry: Any, query: Query, ledger: Ledger, wall_clock: datetime) -> Coverage:
    """Ask one source."""
    return collect(entry, query, ledger, wall_clock)


@task(cache_policy=NO_CACHE)
def judge_posts(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger) -> int:
    """Judge what is new."""
    if ledger.is_judged(brand.name, brand.version()):
        return 0
    from flows.appointing import judge_of
    from flows.judging import judge_new

    return judge_new(brand, ledger, watchlist.told_beside(brand), judge_of(watchlist.judge))


@task(cache_policy=NO_CACHE)
def tell_days(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> Told:
    """Write the days that changed."""
    if ledger.untold_since(brand.name) is None:
        return Told()
    from flows.tell import tell

    return tell(watchlist, brand, ledger, now)


@task(cache_policy=NO_CACHE)
def alert_people(watchlist: Watchlist, brand: WatchedBrand, ledger: Ledger, now: datetime) -> Sent:
    """Tell the watchlist's routes what is new."""
    from flows.messaging import tell_people

    return tell_people(watchlist, brand, ledger, now)


@flow(name="monitor", flow_run_name="{brand}", validate_parameters=False)
def monitor(
    watchlist: str, brand: str, as_of: date | None = None, alert: bool | None = None
) -> Run:
    """Watch one brand: ask its sources, judge what is new, tell the days that changed, alert.

    `watchlist` is a file's path, `as_of` a local day of the brand's: the run's clock then stands
    at that day's end (or now, if that is earlier). Such a run alerts nobody unless `alert` says
    so. Everything is kept in the ledger and the tables; nothing depends on Prefect's own state.

    Raises `WatchlistError` and `LedgerError`; a source that fails fails alone and is in the
    coverage of the `Run`.
    """
    watched = load(Path(watchlist))
    who = watched.brand(brand)
    wall_clock = datetime.now(UTC)
    now = clock(wall_clock, as_of, watched, who)
    progress = Progress(who.name)
    with (
        closing(Ledger.open(watched.ledger)) as ledger,
        ledger.hold(who.name),
        logged(ledger, who.name, wall_clock, now) as log,
    ):
        covered = _collect_all(watched, who, ledger, now, wall_clock)
        log.judged = judge_posts(watched, who, ledger)
        told = tell_days(watched, who, ledger, now)
        alerting = as_of is None if alert is None else alert
        sent = alert_people(watched, who, ledger, now) if alerting else Sent()
        ledger.forget_pages(now - timedelta(days=watched.raw_pages_days))
    run = Run(who.name, covered, log.judged, told, sent)
    progress.reached(100, "Done")
    publish(run, watched, now.astimezone(watched.zone(who)).date())
    return run


def clock(
    wall_clock: datetime, as_of: date | None, watchlist: Watchlist, brand: WatchedBrand
) -> datetime:
    """The run's clock: the wall's, or the end of an earlier day."""
    if as_of is None:
        return wall_clock
    _, end = bounds(as_of, watchlist.zone(brand))
    return min(wall_clock, end - timedelta(seconds=1))


def _collect_all(
    watchlist: Watchlist,
    brand: WatchedBrand,
    ledger: Ledger,
    now: datetime,
    wall_clock: datetime,
) -> tuple[Coverage, ...]:
    query = query_for(brand, ledger, now)
    asked = [
        (entry.name, collect_source.submit(entry, query, ledger, wall_clock))
        for entry in watchlist.sources_of(brand)
    ]
    wait([future for _, future in asked])
    return tuple(_coverage(name, future, ledger, query) for name, future in asked)


def _coverage(name: str, future: PrefectFuture[Coverage], ledger: Ledger, query: Query) -> Coverage:
    """What came of a source's task; only the ledger's own failure ends the run."""
    try:
        return future.result()
    except SourceError as error:
        return Coverage(query.brand, name, query.now, error.outcome, detail=str(error))
