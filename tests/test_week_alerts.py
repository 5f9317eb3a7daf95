"""The example week told day by day, to a care team, a front line and a manager, over real wires.

The salon's story becomes most urgent when it crosses into the press; the care team hears of it
when it opens, when it escalates and when the answer is form words.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from alerting import Receiver, receiver
from conftest import BRAND, prepare
from smtp_sink import Sink, smtp_sink

from data.ledger import Ledger
from example.reviews import write_reviews
from example.server import Running, serve
from example.world import DAYS, evening
from flows.watchlist import load

pytestmark = [
    pytest.mark.xdist_group("week_alerts"),
    pytest.mark.slow,
    pytest.mark.timeout(1200),  # seven runs of the monitor, on a machine that does other things too
]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
SALON = re.compile(r"salon|clippers|Finn|autistic", re.IGNORECASE)
ROUTES = """
[[routes]]
name = "care"
target = "env:WEEK_CARE"
kinds = ["escalation"]
min_priority = "P2"

[[routes]]
name = "front-line"
target = "env:WEEK_FRONT"
kinds = ["praise"]

[[routes]]
name = "manager"
target = "env:WEEK_MANAGER"
kinds = ["digest", "blind"]
"""


@dataclass
class Heard:
    """What each receiver got, per evening of the week."""

    folder: Path
    running: Running
    care: dict[date, list[str]]
    front: dict[date, list[str]]
    manager: dict[date, list[tuple[str, str]]]
    hooks: tuple[Receiver, Receiver, Sink]

    def of_the_salon(self, day: date) -> list[str]:
        """The entries of the care team's messages of an evening that tell of the salon."""
        entries = [entry for text in self.care[day] for entry in text.split("\n\n")]
        return [entry for entry in entries if "Story " in entry and self.salon in entry]

    @property
    def salon(self) -> str:
        """The salon's incident, as the care team first heard of it."""
        entries = [entry for text in self.care[TUESDAY] for entry in text.split("\n\n")]
        told = [entry for entry in entries if SALON.search(entry)]
        assert told, "the salon was told of on the day it happened"
        return re.findall(r"Story (\S+)", told[0])[0]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    folder = tmp_path_factory.mktemp("alerts")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        running = stack.enter_context(serve())
        care, front = stack.enter_context(receiver()), stack.enter_context(receiver())
        mails = stack.enter_context(smtp_sink())
        for name, url in (("CARE", care.url), ("FRONT", front.url), ("MANAGER", mails.url)):
            patch.setenv(f"WEEK_{name}", url)
        path = prepare(folder, running.base_url)
        path.write_text(path.read_text("utf-8") + ROUTES, encoding="utf-8")
        told = Heard(folder, running, {}, {}, {}, (care, front, mails))
        for day in DAYS:
            watch(told, day)
            told.care[day] = [body["message"] for body in care.bodies]
            told.front[day] = [body["message"] for body in front.bodies]
            told.manager[day] = [
                (mail["Subject"], mail.get_body(("plain",)).get_content()) for mail in mails.mails
            ]
            care.bodies.clear(), front.bodies.clear(), mails.mails.clear()
        yield told


def watch(heard: Heard, day: date) -> None:
    from flows.monitor import monitor

    heard.running.world.now = evening(day)
    write_reviews(heard.running.world, heard.folder / "reviews")
    monitor(str(heard.folder / "watchlist.toml"), BRAND, day, alert=True)


def test_the_salon_is_told_when_it_opens_escalates_and_is_answered_by_rote_and_not_between(
    heard: Heard,
) -> None:
    told = {day: [entry.splitlines()[0] for entry in heard.of_the_salon(day)] for day in DAYS}
    assert [len(told[day]) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)] == [
        0, 1, 1, 1, 0,
    ]  # fmt: skip
    assert ", new: " in told[TUESDAY][0]
    assert told[WEDNESDAY][0].startswith("P1, more urgent, now in the press: ")
    assert told[THURSDAY][0].startswith("P1, answered with form words: ")
    over = [line.split(":")[0] for line in told[SATURDAY] + told[SUNDAY]]
    assert over in ([], ["P1, resolved"]), "the manager's own words are good and no alert"


def test_an_evening_brings_the_care_team_one_message_at_most(heard: Heard) -> None:
    assert max(len(messages) for messages in heard.care.values()) == 1


def test_the_delight_goes_its_own_way(heard: Heard) -> None:
    assert any("Samuel" in text for text in heard.front[WEDNESDAY])
    assert any("now in the press" in text for text in heard.front[THURSDAY])
    assert not any("Samuel" in text for messages in heard.care.values() for text in messages)


def test_the_failed_source_is_named_in_every_summary_of_its_day(heard: Heard) -> None:
    for failed, source, told_on in (
        (THURSDAY, "port-ellery-courier", FRIDAY),
        (SATURDAY, "reddit", SUNDAY),
    ):
        summaries = [text for subject, text in heard.manager[told_on] if "exceptional" in subject]
        assert summaries
        assert all(f"Not seen in whole: {source}" in text for text in summaries)
        page = heard.folder / "tables" / failed.isoformat() / "foxglove" / "summary.md"
        assert source in page.read_text("utf-8")


def test_a_blind_source_is_told_when_it_is_blind_and_when_it_is_back(heard: Heard) -> None:
    blind = {
        day: [subject for subject, _ in heard.manager[day] if "seen" in subject] for day in DAYS
    }
    assert [len(blind[day]) for day in DAYS] == [0, 0, 0, 1, 1, 1, 1]
    assert blind[THURSDAY][0].startswith("Foxglove: port-ellery-courier not seen since Wed 4 Nov")
    assert blind[FRIDAY] == ["Foxglove: port-ellery-courier is seen again"]
    assert blind[SUNDAY] == ["Foxglove: reddit is seen again"]


def test_each_day_is_summed_up_once_and_mailed_as_html_and_text(heard: Heard) -> None:
    days = [
        [subject for subject, _ in heard.manager[day] if re.search(r"\d poor", subject)]
        for day in DAYS
    ]
    assert [len(subjects) for subjects in days] == [0, 1, 1, 1, 1, 1, 1]
    assert [subjects[0].split(":")[0] for subjects in days[1:]] == [
        f"Foxglove, {day:%a} {day.day} Nov" for day in DAYS[:-1]
    ]


def test_running_the_week_again_tells_nobody(heard: Heard) -> None:
    for day in (TUESDAY, SUNDAY, SUNDAY):
        watch(heard, day)
    care, front, mails = heard.hooks
    assert [care.bodies, front.bodies, mails.mails] == [[], [], []]


def test_all_messages_of_the_week_were_delivered(heard: Heard) -> None:
    from data import outbox

    watchlist = load(heard.folder / "watchlist.toml")
    with closing(Ledger.open(watchlist.ledger)) as ledger, ledger.transaction() as connection:
        assert outbox.waiting(connection) == []
