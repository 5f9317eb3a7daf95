"""How everything is, as lines for a terminal."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.health import Health, LastRun, OpenIncident, SourceHealth, WaitingMessages
from flows.watchlist import Watchlist
from reports.locales import count, number
from reports.page.words import clean
from reports.wording import local, reasons

_SHOWN = 20  # open incidents; the day's escalations.csv has all
_MEGABYTE = 1_000_000


def lines(health: Health, watchlist: Watchlist) -> Iterator[str]:
    """A heading and a line per thing, times in each brand's own zone."""
    zones = {brand.name: watchlist.zone(brand) for brand in watchlist.brands}
    yield "Sources"
    for source in health.sources:
        yield f"  {source.brand}, {source.source}: {_source(source, zones[source.brand])}"
    yield f"Open incidents: {number(len(health.incidents))}"
    for incident in health.incidents[:_SHOWN]:
        yield f"  {incident.brand}, {_incident(incident, zones[incident.brand])}"
    if len(health.incidents) > _SHOWN:
        yield f"  and {number(len(health.incidents) - _SHOWN)} less urgent"
    yield f"Outbox: {count(health.delivered_in_7_days, 'message')} delivered in 7 days"
    for route in health.waiting:
        gone = "" if route.route in {one.name for one in watchlist.routes} else _GONE
        yield f"  {route.brand}, {_route(route, health.at)}{gone}"
    yield "Last runs"
    for run in health.runs:
        yield f"  {run.brand}: {_run(run, zones[run.brand])}"
    if not health.runs:
        yield "  none yet; `moments run` makes the first"
    posts = count(health.ledger_rows["posts"], "post")
    yield f"Ledger: {posts}, {number(health.ledger_bytes / _MEGABYTE, 1)} MB"


_GONE = " (the watchlist has no such route any more)"


def _source(source: SourceHealth, zone: ZoneInfo) -> str:
    if source.asked_at is None:
        return "never asked in 30 days"
    told = f"{source.outcome} at {local(source.asked_at, zone)}"
    if source.blind_since is not None:
        told += f", not seen since {local(source.blind_since, zone)}: {clean(source.detail)}"
    return told


def _incident(incident: OpenIncident, zone: ZoneInfo) -> str:
    due = f", due {local(incident.due, zone)}" if incident.due else ""
    late = " (overdue)" if incident.overdue else ""
    until = incident.silent_until
    silent = f", silent until {local(until, zone)}" if until else ""
    return (
        f"{incident.priority} {incident.story}, {incident.status}{due}{late}{silent}: "
        f"{clean(reasons(incident.why))}"
    )


def _route(route: WaitingMessages, now: datetime) -> str:
    waits = f"{route.route}: {count(route.messages, 'message waits', 'messages wait')}"
    if not route.last_error:
        return f"{waits}, not tried yet" if not route.attempts else waits
    minutes = max(0, round((route.next_attempt_at - now).total_seconds() / 60))
    tried = count(route.attempts, "attempt")
    return f"{waits}, {tried}, next in {count(minutes, 'minute')}: {route.last_error}"


def _run(run: LastRun, zone: ZoneInfo) -> str:
    began = f"began {local(run.started_at, zone)}"
    if run.ended_at is None:
        return f"{began} and has not ended; it goes on, or was killed"
    if run.error:
        return f"{began} and failed: {run.error}"
    seconds = (run.ended_at - run.started_at).total_seconds()
    return f"{began}, took {number(seconds)} s, {count(run.judged, 'text')} judged"
