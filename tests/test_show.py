"""`moments show`: a day on the terminal."""

import io
from contextlib import closing
from pathlib import Path

import hostile
import pytest
from alerting import HOUR, NOON, keep, with_routes
from conftest import BRAND, Week
from labelled import told as labelled
from pages_of import FRIDAY
from posts import DAY, KEY, asked, day_of, told
from rich.console import Console

from data.ledger import Ledger
from example.world import DAYS
from flows.exits import UsageError
from flows.showing import show_days
from reports.brief import brief
from reports.dated import Day, shown_of
from reports.page import stories_of
from reports.page.sources import sources
from reports.terminal import on_terminal


def seen(day: Day, width: int = 100) -> str:
    """What a terminal of this width shows."""
    out = Console(file=io.StringIO(), width=width, force_terminal=False)
    seen = shown_of(day, KEY)
    out.print(on_terminal(brief(seen, stories_of(seen)), sources(day.coverage)))
    return str(out.file.getvalue())  # type: ignore[attr-defined]


def test_it_tells_the_day_against_normal_the_stories_and_what_was_seen() -> None:
    told_there = seen(labelled(FRIDAY))
    for words in (
        "Friday 6 November 2026",
        "10 poor and 12 exceptional moments in 32 mentions.",
        "normally 9 to 20",
        "P1",
        "Samuel Okoro",
        "●  reddit",
    ):
        assert words in told_there


def test_a_source_that_was_not_seen_says_why() -> None:
    log = asked(("reddit", 9, "failed"))
    assert "○  reddit  1 mention, 1 moment  failed (09:00): failed" in seen(
        day_of(told({}), log, ["reddit"], DAY)
    )


def test_while_the_day_goes_on_only_what_is_due_already_is_overdue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = with_routes(tmp_path)
    with closing(Ledger.open(watched.ledger)) as ledger:
        text = "The Foxglove clerk was rude to my daughter, an autistic child, and she cried."
        keep(ledger, [{"text": text}])
    told_there = {}
    for clock in (NOON, NOON + 36 * HOUR):
        monkeypatch.setattr("flows.showing.wall_clock", lambda clock=clock: clock)
        out = Console(record=True, width=100)
        show_days(tmp_path / "watchlist.toml", None, NOON.date(), out)
        told_there[clock] = out.export_text()
    assert "Due Tue 3 Nov" in told_there[NOON]
    assert "overdue" not in told_there[NOON]
    assert "overdue" in told_there[NOON + 36 * HOUR]


def test_it_fits_a_narrow_terminal() -> None:
    assert max(map(len, seen(labelled(FRIDAY), width=60).splitlines())) <= 60


@pytest.mark.slow
def test_strangers_words_neither_colour_nor_move_the_terminal() -> None:
    day = day_of(told(*hostile.posts()), asked(("reddit", 9, "ok")), ["reddit"], DAY)
    assert not set(seen(day)) & set("\x1b\x07\x00\x9b\u202e\u2066")


@pytest.mark.slow
@pytest.mark.xdist_group("week")
def test_without_a_date_it_is_the_last_day_told(week: Week) -> None:
    out = Console(file=io.StringIO(), width=100)
    show_days(week.watchlist, BRAND, None, out)
    assert f"{DAYS[-1]:%A} {DAYS[-1].day}" in out.file.getvalue()  # type: ignore[attr-defined]


def test_before_the_first_run_it_says_what_to_do(tmp_path: Path) -> None:
    text = 'ledger = "l.sqlite"\ntables = "t"\n[[brands]]\nname = "X"\n[[sources]]\nname = "n"\n'
    (tmp_path / "w.toml").write_text(text + 'kind = "feed"\nurl = "https://example.org/f"\n')
    with pytest.raises(UsageError, match="No day of X is told yet"):
        show_days(tmp_path / "w.toml", None, None, Console(file=io.StringIO()))
