"""How urgent a story is, why, whose and by when: as the rule table says, and as a week shows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from labelled import told as told_of
from posts import DUBLIN, told

from analysis.escalation import escalations
from analysis.escalation_rules import RULES, RulesError, When, load_rules
from analysis.escalation_words import FACTS
from analysis.harm import harms, patterns
from analysis.story_table import story_table
from data.dated_tables import DELIGHTS, ESCALATIONS
from data.frames import check
from data.schemas import ESCALATED
from data.vocabulary import Priority
from example.world import DAYS
from reports.escalations import delights_table, escalations_table

pytestmark = pytest.mark.xdist_group("labelled")  # the week is told once, on one worker
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
DOCS = Path(__file__).resolve().parent.parent / "docs" / "escalation.md"
CHILD = {"text": "He shouted at my son.", "reason": "rude"}
RULE_NAMES = [rule.name for rule in load_rules().rules]


def escalated(*rows: dict[str, Any], hours: float = 6, zone: ZoneInfo = DUBLIN) -> pd.DataFrame:
    """The escalations of stories whose posts were written at noon, so many hours later."""
    window = told(*({"dated_at": NOON} | row for row in rows))
    until = NOON + timedelta(hours=hours)
    since = until - timedelta(hours=24)
    return escalations(story_table(window, until), since, until, zone)


def salon(day: Any) -> Any:
    table = told_of(day).escalated
    return table[table["story"] == "salon"].iloc[0]


# The example week


def test_the_salon_is_urgent_at_once_and_p1_when_it_crosses_into_the_press() -> None:
    assert salon(TUESDAY).priority == "P2"
    assert salon(WEDNESDAY).priority == "P1"
    assert salon(WEDNESDAY).rule == "harm in the press"
    assert f"{salon(WEDNESDAY).since:%a %H:%M}" == "Wed 11:30"
    assert salon(WEDNESDAY).due - salon(WEDNESDAY).since == timedelta(hours=2)


def test_the_salon_is_first_of_its_day_and_its_why_is_in_words() -> None:
    for day in (TUESDAY, WEDNESDAY, THURSDAY, FRIDAY):
        assert told_of(day).escalated.iloc[0]["story"] == "salon", day
    why = salon(WEDNESDAY).why
    for words in ("a child", "a disabled person", "in the press since 2026-11-04 11:30", "leaves"):
        assert words in why


def test_the_salon_comes_from_new_over_answered_to_resolved() -> None:
    status = [salon(day).status for day in DAYS[1:]]
    assert status == ["new", "ongoing", "ongoing", "ongoing", "answered", "resolved"]
    assert salon(THURSDAY).reply == "robotic"


def test_a_lost_parcel_is_not_as_urgent_as_a_shouted_at_child() -> None:
    table = told_of(TUESDAY).escalated.set_index("story")
    assert table.loc["no-show", "priority"] == "P3"
    assert table.loc["fitters", "priority"] in ("P3", "P4")


def test_few_of_the_weeks_stories_are_p1() -> None:
    for day in DAYS:
        assert (told_of(day).escalated["priority"] == "P1").sum() <= 1


def test_the_tie_is_the_first_delight_of_each_day_it_is_told_with_its_person() -> None:
    for day in (WEDNESDAY, THURSDAY, FRIDAY, SATURDAY):
        assert told_of(day).shared.iloc[0]["story"] == "tie", day
    assert told_of(THURSDAY).shared.iloc[0]["person"] == "Samuel Okoro"


def test_a_poor_story_that_was_put_right_is_shared_for_how() -> None:
    shared = told_of(SUNDAY).shared.set_index("story")
    assert shared.loc["salon", "person"] == "Declan Harte"
    assert "put right" in shared.loc["salon", "why"]


def test_praise_that_tells_nothing_is_not_shared() -> None:
    quotes = told_of(MONDAY).shared["quote"]
    assert not quotes.str.contains("Excellent service from start to finish").any()


def test_the_weeks_tables_are_as_declared_in_local_time() -> None:
    for day in DAYS:
        told_day = told_of(day)
        table = check(escalations_table(told_day.escalated, day, DUBLIN), ESCALATIONS)
        check(delights_table(told_day.shared, day, DUBLIN), DELIGHTS)
        check(told_day.escalated, ESCALATED)
        assert table["due"].str.fullmatch(r"2026-11-\d\d \d\d:\d\d").all()


# The rules, one by one


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("somebody hurt", {"text": "The guard grabbed my arm and I am injured."}),
        ("harm in the press", CHILD | {"in_press": True, "kind": "article"}),
        ("wildfire", {"reach": 20_000, "rising": True}),
        ("vulnerable person", CHILD),
        ("in the press", {"in_press": True, "kind": "article"}),
        ("spreading", {"reach": 1000, "rising": True}),
        ("leaving aloud", {"churn": "said", "reach": 500}),
        ("form words to many", {"reply": "robotic", "reach": 200}),
        ("leaving", {"churn": "said"}),
        ("care needed", {"text": "She is 79.", "reason": "failed"}),
        ("form words", {"reply": "robotic"}),
        ("poor moment", {}),
    ],
)
def test_a_rule_decides_where_its_conditions_hold(name: str, row: dict[str, Any]) -> None:
    many = [{"story": "s", "author": f"u/{n}"} | row for n in range(5)]
    alone = name in ("leaving", "form words", "poor moment", "care needed")
    found = escalated(*(many[:1] if alone else many)).iloc[0]
    assert found.rule == name
    assert found.priority == next(r.priority for r in load_rules().rules if r.name == name)


def test_three_papers_and_growing_are_p1() -> None:
    papers = [
        {"story": "s", "kind": "article", "outlet": name, "in_press": True, "rising": True}
        for name in ("Courier", "Echo", "Ledger")
    ]
    assert escalated(*papers).iloc[0].rule == "many papers"


def test_the_fourth_person_at_one_place_is_a_pattern() -> None:
    rows = [{"story": f"s{n}", "author": f"u/{n}", "touchpoint": "checkout"} for n in range(4)]
    assert set(escalated(*rows)["rule"]) == {"same place again"}
    assert set(escalated(*rows[:3])["rule"]) == {"poor moment"}


@pytest.mark.parametrize(("hours", "rule"), [(11, "poor moment"), (13, "still waiting")])
def test_a_customers_open_order_becomes_urgent_as_it_stays_open(hours: float, rule: str) -> None:
    found = escalated({"reason": "failed", "touchpoint": "unknown"}, hours=hours).iloc[0]
    assert found.rule == rule


def test_silence_before_an_audience_becomes_p2_and_is_due_from_then() -> None:
    rows = [{"story": "s", "author": f"u/{n}", "reach": 300} for n in range(2)]
    assert escalated(*rows, hours=47).iloc[0].priority == "P4"
    found = escalated(*rows, hours=49).iloc[0]
    assert found.rule == "long unanswered"
    assert found.since == pd.Timestamp(NOON) + timedelta(hours=48)
    assert found.due == found.since + timedelta(hours=8)


def test_a_child_who_is_only_mentioned_in_a_late_parcel_is_not_a_child_treated_badly() -> None:
    late = {"text": "My daughter's coat is lost.", "reason": "failed"}
    assert escalated(late).iloc[0].priority == "P3"


def test_a_child_in_one_moment_and_rudeness_in_another_are_not_a_child_treated_rudely() -> None:
    late = {"story": "s", "text": "My daughter's coat is lost.", "reason": "failed"}
    rude = {"story": "s", "reason": "rude"}
    assert escalated(late, rude).iloc[0].rule == "care needed"
    assert escalated(late | {"reason": "rude"}).iloc[0].rule == "vulnerable person"


def test_an_answered_or_resolved_story_is_below_the_open_ones_and_never_overdue() -> None:
    answered = CHILD | {"story": "a", "reply": "owned", "reply_hours": 1.0}
    table = escalated(answered, {"story": "b"}, hours=20)
    assert table["story"].tolist() == ["b", "a"]
    assert table["overdue_hours"].tolist() == [0.0, 0.0]


def test_an_overdue_story_ages() -> None:
    found = escalated(CHILD, hours=20).iloc[0]
    assert (found.age_hours, found.overdue_hours) == (20.0, 12.0)


def test_a_quiet_p4_leaves_the_list_and_a_p2_stays() -> None:
    rows = ({"story": "dull", "touchpoint": "unknown"}, CHILD | {"story": "grave"})
    assert set(escalated(*rows, hours=71)["story"]) == {"dull", "grave"}
    assert set(escalated(*rows, hours=73)["story"]) == {"grave"}


def test_of_equals_the_one_that_the_day_told_of_comes_first() -> None:
    old = CHILD | {"story": "old", "dated_at": NOON - timedelta(days=2)}
    assert escalated(old, CHILD | {"story": "fresh"})["story"].tolist() == ["fresh", "old"]


def test_a_day_without_poor_stories_has_the_same_columns() -> None:
    empty = escalated({"verdict": "exceptional", "reason": "warm"})
    assert empty.empty
    check(empty, ESCALATED)


# The files behind it


def test_every_rule_is_explained_to_managers() -> None:
    page = DOCS.read_text("utf-8")
    for rule in load_rules().rules:
        assert f"| {rule.name} | {rule.priority} |" in page, rule.name
    for priority, urgency in load_rules().priorities.items():
        assert f"| {priority} | {urgency.meaning} | {urgency.due:g} h |" in page
        assert f"{priority} after {urgency.quiet_days:g}" in " ".join(page.split())
    for kind in patterns():
        assert f"`{kind}`" in page


def test_every_condition_but_who_why_and_when_is_told_in_words() -> None:
    assert set(When.model_fields) - set(FACTS) == {"reason", "teller", "age_at_most"}


@pytest.mark.parametrize(
    ("wrong", "told_so"),
    [
        ('priority = "P5"', "rules.0.priority"),
        ('when = { harm = ["dragons"] }', "no words for: dragons"),
        ("when = { in_pres = true }", "rules.0.when.in_pres"),
    ],
)
def test_a_mistake_in_the_rule_table_is_told_by_its_key(
    tmp_path: Path, wrong: str, told_so: str
) -> None:
    head, first, rest = RULES.read_text("utf-8").partition("[[rules]]")
    key = wrong.split(" = ")[0]
    lines = [wrong if line.startswith(f"{key} =") else line for line in rest.split("\n")]
    path = tmp_path / "rules.toml"
    path.write_text(head + first + "\n".join(lines), "utf-8")
    with pytest.raises(RulesError, match=told_so):
        load_rules(path)


def test_the_table_has_a_rule_for_every_priority_and_one_for_the_rest() -> None:
    assert {rule.priority for rule in load_rules().rules} == set(Priority)
    assert not load_rules().rules[-1].when.asked()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("She is autistic.", "disability"),
        ("I read card 14 to a widow.", "bereavement"),
        ("He laughed at my accent.", "discrimination"),
        ("I\u2019m 83 and stood outside.", "age"),
        ("They followed my six-year-old around", "child"),
        ("I had an allergic  reaction.", "safety"),
    ],
)
def test_harm_is_found_by_its_words(words: str, kind: str) -> None:
    assert harms(told({"text": words})).loc[0, kind]


@pytest.mark.parametrize(
    "words",
    [
        "To add insult to injury, it rained.",
        "Tone deaf marketing.",
        "The girl at the till and the lad in lighting.",
        "Terminal 3 was a mess, my late summer trip is off.",
        "The menu never grabbed me.",
    ],
)
def test_words_that_only_sound_like_harm_are_none(words: str) -> None:
    assert not harms(told({"text": words})).any(axis=None)
