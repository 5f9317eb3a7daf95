"""What `moments status` knows of each source, incident, route, run, and of the ledger."""

from datetime import datetime

from pydantic import BaseModel

_USABLE = ("ok", "empty", "truncated")


class SourceHealth(BaseModel):
    """How a source is for a brand."""

    brand: str
    source: str
    outcome: str  # of the last asking; `not_asked` if there was none
    asked_at: datetime | None = None
    blind_since: datetime | None = None  # its last good answer, where the latest was not one
    detail: str = ""


class OpenIncident(BaseModel):
    """A poor story that waits for an answer."""

    brand: str
    story: str
    priority: str | None
    status: str
    opened_at: datetime
    due: datetime | None
    overdue: bool
    in_press: bool
    silent_until: datetime | None
    why: str


class WaitingMessages(BaseModel):
    """What a route has not taken yet."""

    brand: str
    route: str
    messages: int
    oldest: datetime
    attempts: int
    next_attempt_at: datetime
    last_error: str


class LastRun(BaseModel):
    """A brand's latest run."""

    brand: str
    started_at: datetime
    clock: datetime
    ended_at: datetime | None
    judged: int
    error: str


class Health(BaseModel):
    """All of it, as `--json` prints it."""

    at: datetime
    sources: list[SourceHealth]
    incidents: list[OpenIncident]
    waiting: list[WaitingMessages]
    delivered_in_7_days: int
    runs: list[LastRun]
    ledger_rows: dict[str, int]
    ledger_bytes: int

    @property
    def well(self) -> bool:
        """Every source is seen, no receiver refuses its messages, every last run ended well."""
        blind = any(source.outcome not in _USABLE for source in self.sources)
        refused = any(route.last_error for route in self.waiting)
        return not blind and not refused and not any(run.error for run in self.runs)
