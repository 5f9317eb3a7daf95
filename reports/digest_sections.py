"""The sections of a summary, three things in each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from data.incident_records import Incident
from data.vocabulary import Trend, Verdict
from reports.dated import Day, page_of
from reports.letters import Entry, Section
from reports.links import link
from reports.locales import count, day_of_week, number
from reports.quoted import quoted
from reports.wording import Setting, capital, local, reasons, what_happened

SHOWN = 3
_QUOTE = 130  # characters: three quotes are to fit a screen
_NAME = 40
_WHY = 90


def needs(waiting: Sequence[Incident], silent: int, told: Setting) -> Section:
    """The most urgent, whose they are and when they are due; the others as counts."""
    entries = [
        Entry(
            f"{one.priority} {capital(what_happened(one.reason, one.touchpoint, one.place))}",
            lines=(_owed(one, told),),
            link=link(one.link),
        )
        for one in waiting[:SHOWN]
    ]
    rest = pd.Series([str(one.priority) for one in waiting[SHOWN:]], dtype="str")
    more = [f"{number(n)} {name}" for name, n in rest.value_counts().sort_index().items()]
    more += [f"{number(silent)} silenced"] if silent else []
    if more:
        entries.append(Entry(f"And {', '.join(more)}."))
    then = told.ended and f"Needed an answer when {day_of_week(told.ended)} ended"
    return Section(then or "Needs an answer now", tuple(entries))


def _owed(one: Incident, told: Setting) -> str:
    owed = f"By {one.owner}"
    if one.due is not None:
        owed += f", {'was ' if one.due < told.now else ''}due {local(one.due, told.zone)}"
    return f"{owed}. {capital(quoted(reasons(one.why), _WHY))}"


def crossed_into_press(days: Sequence[Day]) -> Section:
    """The stories that an article told for the first time."""
    entries: dict[str, Entry] = {}
    for day in days:
        for table in (day.escalated, day.shared):
            since = table["press_since"].dt.tz_convert(day.zone)
            for row in table[since.dt.date == day.day].itertuples():
                entries[str(row.story)] = Entry(
                    f"{_headline(row)}: {count(int(row.press_outlets), 'paper')}"
                )
    return Section("Crossed into the press", tuple(entries.values())[:SHOWN])


def _headline(row: Any) -> str:
    return capital(what_happened(row.reason, row.touchpoint, row.place))


def in_their_words(days: Sequence[Day]) -> Section:
    """Three linked quotes of different poor stories, the most noticed first."""
    told = pd.concat([day.told for day in days])
    poor = told[told["verdict"].eq(Verdict.POOR) & told["quote"].ne("") & ~told["deleted"]]
    ranked = poor.assign(votes=poor["score"].fillna(0), link=poor["url"].map(link))
    ranked = ranked[ranked["link"] != ""].sort_values(
        ["votes", "confidence", "post_id"], ascending=[False, False, True]
    )
    chosen = ranked.drop_duplicates("story").head(SHOWN)
    return Section(
        "In their words",
        tuple(
            Entry("", quoted(quote, _QUOTE), link=url)
            for quote, url in zip(chosen["quote"], chosen["link"], strict=True)
        ),
    )


def to_celebrate(days: Sequence[Day]) -> Section:
    """The story most worth sharing."""
    shared = pd.concat([day.shared for day in days]).sort_values(
        ["points", "reach", "story"], ascending=[False, False, True]
    )
    entries = []
    for row in shared.head(1).itertuples():
        who = f"{quoted(str(row.person), _NAME)}: " if row.person else ""
        quote = quoted(str(row.quote), _QUOTE)
        entries.append(Entry(f"{who}{_headline(row)}", quote, link=link(str(row.quote_url))))
    return Section("To celebrate", tuple(entries))


def pains(pain_points: pd.DataFrame) -> Section:
    """Why people were treated poorly, the most told first, against the week before."""
    return Section(
        "What hurts most",
        tuple(_pain(row) for row in pain_points.head(SHOWN).itertuples()),
    )


def _pain(row: Any) -> Entry:
    trend = "" if row.trend == Trend.UNKNOWN else f", {row.trend}"
    words = what_happened(row.reason, row.touchpoint, "")
    people = count(row.people, "person", "people")
    return Entry(f"{capital(words)}: {people} ({number(row.people_before)} the week before{trend})")


def on_the_page(day: Day, told: Setting) -> Section:
    """Where the whole day is seen, if its pages are served."""
    if not told.pages:
        return Section("", ())
    path = page_of(Path(), day.day, day.brand).as_posix()
    return Section("", (Entry("All of the day", link=link(f"{told.pages.rstrip('/')}/{path}")),))
