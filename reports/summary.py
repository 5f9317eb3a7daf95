"""The manager's summary of a day: what needs an answer, what to celebrate, what was not seen."""

import re
from datetime import date
from typing import Any

import pandas as pd

from data.vocabulary import NOT_ASKED, Verdict

_SHOWN = 5  # moments of a kind; the tables hold the rest


def summary(
    brand: str, day: date, moments: pd.DataFrame, daily: pd.DataFrame, coverage: pd.DataFrame
) -> str:
    """The day in Markdown, from its MOMENTS, DAILY and COVERAGE tables."""
    poor = moments[moments["verdict"] == Verdict.POOR]
    exceptional = moments[moments["verdict"] == Verdict.EXCEPTIONAL]
    parts = [
        f"# {plain(brand)}, {day:%A} {day.isoformat()}",
        _counted(daily, len(poor), len(exceptional)),
        "## Needs an answer\n\n" + _told(_by_story(poor), "Nothing that we saw."),
        "## To celebrate\n\n" + _told(_by_story(exceptional), "Nothing that we saw."),
        "## What could not be seen\n\n" + _unseen(coverage),
    ]
    return "\n\n".join(parts) + "\n"


def _counted(daily: pd.DataFrame, poor: int, exceptional: int) -> str:
    mentions, unjudged = int(daily["mentions"].sum()), int(daily["unjudged"].sum())
    line = (
        f"{_count(mentions, 'mention')}: {poor} poor and {exceptional} exceptional "
        f"service {'moment' if poor + exceptional == 1 else 'moments'}."
    )
    if unjudged:
        line += f" {_count(unjudged, 'text')} in other languages not judged."
    return line


def _by_story(moments: pd.DataFrame) -> pd.DataFrame:
    """The surest moment of each story, the widest told first."""
    ranked = moments.sort_values(
        ["in_press", "story_posts", "reach", "confidence", "post_id"],
        ascending=[False, False, False, False, True],
    )
    return ranked.drop_duplicates("story")


def _told(moments: pd.DataFrame, nothing: str) -> str:
    if moments.empty:
        return nothing
    lines = [_line(row) for row in moments.head(_SHOWN).itertuples()]
    if len(moments) > _SHOWN:
        lines.append(f"- and {len(moments) - _SHOWN} more in moments.csv")
    return "\n".join(lines)


def _line(row: Any) -> str:
    where = f" ({row.touchpoint})" if row.touchpoint not in ("", "unknown") else ""
    who = f", {plain(row.person)}" if row.person else ""
    place = plain(row.outlet or row.source)
    link = f"[{place}](<{row.link}>)" if row.link else place
    spread = f", told by {row.story_posts} posts" if row.story_posts > 1 else ""
    press = ", in the press" if row.in_press else ""
    reply = "" if row.reply == "none" else f", answered ({row.reply})"
    return f"- **{row.reason}**{where}{who}: “{plain(row.quote)}” – {link}{spread}{press}{reply}"


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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def plain(words: str) -> str:
    """Strangers' words as one line that Markdown shows and does not obey."""
    line = " ".join(
        re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", " ", words).split()
    )
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_\[\]()#|!~@])", r"\\\1", line)
