"""The example week through the real flow, real praw, real feedparser and real HTTP."""

import pandas as pd
import pytest
from conftest import BRAND, Week, watch
from prefect.artifacts import Artifact

from data.ledger import Ledger
from data.vocabulary import Outcome
from example.world import DAYS, World, evening
from flows.days import bounds
from flows.watchlist import load

pytestmark = [pytest.mark.xdist_group("week"), pytest.mark.slow]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = DAYS
FILES = {"moments.csv", "daily.csv", "coverage.csv", "posts.parquet", "summary.md"}


def all_moments(week: Week) -> pd.DataFrame:
    return pd.concat([week.table(day, "moments") for day in DAYS])


def test_the_week_leaves_seven_dated_folders_with_all_their_files(week: Week) -> None:
    tables = week.folder / "tables"
    folders = sorted(path.name for path in tables.iterdir() if path.is_dir())
    assert folders == [day.isoformat() for day in DAYS]
    for day in DAYS:
        files = {p.name for p in (week.folder / "tables" / str(day) / "foxglove").iterdir()}
        assert files >= FILES


def test_running_the_week_again_changes_no_byte(week: Week) -> None:
    before = week.bytes()
    for day in DAYS:
        watch(week.folder, week.running, day)
    assert week.bytes() == before


def test_every_moment_is_in_one_table_only(week: Week) -> None:
    assert all_moments(week)["post_id"].is_unique


def test_the_failing_newspaper_is_told_on_its_day_and_seen_again_after(week: Week) -> None:
    courier = {day: week.table(day, "coverage").set_index("source").loc["port-ellery-courier"]
               for day in (WEDNESDAY, THURSDAY, FRIDAY)}  # fmt: skip
    assert [row["outcome"] for row in courier.values()] == ["ok", "failed", "ok"]
    assert "503" in courier[THURSDAY]["detail"]
    assert "port-ellery-courier" in week.text(THURSDAY, "summary.md")


def test_throttled_reddit_is_told_and_what_it_held_back_comes_a_day_later(week: Week) -> None:
    saturday = week.table(SATURDAY, "coverage").set_index("source").loc["reddit"]
    assert (saturday["outcome"], saturday["seen"]) == ("throttled", "False")
    held_back = {
        text.id
        for text in World().texts
        if text.channel.startswith("r/")
        and text.label.mention
        and text.published_at is not None
        and evening(FRIDAY) < text.published_at <= evening(SATURDAY)
    }
    assert held_back
    told = pd.read_parquet(
        week.folder / "tables" / SATURDAY.isoformat() / "foxglove" / "posts.parquet"
    )
    assert held_back & set(told["native_id"])


def test_a_late_post_goes_to_the_day_it_was_written(week: Week) -> None:
    told = pd.read_parquet(
        week.folder / "tables" / TUESDAY.isoformat() / "foxglove" / "posts.parquet"
    )
    assert "t3_zlate001" in set(told["native_id"]), "it appeared on Friday"


def test_a_post_dated_far_in_the_future_is_told_on_the_day_it_was_seen(week: Week) -> None:
    article = next(
        text.id for text in World().texts if text.published_at and text.published_at.year == 2099
    )
    days = [
        day
        for day in DAYS
        for native_id in pd.read_parquet(
            week.folder / "tables" / day.isoformat() / "foxglove" / "posts.parquet"
        )["native_id"]
        if native_id == article
    ]
    assert days == [WEDNESDAY]


def test_a_deleted_posts_words_are_in_no_table(week: Week) -> None:
    gone = [text for text in World().texts if any(v.deleted for v in text.versions)]
    assert gone
    everything = b"".join(week.bytes().values())
    for text in gone:
        if text.channel.startswith("r/"):
            assert text.text[:40].encode() not in everything


def test_an_edited_posts_last_words_are_told(week: Week) -> None:
    ledger = Ledger.open(week.folder / "ledger.sqlite")
    zone = load(week.watchlist).zone(load(week.watchlist).brand(BRAND))
    start, end = bounds(MONDAY, zone)[0], bounds(SUNDAY, zone)[1]
    posts = ledger.judged(BRAND, start, end).set_index("native_id")
    last = week.running.world.get("t3_zedit001")
    assert last is not None
    assert posts.loc["t3_zedit001", "text"] == last.text
    assert posts.loc["t3_zedit001", "revision"] == 2


def test_no_cell_of_any_table_starts_a_formula(week: Week) -> None:
    for day in DAYS:
        for name in ("moments", "coverage"):
            cells = week.table(day, name).to_numpy().ravel()
            assert not [cell for cell in cells if str(cell).startswith(("=", "+", "-", "@", "\t"))]


def test_a_text_in_another_language_is_unjudged_and_counted_so(week: Week) -> None:
    assert sum(week.table(day, "daily")["unjudged"].astype(int).sum() for day in DAYS) >= 2


def test_plants_streets_and_films_are_not_the_brand(week: Week) -> None:
    others = {text.id for text in World().texts if not text.label.mention}
    told = set(all_moments(week)["post_id"].str.split(":", n=1).str[1])
    assert not told & others


def test_the_authors_are_pseudonyms(week: Week) -> None:
    authors = all_moments(week)["author"]
    assert authors.str.fullmatch(r"(author-[0-9a-f]{8})?").all()


def test_the_run_says_which_sources_were_blind(week: Week) -> None:
    blind = {run.brand: [c.source for c in run.blind] for run in week.runs[3:4]}  # type: ignore[attr-defined]
    assert blind == {BRAND: ["port-ellery-courier"]}
    assert week.runs[5].blind[0].outcome is Outcome.THROTTLED  # type: ignore[attr-defined]


def test_an_earlier_day_can_be_run_again_in_any_order(week: Week) -> None:
    before = week.bytes()
    watch(week.folder, week.running, TUESDAY)
    watch(week.folder, week.running, SUNDAY)
    assert week.bytes() == before


def test_the_run_can_be_read_on_prefects_page(week: Week) -> None:
    watch(week.folder, week.running, SUNDAY)
    there = {key: Artifact.get(f"foxglove-{key}") for key in ("summary", "files", "progress")}
    assert "# Foxglove, Sunday" in str(there["summary"].data)
    assert "report.xlsx" in str(there["files"].data)
    assert float(str(there["progress"].data)) == 100
    tables = [Artifact.get(f"foxglove-{key}") for key in ("escalations", "moments", "coverage")]
    assert {table.type for table in tables} == {"table"}
