"""Alerts as letters: what is new of poor stories, of stories worth sharing, of blind sources."""

from collections import Counter

from data.incident_records import Change, Incident, News
from reports.letters import Entry, Letter, Section
from reports.links import link
from reports.locales import count, number
from reports.quoted import quoted
from reports.wording import Setting, capital, local, reasons, what_happened

SHOWN = 3  # examples in a message; of a viral day the counts say more than a list would
_SOURCES = 8
_NAME = 60  # characters of a person or a source
_CHANGES = {
    Change.OPENED: "new",
    Change.REOPENED: "open again",
    Change.ESCALATED: "more urgent",
    Change.PRESS: "now in the press",
    Change.ROBOTIC: "answered with form words",
    Change.REMINDER: "still open",
    Change.RESOLVED: "resolved",
}


def escalation_letter(news: tuple[News, ...], told: Setting) -> Letter:
    """Poor stories: the most urgent ones in full, the others as counts."""
    first = news[0]
    lead = f"{first.incident.priority} {told.brand}: "
    if len(news) == 1:
        subject = f"{lead}{_changed(first)} – {_happened(first.incident)}"
    else:
        others = f"and {count(len(news) - 1, 'more story', 'more stories')}"
        subject = f"{lead}{_changed(first)} – {_happened(first.incident)}, {others}"
    day = told.now.astimezone(told.zone).date()
    return Letter(
        subject,
        _counted(news, "story", "stories"),
        (Section("", tuple(_poor_entry(item, told) for item in news[:SHOWN])),),
        (
            f"All that is open: escalations.csv of {day}.",
            "To hear no more of one: moments silence STORY --until DATE.",
        ),
    )


def _poor_entry(item: News, told: Setting) -> Entry:
    one = item.incident
    headline = f"{one.priority}, {_changed(item)}: {_happened(one)}"
    story = f"Story {one.incident}"
    spread = f"{count(one.posts, 'post')}, {count(one.reach, 'reaction')}"
    if Change.RESOLVED in item.changes:
        since = f"Open since {local(one.opened_at, told.zone)}; {spread}."
        return Entry(headline, lines=(since, story))
    return Entry(
        headline,
        quoted(one.quote),
        (
            f"Why: {quoted(reasons(one.why))}",
            f"For: {one.owner}, {_due(one, told)}; {spread}",
            story,
        ),
        link(one.link),
    )


def _due(one: Incident, told: Setting) -> str:
    if one.due is None:
        return "answer due"
    return f"answer {'was ' if one.due < told.now else ''}due {local(one.due, told.zone)}"


def praise_letter(news: tuple[News, ...], told: Setting) -> Letter:
    """Exceptional stories, with who did it."""
    one = news[0].incident
    who = f"{quoted(one.person, _NAME)}, " if one.person else ""
    more = f", and {number(len(news) - 1)} more" if len(news) > 1 else ""
    day = told.now.astimezone(told.zone).date()
    return Letter(
        f"{told.brand}, worth sharing: {who}{_happened(one)}{more}",
        _counted(news, "exceptional story", "exceptional stories"),
        (Section("", tuple(_praise_entry(item) for item in news[:SHOWN])),),
        (f"All of the day: delights.csv of {day}.",),
    )


def _praise_entry(item: News) -> Entry:
    one = item.incident
    who = f"{quoted(one.person, _NAME)}: " if one.person else ""
    press = " (now in the press)" if Change.PRESS in item.changes else ""
    headline = f"{who}{capital(_happened(one))}{press}"
    return Entry(headline, quoted(one.quote), (f"Why: {quoted(reasons(one.why))}",), link(one.link))


def blind_letter(news: tuple[News, ...], told: Setting) -> Letter:
    """Sources that bring nothing, and those that do again."""
    first = news[0]
    more = f", and {count(len(news) - 1, 'more source')}" if len(news) > 1 else ""
    state = "is seen again"
    if Change.RESOLVED not in first.changes:
        state = f"not seen since {local(first.incident.opened_at, told.zone)}"
    gone = sum(Change.RESOLVED not in item.changes for item in news)
    opening = f"{count(gone, 'source')} not seen, {number(len(news) - gone)} seen again."
    return Letter(
        f"{told.brand}: {quoted(first.incident.story, _NAME)} {state}{more}",
        (opening,) if len(news) > 1 else (),
        (Section("", tuple(_blind_entry(item, told) for item in news[:_SOURCES])),),
        ("moments status tells how all sources are; moments doctor what is to be done.",),
    )


def _blind_entry(item: News, told: Setting) -> Entry:
    one = item.incident
    name, since = quoted(one.story, _NAME), local(one.opened_at, told.zone)
    if Change.RESOLVED in item.changes:
        until = local(one.resolved_at or told.now, told.zone)
        return Entry(
            f"{name} is seen again",
            lines=(f"It was not seen from {since} to {until}.", "What it still shows is told now."),
        )
    return Entry(
        f"{name} has not been seen since {since}",
        lines=(
            "What is said there meanwhile is unknown; that is not the same as nothing.",
            f"Its last answer: {quoted(one.why)}",
        ),
    )


def _counted(news: tuple[News, ...], noun: str, plural: str) -> tuple[str, ...]:
    """How many have news and of what sort; nothing where there is but one."""
    if len(news) == 1:
        return ()
    counts = Counter(_CHANGES[item.changes[0]] for item in news)
    told = ", ".join(f"{number(n)} {words}" for words, n in counts.most_common())
    shown = f" The first {SHOWN}:" if len(news) > SHOWN else ""
    return (f"{count(len(news), noun, plural)}: {told}.{shown}",)


def _changed(item: News) -> str:
    return ", ".join(_CHANGES[change] for change in item.changes)


def _happened(one: Incident) -> str:
    return what_happened(one.reason, one.touchpoint, one.place)
