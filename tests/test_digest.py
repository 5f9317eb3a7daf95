"""The manager's summary: read in a minute, honest about what was not seen, sent once."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from alerting import HOUR, NOON, Receiver, keep, receiver, story, with_routes
from labelled import told
from rich.console import Console

from data import incidents
from data.incident_records import MessageKind
from data.ledger import Ledger
from data.records import Coverage
from data.vocabulary import Outcome, Priority
from example.world import DAYS
from flows.digest_now import show_digests
from flows.digesting import DAILY, WEEKLY, Digest, compose, due
from flows.exits import UsageError
from flows.messaging import tell_people, tell_what_waited
from flows.watchlist import Watchlist
from reports.digest import daily_letter, weekly_letter
from reports.letters import TEXT, Letter, as_html, as_text
from reports.links import link
from reports.wording import Setting

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
DUBLIN = ZoneInfo("Europe/Dublin")
MINUTE_OF_READING = 260  # words; most people read some 230 to 250 a minute
SALON = story(
    priority=Priority.P1, in_press=True, due=NOON - HOUR, quote="That is not my problem.",
    why="concerns a child and a disability; in the press since 2026-11-04 11:30",
)  # fmt: skip


def letter_of(day: date, *waiting: object, silenced: tuple[str, ...] = ()) -> Letter:
    setting = Setting("Foxglove", datetime(2026, 11, 9, 7, tzinfo=UTC), DUBLIN)
    return daily_letter(told(day), list(waiting), silenced, setting)


def sections(letter: Letter) -> dict[str, list[str]]:
    return {one.heading: [entry.headline for entry in one.entries] for one in letter.sections}


def test_the_mail_shows_the_days_behind_it_and_says_them_where_pictures_are_not_shown() -> None:
    html = as_html(letter_of(SATURDAY), "id")
    assert html.count('src="data:image/png;base64,') == 1
    alt = "2 Nov to 7 Nov. The last day: 4 poor, 6 exceptional. Most poor on Tue 3 Nov: 16."
    assert alt in html
    words = " ".join(re.sub("<[^>]*>", " ", html[html.index("Posts day by day") :]).split())
    assert "Tue 3 Nov: ▼ 16 poor △ 4 exceptional Wed 4 Nov:" in words
    assert "Sat 7 Nov: ▼ 4 poor △ 6 exceptional (not seen in whole)" in words


def test_the_mails_styles_stand_at_each_element_and_it_is_dark_where_the_screen_is() -> None:
    html = as_html(letter_of(SATURDAY), "id")
    assert '<h2 style="' in html
    assert html.count("@media (prefers-color-scheme: dark)") == 1
    assert 'class="closing" style=' in html


def test_it_leads_to_the_page_where_the_pages_are_served() -> None:
    setting = Setting("Foxglove", NOON, DUBLIN, "https://intranet.example/moments/")
    letter = daily_letter(told(FRIDAY), [], (), setting)
    assert letter.sections[-1].entries[-1].link == (
        "https://intranet.example/moments/2026-11-06/foxglove/report.html"
    )
    assert "report.html" not in as_text(letter_of(FRIDAY))


# -- what it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS, ids=lambda day: f"{day:%a}")
def test_it_is_read_in_a_minute(day: date) -> None:
    text = as_text(letter_of(day, SALON, *[story(f"2026-11-03-{n:04x}") for n in range(9)]))
    words = [word for word in text.split() if not word.startswith("http")]
    assert len(words) <= MINUTE_OF_READING
    assert len(text) <= TEXT
    assert "did not fit" not in text


@pytest.mark.parametrize(
    ("day", "source", "outcome"),
    [(THURSDAY, "port-ellery-courier", "failed"), (SATURDAY, "reddit", "throttled")],
)
def test_the_source_that_failed_is_named_first(day: date, source: str, outcome: str) -> None:
    opening = letter_of(day).opening[0]
    assert opening.startswith(f"Not seen in whole: {source} {outcome} at 23:30")
    assert "missing here" in opening


def test_a_day_on_which_all_was_seen_says_so() -> None:
    assert letter_of(TUESDAY).opening[0] == "Every source was seen."


def test_counts_are_told_per_group_and_against_what_is_usual() -> None:
    lines = letter_of(THURSDAY).opening[1:-1]
    assert [line.split(":")[0] for line in lines] == [
        "Posts", "Reviews", "Press", "What is usual is not known",
    ]  # fmt: skip


def test_stories_are_counted_by_how_they_stand() -> None:
    assert letter_of(TUESDAY).opening[-1].startswith("Poor stories: ")
    assert "new" in letter_of(TUESDAY).opening[-1]


def test_what_needs_an_answer_is_told_most_urgent_first_with_owner_and_due() -> None:
    letter = letter_of(WEDNESDAY, story("2026-11-03-bbbb"), SALON)
    needs = letter.sections[0]
    assert needs.heading == "Needs an answer now"
    assert [entry.headline[:2] for entry in needs.entries] == ["P1", "P2"]
    assert needs.entries[0].lines[0].startswith("By frontstage, was due Tue 3 Nov 11:00.")
    assert letter.subject.startswith("Foxglove, Wed 4 Nov: 2 urgent, ")


def test_more_than_three_are_counted_and_the_silenced_are_told_as_such() -> None:
    waiting = [story(f"2026-11-03-{n:04x}") for n in range(6)]
    needs = letter_of(WEDNESDAY, *waiting, silenced=("2026-11-03-0000",)).sections[0]
    assert [entry.headline for entry in needs.entries][3] == "And 2 P2, 1 silenced."


def test_three_different_stories_are_quoted_with_links() -> None:
    quotes = next(s for s in letter_of(THURSDAY).sections if s.heading == "In their words")
    assert len(quotes.entries) == 3
    assert len({entry.quote for entry in quotes.entries}) == 3
    assert all(entry.link == link(entry.link) != "" for entry in quotes.entries)


def test_one_delight_is_told_with_who_did_it() -> None:
    delight = sections(letter_of(THURSDAY))["To celebrate"]
    assert len(delight) == 1
    assert delight[0].startswith("Samuel")


def test_what_crossed_into_the_press_is_told_on_that_day_only() -> None:
    crossed = {day: sections(letter_of(day)).get("Crossed into the press", []) for day in DAYS}
    assert any("Treated" in line for line in crossed[WEDNESDAY]), "the salon"
    assert any("More than was asked" in line for line in crossed[THURSDAY]), "the tie"
    assert not crossed[MONDAY]


def test_a_week_is_told_with_what_hurts_most_and_each_blind_day() -> None:
    setting = Setting("Foxglove", datetime(2026, 11, 9, 7, tzinfo=UTC), DUBLIN)
    letter = weekly_letter([told(day) for day in DAYS], [SALON], (), setting)
    assert "port-ellery-courier failed at 23:30 (Thu)" in letter.opening[0]
    assert "reddit throttled at 23:30 (Sat)" in letter.opening[0]
    assert len(sections(letter)["What hurts most"]) == 3
    assert letter.subject.startswith("Foxglove, week to Sun 8 Nov: 1 urgent, ")
    assert "did not fit" not in as_text(letter)


# -- when it is sent ------------------------------------------------------------------------------


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    with receiver() as running:
        monkeypatch.setenv("TEST_ROUTE_BOSS", running.url)
        yield running


@pytest.fixture
def watchlist(tmp_path: Path) -> Watchlist:
    return with_routes(tmp_path, boss='kinds = ["digest"]')


def local(day: int, hour: int, minute: int = 0, zone: ZoneInfo = DUBLIN) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "day"),
    [(local(4, 6, 59), 2), (local(4, 7), 3), (local(4, 23, 59), 3), (local(5, 0, 0), 3)],
)
def test_at_its_hour_the_day_before_is_due(watchlist: Watchlist, now: datetime, day: int) -> None:
    assert next(iter(due(watchlist, watchlist.brands[0], now))) == Digest(
        DAILY, date(2026, 11, day)
    )


@pytest.mark.parametrize(
    ("now", "last"), [(local(9, 6, 59), date(2026, 11, 1)), (local(9, 7), date(2026, 11, 8))]
)
def test_on_its_weekday_the_week_before_is_due(
    watchlist: Watchlist, now: datetime, last: date
) -> None:
    digest = list(due(watchlist, watchlist.brands[0], now))[1]
    assert digest == Digest(WEEKLY, last)
    assert (digest.days[0], digest.days[-1]) == (last - timedelta(days=6), last)


def test_the_hour_is_that_of_the_brands_zone(watchlist: Watchlist) -> None:
    there = watchlist.brands[0].model_copy(update={"time_zone": "Pacific/Auckland"})
    now = local(4, 7, zone=ZoneInfo("Pacific/Auckland"))
    assert next(iter(due(watchlist, there, now))).last_day == date(2026, 11, 3)
    earlier = next(iter(due(watchlist, there, now - timedelta(minutes=1))))
    assert earlier.last_day == date(2026, 11, 2)


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2026, 3, 29)])
def test_where_clocks_change_there_is_one_summary_a_day(watchlist: Watchlist, day: date) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1)
    moments = (start + n * timedelta(minutes=15) for n in range(4 * 72))
    told_of = [next(iter(due(watchlist, watchlist.brands[0], moment))) for moment in moments]
    assert len(set(told_of)) == 4
    assert told_of == sorted(told_of, key=lambda digest: digest.last_day)


def opened(watchlist: Watchlist) -> Ledger:
    ledger = Ledger.open(watchlist.ledger)
    keep(ledger, [{"text": "The woman at the Foxglove desk was rude to my mother.", "score": 80}])
    return ledger


def test_it_is_sent_once_whatever_restarts(watchlist: Watchlist, hook: Receiver) -> None:
    with closing(opened(watchlist)) as ledger:
        tell_people(watchlist, watchlist.brands[0], ledger, NOON)
    for minute in range(0, 180, 20):
        with closing(Ledger.open(watchlist.ledger)) as ledger:
            now = local(4, 6) + timedelta(minutes=minute)
            tell_what_waited(watchlist, watchlist.brands[0], ledger, now)
    assert [body["title"].split(":")[0] for body in hook.bodies] == ["Foxglove, Tue 3 Nov"]


def test_before_the_first_run_there_is_nothing_to_sum_up(
    watchlist: Watchlist, hook: Receiver
) -> None:
    with closing(opened(watchlist)) as ledger:
        tell_people(watchlist, watchlist.brands[0], ledger, NOON + HOUR)
    assert not hook.bodies, "Monday was not watched"


def test_a_day_without_a_run_is_summed_up_as_not_asked(
    watchlist: Watchlist, hook: Receiver
) -> None:
    with closing(opened(watchlist)) as ledger:
        tell_people(watchlist, watchlist.brands[0], ledger, NOON)
        tell_what_waited(watchlist, watchlist.brands[0], ledger, local(6, 8))
    assert "reddit was not asked" in hook.bodies[-1]["message"]
    assert "What it held is missing here" in hook.bodies[-1]["message"]


def test_a_source_that_failed_all_day_is_not_told_as_no_mentions(
    watchlist: Watchlist, hook: Receiver
) -> None:
    with closing(opened(watchlist)) as ledger:
        failing = Coverage("Foxglove", "reddit", NOON + 24 * HOUR, Outcome.FAILED, detail="503")
        tell_people(watchlist, watchlist.brands[0], ledger, NOON)
        ledger.record_coverage(failing)
        tell_what_waited(watchlist, watchlist.brands[0], ledger, local(5, 8))
    assert hook.bodies[-1]["message"].startswith("Not seen in whole: reddit failed at 12:00")


# -- moments digest -------------------------------------------------------------------------------


def show(watchlist: Watchlist, folder: Path, send: bool) -> str:
    out = Console(record=True, width=200)
    show_digests(folder / "watchlist.toml", None, False, TUESDAY, send, out)
    return out.export_text()


def test_the_command_prints_it_and_sends_nothing(
    watchlist: Watchlist, tmp_path: Path, hook: Receiver
) -> None:
    opened(watchlist).close()
    assert "Foxglove, Tue 3 Nov: " in show(watchlist, tmp_path, send=False)
    assert not hook.bodies


def test_on_the_terminal_nothing_is_left_out_for_want_of_room(
    watchlist: Watchlist, tmp_path: Path
) -> None:
    told_of = {
        "north": "The clerk at Foxglove was rude about my pram.",
        "south": "Nobody at the Foxglove cafe would clean our table.",
        "quays": "A Foxglove driver threw the parcel over our fence and laughed.",
    }
    posts = [
        {"id": f"t3_{where * 50}", "text": text, "outlet": f"r/{where}"}
        for where, text in told_of.items()
    ]
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        keep(ledger, posts)
        tell_people(watchlist, watchlist.brands[0], ledger, NOON)
    told_there = show(watchlist, tmp_path, send=False)
    assert len(told_there) > TEXT
    assert "did not fit" not in told_there


def test_the_command_sends_it_once(watchlist: Watchlist, tmp_path: Path, hook: Receiver) -> None:
    opened(watchlist).close()
    assert "1 message delivered" in show(watchlist, tmp_path, send=True)
    assert "was sent before" in show(watchlist, tmp_path, send=True)
    assert len(hook.bodies) == 1


def test_the_command_says_where_no_route_takes_it(tmp_path: Path) -> None:
    watchlist = with_routes(tmp_path)
    opened(watchlist).close()
    with pytest.raises(UsageError, match="No route takes the summaries of Foxglove"):
        show(watchlist, tmp_path, send=True)


def test_the_latest_tells_what_waits_now_and_an_earlier_one_what_waited_then(
    watchlist: Watchlist,
) -> None:
    brand = watchlist.brands[0]
    with closing(opened(watchlist)) as ledger:
        tell_people(watchlist, brand, ledger, NOON)
        new = {"id": "t3_9", "text": "Nobody at Foxglove looked up.", "at": local(4, 9)}
        keep(ledger, [new], seen_at=local(4, 10))
        tell_people(watchlist, brand, ledger, local(4, 12))
        tuesdays = Digest(DAILY, TUESDAY)
        latest = compose(watchlist, brand, ledger, tuesdays, local(4, 23))
        earlier = compose(watchlist, brand, ledger, tuesdays, local(6, 13))
    assert len(sections(latest)["Needs an answer now"]) == 2
    assert len(sections(earlier)["Needed an answer when Tue 3 Nov ended"]) == 1


def test_a_silence_made_later_hides_nothing_that_waited_then(watchlist: Watchlist) -> None:
    brand = watchlist.brands[0]
    with closing(opened(watchlist)) as ledger:
        tell_people(watchlist, brand, ledger, NOON)
        with ledger.transaction() as connection:
            (one,) = incidents.incidents_of(connection, brand.name, NOON, MessageKind.ESCALATION)
            incidents.silence(connection, brand.name, one.incident, local(20, 0), local(5, 9))
        earlier = compose(watchlist, brand, ledger, Digest(DAILY, TUESDAY), local(6, 13))
        latest = compose(watchlist, brand, ledger, Digest(DAILY, THURSDAY), local(6, 13))
    assert sections(earlier)["Needed an answer when Tue 3 Nov ended"][0].startswith("P4 ")
    assert sections(latest)["Needs an answer now"] == ["And 1 silenced."]


def test_a_week_of_nothing_is_a_letter_too(watchlist: Watchlist) -> None:
    setting = Setting("Foxglove", NOON, DUBLIN)
    empty = told(MONDAY)
    nothing = replace(
        empty, told=empty.told.iloc[:0], shared=empty.shared.iloc[:0],
        escalated=empty.escalated.iloc[:0], pain_points=empty.pain_points.iloc[:0],
        daily=empty.daily.iloc[:0],
    )  # fmt: skip
    letter = daily_letter(nothing, [], (), setting)
    assert letter.subject == "Foxglove, Mon 2 Nov: nothing urgent, 0 poor, 0 exceptional"
    assert letter.opening == (
        "Every source was seen.", "Nothing was said that we saw.", "Poor stories: none.",
    )  # fmt: skip
    assert as_text(weekly_letter([nothing] * 7, [], (), setting))
