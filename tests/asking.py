"""A route that is asked what is news to it, at one moment after the other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.news import settled, told
from analysis.notices import Asked, notice
from data.incident_records import Change, Incident, Notice, Route, Telling

DUBLIN = ZoneInfo("Europe/Dublin")
OPENED, ESCALATED, PRESS = Change.OPENED, Change.ESCALATED, Change.PRESS


class Receiver:
    """A route whose tellings are kept, asked at one moment after the other."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.tellings: dict[str, Telling] = {}
        self.sent: list[datetime] = []
        self.last: datetime | None = None

    def ask(
        self, at: datetime, *incidents: Incident, silenced: Sequence[str] = ()
    ) -> Notice | None:
        recent = [sent for sent in self.sent if at - sent < timedelta(hours=24)]
        asked = Asked(at, DUBLIN, silenced, recent, self.last)
        kind = incidents[0].kind
        found = notice(self.route, kind, incidents, self.tellings, asked)
        self.last = at
        for item in found.news if found else ():
            one = item.incident
            before = self.tellings.get(one.incident)
            self.tellings[one.incident] = told(one, before, self.route.name, at)
        for telling in settled(incidents, self.tellings):
            self.tellings[telling.incident] = telling
        if found:
            self.sent.append(at)
        return found

    def changes(self, at: datetime, *incidents: Incident) -> list[tuple[Change, ...]]:
        found = self.ask(at, *incidents)
        return [item.changes for item in found.news] if found else []
