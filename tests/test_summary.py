"""The manager's minute: what needs an answer and why, what to celebrate, what was not seen."""

from datetime import date
from pathlib import Path

import pytest
from labelled import told as told_of
from posts import DAY, asked, day_of, told, written

from data.dated_tables import (
    CONSISTENCY,
    COVERAGE,
    DAILY,
    DELIGHTS,
    ESCALATIONS,
    MOMENTS,
    PAIN_POINTS,
)
from example.world import DAYS

pytestmark = pytest.mark.xdist_group("labelled")  # the week is told once, on one worker
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS


def summary(day: date, folder: Path) -> str:
    return (written(told_of(day), folder) / "summary.md").read_text("utf-8")


def test_the_summary_says_what_needs_an_answer_and_what_was_not_seen(tmp_path: Path) -> None:
    hurt = {"text": "They shouted at my son.", "reason": "rude", "quote": "They shouted."}
    glad = {"verdict": "exceptional", "reason": "beyond", "person": "Dana"}
    day = day_of(told(hurt, glad), asked(("reddit", 9, "failed")), ["reddit", "echo"], DAY)
    text = (written(day, tmp_path) / "summary.md").read_text("utf-8")
    assert "2 mentions: 1 poor and 1 exceptional service moments." in text
    assert "- **P2** due Tue 20:00, 4 h overdue, frontstage: “They shouted.”" in text
    assert "Concerns a child." in text
    assert "- **Dana**: “Nobody came.”" in text
    assert "**reddit** failed at 09:00" in text
    assert "**echo** was not asked" in text


def test_the_most_urgent_story_is_the_first_line_with_its_why_owner_and_due_time(
    tmp_path: Path,
) -> None:
    first = summary(WEDNESDAY, tmp_path).split("## Needs an answer\n\n")[1].split("\n")[0]
    assert first.startswith("- **P1** ongoing, due Wed 13:30, 10 h overdue, frontstage: “")
    assert "in the press since 4 Nov 11:30" in first
    assert "(<https://" in first


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_is_read_in_a_minute_on_a_phone(day: date, tmp_path: Path) -> None:
    text = summary(day, tmp_path)
    assert len(text.split()) < 340
    assert text.count("\n- **P") <= 4


def test_the_day_is_told_against_what_is_usual(tmp_path: Path) -> None:
    friday = summary(FRIDAY, tmp_path)
    assert "- Posts: 5 poor, normally 9 to 20 on working days; 6 exceptional" in friday
    assert "- Posts: 4 poor, 6 exceptional; too few days seen" in summary(SATURDAY, tmp_path)


def test_the_delight_is_told_with_its_person(tmp_path: Path) -> None:
    assert "\n- **Samuel Okoro**: “" in summary(THURSDAY, tmp_path)


def test_what_was_answered_or_resolved_is_counted_and_not_urged(tmp_path: Path) -> None:
    text = summary(SUNDAY, tmp_path)
    assert "resolved" in text
    assert "**P1**" not in text


def test_a_quiet_day_says_so(tmp_path: Path) -> None:
    quiet = day_of(told({}).head(0), asked(("reddit", 9, "empty")), ["reddit"], DAY)
    text = (written(quiet, tmp_path) / "summary.md").read_text("utf-8")
    assert "0 mentions: 0 poor and 0 exceptional service moments." in text
    assert "Nothing new that is urgent." in text
    assert "Every source answered." in text


def test_the_days_files_are_as_declared_and_the_same_when_told_again(tmp_path: Path) -> None:
    folder = written(told_of(THURSDAY), tmp_path)
    for schema in (MOMENTS, ESCALATIONS, DELIGHTS, DAILY, CONSISTENCY, PAIN_POINTS, COVERAGE):
        head = (folder / f"{schema.name}.csv").read_text("utf-8-sig").split("\n")[0].strip()
        assert head == ",".join(schema.columns)
    told_of.cache_clear()
    again = written(told_of(THURSDAY), tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name
