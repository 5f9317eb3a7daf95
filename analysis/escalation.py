"""How urgent each open poor story is, why, whose it is and when an answer is due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain, product
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.escalation_rules import Rule, Rules, load_rules
from analysis.escalation_words import FACTS, why_of
from data.frames import as_declared
from data.schemas import ESCALATED
from data.vocabulary import Status, Verdict

HOUR = timedelta(hours=1)
Flags = NDArray[np.bool_]
# Open ones first; what the brand has owned needs a look, what is resolved none.
_ORDER = {Status.REOPENED: 0, Status.NEW: 0, Status.ONGOING: 0, Status.ANSWERED: 1,
          Status.RESOLVED: 2}  # fmt: skip
_LISTS = {"harm": "harm", "reason": "reasons"}  # conditions on a column that holds several words


def escalations(
    stories: pd.DataFrame,
    since: datetime,
    until: datetime,
    zone: ZoneInfo,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Schema ESCALATED: the open poor stories, most urgent first; then the answered ones, then
    those that were resolved on the day. Of equals, those that the day told of come first, then
    those for which more rules of the priority hold.

    `stories` is schema STORIES as of `until`; the told day is [since, until), and `zone` the one
    in which `why` names times. A story that went quiet unanswered leaves the list after the days
    its priority allows.
    """
    rules = rules or load_rules()
    table = stories[stories["verdict"] == Verdict.POOR].reset_index(drop=True)
    table["age_hours"] = _hours(until - table["first_poor"]).round(1)
    table["waiting_hours"] = _hours(until - table["unanswered_since"])
    fresh = table["status"].eq(Status.ONGOING) & table["first_poor"].ge(since)
    table["status"] = table["status"].mask(fresh, Status.NEW.value)
    ranked = sorted(rules.rules, key=lambda rule: rule.priority)
    held = np.array([holds(rule, table) for rule in ranked]).reshape(len(ranked), len(table))
    table = _weighed(table, ranked, held)
    listed = _listed(table, rules, since, until)
    table = _explained(table[listed], ranked, held[:, listed], zone)
    allowed = table["priority"].map({p: u.due for p, u in rules.priorities.items()})
    table["due"] = (table["since"] + pd.to_timedelta(allowed, "h")).dt.as_unit("us")
    order = table["status"].map(_ORDER)
    overdue = _hours(until - table["due"]).clip(lower=0).where(order == 0, 0.0)
    # What nobody has told since yesterday is no less urgent, but it is not news.
    still = table["last_seen"] < since
    table = table.assign(overdue_hours=overdue.round(1), order=order, still=still).sort_values(
        ["order", "priority", "still", "rules", "due", "reach", "story"],
        ascending=[True, True, True, False, True, False, True],
    )
    return as_declared(table, ESCALATED)


def _weighed(table: pd.DataFrame, ranked: Sequence[Rule], held: Flags) -> pd.DataFrame:
    """The stories with priority, rule and how many rules of the priority hold.

    `held` says of each rule, the most urgent first, for which stories it holds.
    """
    names = np.array([rule.name for rule in ranked], dtype=object)
    priorities = np.array([rule.priority.value for rule in ranked], dtype=object)
    first = held.argmax(axis=0)
    alike = priorities[:, None] == priorities[first]
    return table.assign(
        nth=first,
        priority=pd.Series(priorities[first], index=table.index, dtype="str"),
        rule=pd.Series(names[first], index=table.index, dtype="str"),
        rules=(held & alike).sum(axis=0),
    )


def _explained(
    table: pd.DataFrame, ranked: Sequence[Rule], held: Flags, zone: ZoneInfo
) -> pd.DataFrame:
    """The stories with `since` and `why`."""
    facts = [[name for name in rule.when.asked() if name in FACTS] for rule in ranked]
    since, why = [], []
    rows: Iterable[Any] = table.itertuples()
    for row, holding in zip(rows, held.T, strict=True):
        since.append(_since(ranked[row.nth], row))
        asked = chain.from_iterable(facts[n] for n in holding.nonzero()[0])
        why.append(why_of(asked, row, zone))
    return table.assign(
        since=pd.Series(since, index=table.index, dtype=table["first_poor"].dtype),
        why=pd.Series(why, index=table.index, dtype="str"),
    )


def holds(rule: Rule, stories: pd.DataFrame) -> pd.Series:
    """Whether all conditions of the rule hold, per story."""
    when, asked = rule.when, rule.when.asked()
    holding = pd.Series(True, index=stories.index)
    if when.harm and when.reason:
        # One and the same moment must tell both: a child's lost coat in a story that also tells
        # of a rude clerk is not a child treated rudely.
        pairs = {f"{harm}:{reason}" for harm, reason in product(when.harm, when.reason)}
        holding &= _any_of(pairs, stories["harm_reasons"])
        del asked["harm"], asked["reason"]
    for name, value in asked.items():
        holding &= _holds(name, value, stories)
    return holding


def _any_of(words: Collection[object], told: pd.Series) -> pd.Series:
    return told.str.split(", ").map(lambda ones: not set(words).isdisjoint(ones)).astype(bool)


def _holds(name: str, value: object, stories: pd.DataFrame) -> pd.Series:
    if isinstance(value, tuple) and name in _LISTS:
        return _any_of(value, stories[_LISTS[name]])
    if isinstance(value, tuple):
        return stories[name].isin(value)
    if isinstance(value, bool):
        return stories[name].eq(value)
    if name == "unanswered_at_least":
        return stories["waiting_hours"].ge(value)
    if name == "age_at_most":
        return stories["age_hours"].le(value)
    return stories[name.removesuffix("_at_least")].ge(value)


def _since(rule: Rule, row: Any) -> Any:
    """When the rule began to hold, as far as the story's facts tell."""
    moments = [row.first_poor]
    if rule.when.in_press or rule.when.press_outlets_at_least:
        moments.append(row.press_since)
    if rule.when.unanswered_at_least is not None:
        moments.append(row.unanswered_since + rule.when.unanswered_at_least * HOUR)
    if row.status == Status.REOPENED:
        moments.append(row.unanswered_since)
    return max(moment for moment in moments if not pd.isna(moment))


def _listed(table: pd.DataFrame, rules: Rules, since: datetime, until: datetime) -> pd.Series:
    """Open or answered and not long quiet, or resolved on the day."""
    quiet = table["priority"].map({p: u.quiet_days for p, u in rules.priorities.items()})
    alive = table["last_seen"] >= until - pd.to_timedelta(quiet, "D")
    resolved = table["status"] == Status.RESOLVED
    return alive.where(~resolved, table["resolved_at"] >= since)


def _hours(spans: pd.Series) -> pd.Series:
    hours: pd.Series = spans.dt.total_seconds() / 3600
    return hours
