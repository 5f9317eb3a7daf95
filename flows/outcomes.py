"""What a run did: what was seen, judged, told in tables, and told to people."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data.records import Coverage
from data.vocabulary import SEEN


@dataclass(frozen=True, slots=True)
class Told:
    """Which days were told again and which files that changed."""

    days: tuple[date, ...] = ()
    changed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one round: how many went out, and what each failing route said."""

    delivered: int = 0
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did: what could be seen, how much was judged, what was told, and to people."""

    brand: str
    coverage: tuple[Coverage, ...]
    judged: int
    told: Told
    sent: Sent = field(default_factory=Sent)

    @property
    def blind(self) -> tuple[Coverage, ...]:
        """The sources that did not bring all."""
        return tuple(seen for seen in self.coverage if seen.outcome not in SEEN)
