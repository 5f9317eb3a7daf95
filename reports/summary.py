"""The manager's summary of a day: what needs an answer, what to celebrate, what was not seen."""

import re
import textwrap
from datetime import date, datetime
from typing import Any

import pandas as pd

from data.vocabulary import NOT_ASKED, Dimension, Priority, Spike, Standing, Status, Verdict
from reports.links import link
from reports.locales import count, number, weekday, whole_weekday
from reports.wording import reasons

_SHOWN = 4  # lines of a kind, so that all is read in a minute; the tables hold the rest
_DELIGHTS = 2
_QUOTE = 100  # characters: two lines on a phone


def summary(
    brand: str,
    day: date,
    moments: pd.DataFrame,
    daily: pd.DataFrame,
    coverage: pd.DataFrame,
    escalations: pd.DataFrame,
    delights: pd.DataFrame,
    consistency: pd.DataFrame,
) -> str:
    """The day in Markdown, from its tables of the same names."""
    poor = int(moments["verdict"].eq(Verdict.POOR).sum())
    groups = daily[daily["dimension"] == Dimension.ALL]
    parts = [
        f"# {plain(brand)}, {whole_weekday(day)} {day.isoformat()}",
        _counted(groups, poor, len(moments) - poor),
        "## Needs an answer\n\n" + _needs(escalations),
        "## To celebrate\n\n" + _celebrated(delights),
        _unusual(daily, consistency),
        "## What could not be seen\n\n" + _unseen(coverage),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _counted(groups: pd.DataFrame, poor: int, exceptional: int) -> str:
    mentions, unjudged = int(groups["mentions"].sum()), int(groups["unjudged"].sum())
    line = (
        f"{count(mentions, 'mention')}: {number(poor)} poor and {number(exceptional)} exceptional "
        f"service {'moment' if poor + exceptional == 1 else 'moments'}."
    )
    if unjudged:
        line += f" {count(unjudged, 'text')} in other languages not judged."
    told = groups[groups["mentions"].gt(0) | groups["poor_usual_high"].gt(0)]
    return "\n".join([line, "", *(_group(row) for row in told.itertuples())]).strip()


def _group(row: Any) -> str:
    """One group of sources against what is usual: posts, reviews and press are never mixed."""
    if row.spike == Spike.MUTED:
        counts = f"{number(row.poor)} poor, {number(row.exceptional)} exceptional"
        return f"- {row.group.capitalize()}: {counts}; {plain(row.compared_with)}."
    days, _, without = row.compared_with.partition("; ")  # "8 Tuesdays; without ..."
    more = " **more than usual**" if row.spike in (Spike.POOR, Spike.BOTH) else ""
    return (
        f"- {row.group.capitalize()}:{more} {number(row.poor)} poor, {_usual(row, 'poor')} on "
        f"{days.partition(' ')[2]}; {number(row.exceptional)} exceptional, "
        f"{_usual(row, 'exceptional')}"
        f"{f'; {plain(without)}' if without else ''}."
    )


def _usual(row: Any, verdict: str) -> str:
    low, high = getattr(row, f"{verdict}_usual_low"), getattr(row, f"{verdict}_usual_high")
    return f"normally {f'{number(low)} to ' if low < high else ''}{number(high)}"


def _needs(escalations: pd.DataFrame) -> str:
    """The urgent stories, each with its why; of the others how many there are.

    A P2 story that nobody told on the day was in an earlier summary; it is counted.
    """
    open_ = escalations[~escalations["status"].isin([Status.ANSWERED, Status.RESOLVED])]
    told_today = open_["last_seen"].str[:10] == open_["date"]
    urgent = open_["priority"].eq(Priority.P1) | (open_["priority"].eq(Priority.P2) & told_today)
    shown = open_[urgent].head(_SHOWN)
    lines = [_need(row) for row in shown.itertuples()] or ["Nothing new that is urgent."]
    rest = open_.drop(shown.index)["priority"].value_counts().sort_index()
    settled = escalations.drop(open_.index)["status"].value_counts().sort_index()
    counts = [f"{number(n)} more {priority}" for priority, n in rest.items()]
    counts += [f"{number(n)} {status}" for status, n in settled.items()]
    if counts:
        lines += ["", f"In escalations.csv: {', '.join(counts)}."]
    return "\n".join(lines)


def _need(row: Any) -> str:
    at = datetime.fromisoformat(row.due)
    due = f"due {weekday(at)} {at:%H:%M}"
    if row.overdue_hours > 0:
        due += f", {number(row.overdue_hours)} h overdue"
    known = "" if row.status == Status.NEW else f" {row.status},"
    return (
        f"- **{row.priority}**{known} {due}, {row.owner}: “{_short(row.quote)}”{_where(row)}. "
        f"{_sentence(reasons(row.why))}"
    )


def _celebrated(delights: pd.DataFrame) -> str:
    if delights.empty:
        return "Nothing that we saw."
    lines = [_delight(row) for row in delights.head(_DELIGHTS).itertuples()]
    if len(delights) > _DELIGHTS:
        lines += ["", f"{number(len(delights) - _DELIGHTS)} more in delights.csv."]
    return "\n".join(lines)


def _delight(row: Any) -> str:
    who = plain(row.person) or "Somebody"
    return f"- **{who}**: “{_short(row.quote)}”{_where(row)}. {_sentence(reasons(row.why))}"


def _where(row: Any) -> str:
    """Where it happened, as a link to where it is told."""
    place, safe = plain(row.place), link(row.link)
    if not safe:
        return f" – {place}" if place else ""
    return f" – [{place or 'read it'}](<{safe}>)"


def _sentence(words: str) -> str:
    words = plain(words)
    return f"{words[:1].upper()}{words[1:]}."


def _unusual(daily: pd.DataFrame, consistency: pd.DataFrame) -> str:
    """Touchpoints, reasons and places with a spike, and those that stand out of two weeks."""
    parts = daily[
        daily["spike"].isin([Spike.POOR, Spike.BOTH]) & daily["dimension"].ne(Dimension.ALL)
    ]
    lines = [_part(row) for row in parts.head(_SHOWN).itertuples()]
    odd = consistency[consistency["stands_out"] != Standing.NO]
    lines += [_standing(row) for row in odd.head(_SHOWN).itertuples()]
    return "## Not as usual\n\n" + "\n".join(lines) if lines else ""


def _part(row: Any) -> str:
    return f"- {_named(row.value)} ({row.group}): {number(row.poor)} poor, {_usual(row, 'poor')}."


def _standing(row: Any) -> str:
    return (
        f"- {_named(row.value)} is {row.stands_out} than the others over two weeks "
        f"({row.group}): {row.told}."
    )


def _named(value: str) -> str:
    """A place as it is written, a touchpoint or reason in words."""
    return _sentence(value.replace("_", " ")).removesuffix(".")


def _unseen(coverage: pd.DataFrame) -> str:
    blind = coverage[coverage["failures"].gt(0) | coverage["outcome"].eq(NOT_ASKED)]
    if blind.empty:
        return "Every source answered."
    return "\n".join(_unseen_line(row) for row in blind.itertuples())


def _unseen_line(row: Any) -> str:
    if row.outcome == NOT_ASKED:
        return f"- **{plain(row.source)}** was not asked."
    again = "; seen again since" if row.seen else ""
    detail = f": {plain(row.detail)}" if row.detail else ""
    return f"- **{plain(row.source)}** {row.outcome} at {row.first_failure}{again}{detail}"


def _short(quote: str) -> str:
    return plain(textwrap.shorten(quote, _QUOTE, placeholder=" …"))


def plain(words: str) -> str:
    """Strangers' words as one line that Markdown shows and does not obey."""
    line = " ".join(
        re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", " ", words).split()
    )
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]()#|!~@])", r"\\\1", line)
