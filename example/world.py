"""The week as it stands at one moment: a clock, and what the platforms show by then.

The clock is set from outside (`world.now = ...`) and never moves by itself.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from example.codes import decoded
from example.outages import Outage, outage
from example.texts import Text, read_week

TIME_ZONE = ZoneInfo("Europe/Dublin")
DAYS = tuple(date(2026, 11, 2) + timedelta(days=day) for day in range(7))  # Monday to Sunday


def evening(day: date) -> datetime:
    """Return half past eleven at night in Dublin, when the example's day is judged, in UTC."""
    return datetime(day.year, day.month, day.day, 23, 30, tzinfo=TIME_ZONE).astimezone(UTC)


class World:
    """All texts of the week behind one clock, which starts at the week's last evening."""

    def __init__(self, texts: Iterable[Text] | None = None, now: datetime | None = None) -> None:
        self.texts = tuple(read_week() if texts is None else texts)
        self.now = now or evening(DAYS[-1])
        self._by_id = {text.id: text for text in self.texts}

    def shown(self, *channels: str) -> list[Text]:
        """Return what has appeared on these channels by now, in its present state, newest first.

        Deleted texts are among it: each platform has its own way of showing a gap. A channel
        that ends in "/" stands for all below it: "r/" is all of Reddit.
        """
        texts = [
            text.as_of(self.now)
            for text in self.texts
            if text.appears_at <= self.now and _on(text, channels)
        ]
        return sorted(texts, key=lambda text: (text.appears_at, text.id), reverse=True)

    def get(self, text_id: str) -> Text | None:
        """Return the text of this id in its present state, None where it has not appeared."""
        text = self._by_id.get(text_id)
        return text.as_of(self.now) if text and text.appears_at <= self.now else None

    def find(self, native_id: str) -> Text | None:
        """Return the text that a source calls `native_id`: its id, "<feed>#<id>", or a code."""
        own = native_id.rpartition("#")[2]
        return self.get(native_id) or self.get(own) or self.get(decoded(own))

    def outage(self, service: str) -> Outage | None:
        """Return what keeps the service from answering today, None on a good day."""
        return outage(service, self.now.astimezone(TIME_ZONE).date())


def _on(text: Text, channels: tuple[str, ...]) -> bool:
    return any(
        text.channel == channel
        or channel in text.also_in
        or (channel.endswith("/") and text.channel.startswith(channel))
        for channel in channels
    )
