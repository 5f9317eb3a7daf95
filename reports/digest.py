"""The manager's summaries, read in a minute on a phone: of a day, and of seven.

First what could not be seen, since all else is to be read in its light; then what differs from
usual, what needs an answer and by whom, what people said, and something to celebrate.
"""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from data.incident_records import Incident, MessageKind
from data.vocabulary import Priority, Verdict
from reports.dated import Day
from reports.digest_lines import against_usual, statuses, unseen
from reports.digest_sections import (
    crossed_into_press,
    in_their_words,
    needs,
    on_the_page,
    pains,
    to_celebrate,
)
from reports.letters import Letter
from reports.locales import day_of_week, number
from reports.picture import Bar, Chart
from reports.wording import Setting, capital

_CHARTED = 14  # days


def daily_letter(
    day: Day, open_now: Sequence[Incident], silenced: Collection[str], told: Setting
) -> Letter:
    """One day's summary; `open_now` are the brand's poor stories that wait for an answer."""
    counts = day.told["verdict"].value_counts()
    poor, fine = (int(counts.get(verdict, 0)) for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL))
    waiting = _waiting(open_now, silenced)
    return Letter(
        f"{told.brand}, {day_of_week(day.day)}: {_need(waiting, poor, fine)}",
        (*unseen([day]), *against_usual(day), statuses(day.escalated)),
        tuple(
            section
            for section in (
                needs(waiting, len(open_now) - len(waiting), told),
                crossed_into_press([day]),
                in_their_words([day]),
                to_celebrate([day]),
                on_the_page(day, told),
            )
            if section.entries
        ),
        (f"The tables and the page are in the folder {day.day}.",),
        weeks_chart(day),
    )


def weekly_letter(
    days: Sequence[Day], open_now: Sequence[Incident], silenced: Collection[str], told: Setting
) -> Letter:
    """Seven days' summary, the last day last."""
    verdicts = pd.concat([day.told["verdict"] for day in days]).value_counts()
    poor, fine = (int(verdicts.get(verdict, 0)) for verdict in (Verdict.POOR, Verdict.EXCEPTIONAL))
    waiting = _waiting(open_now, silenced)
    last = days[-1]
    return Letter(
        f"{told.brand}, week to {day_of_week(last.day)}: {_need(waiting, poor, fine)}",
        (*unseen(days), statuses(last.escalated)),
        tuple(
            section
            for section in (
                needs(waiting, len(open_now) - len(waiting), told),
                pains(last.pain_points),
                crossed_into_press(days),
                in_their_words(days),
                to_celebrate(days),
                on_the_page(last, told),
            )
            if section.entries
        ),
        (f"The tables and the pages are in the folders up to {last.day}.",),
        weeks_chart(last),
    )


def weeks_chart(day: Day) -> Chart | None:
    """The days up to this one, of the sort of sources that says most; nothing before two days."""
    totals = day.over_time.groupby("group")["mentions"].sum()
    if totals.empty:
        return None
    mine = day.over_time[day.over_time["group"] == totals.idxmax()].tail(_CHARTED)
    bars = tuple(_bar(row) for row in mine.itertuples())
    return Chart(f"{capital(str(totals.idxmax()))} day by day", bars) if len(bars) > 1 else None


def _bar(row: Any) -> Bar:
    return Bar(row.day.date(), int(row.poor), int(row.exceptional), not row.blind)


def _waiting(open_now: Sequence[Incident], silenced: Collection[str]) -> list[Incident]:
    heard = [
        one
        for one in open_now
        if one.is_open
        and one.kind == MessageKind.ESCALATION
        and not {one.incident, one.story} & set(silenced)
    ]
    return sorted(heard, key=lambda one: (one.priority or "", one.rank))


def _need(waiting: Sequence[Incident], poor: int, fine: int) -> str:
    """How many cannot wait: P3 and P4 are no reason to open a mail."""
    urgent = sum(one.priority in (Priority.P1, Priority.P2) for one in waiting)
    needs = f"{number(urgent)} urgent" if urgent else "nothing urgent"
    return f"{needs}, {number(poor)} poor, {number(fine)} exceptional"
