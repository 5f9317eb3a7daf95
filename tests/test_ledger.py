"""The ledger keeps what belongs together together, and forgets nothing and repeats nothing."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from data.errors import BusyError, LedgerError
from data.ledger import Ledger
from data.ledger_tables import metadata
from data.migrate import newest
from data.records import Coverage, Engagement, Post, RawPage
from data.vocabulary import Kind, Outcome

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
POST = Post(
    "reddit", "t3_1", Kind.POST, "https://example.org/1", "u/someone", "", "Nobody came.",
    published_at=NOON - timedelta(hours=1), collected_at=NOON,
)  # fmt: skip
ALWAYS = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def page(at: datetime = NOON, cursor: str = "{}") -> RawPage:
    return RawPage("https://example.org/", f"at {at}".encode(), "application/json", at, cursor)


def seen(at: datetime = NOON, outcome: Outcome = Outcome.OK) -> Coverage:
    return Coverage("Foxglove", "reddit", at, outcome, 1, 1)


def later(post: Post, hours: int, **changes: object) -> Post:
    return replace(post, collected_at=post.collected_at + timedelta(hours=hours), **changes)


def observe(ledger: Ledger, *posts: Post) -> int:
    at = max(post.collected_at for post in posts)
    return ledger.record(page(at), posts, seen(at))


def judged(ledger: Ledger) -> pd.DataFrame:
    waiting = ledger.unjudged("Foxglove", "v1")
    return waiting.assign(
        model="m1", language="en", mention=True, verdict="poor", confidence=0.9, p_poor=0.9,
        p_exceptional=0.01, reason="ignored", teller="customer", touchpoint="help",
        stage="frontstage", churn="no", person="", quote="Nobody came.", evidence="",
        own_verdict="",
    )  # fmt: skip


def test_a_page_its_posts_its_cursor_and_its_coverage_are_stored_together(ledger: Ledger) -> None:
    assert ledger.record(page(cursor='{"etag": "1"}'), [POST], seen()) == 1
    assert ledger.unjudged("Foxglove", "v1")["text"].tolist() == ["Nobody came."]
    assert ledger.cursor("Foxglove", "reddit") == '{"etag": "1"}'
    assert ledger.coverage("Foxglove", *ALWAYS)["outcome"].tolist() == ["ok"]
    assert ledger.counts()["pages"] == 1


def test_a_failure_inside_the_transaction_stores_nothing(ledger: Ledger) -> None:
    naive = replace(POST, native_id="t3_2", published_at=datetime(2026, 11, 3))
    with pytest.raises(Exception, match=r"time zone|compare"):
        ledger.record(page(), [POST, naive], seen())
    assert set(ledger.counts().values()) == {0}
    assert ledger.cursor("Foxglove", "reddit") is None


def test_the_same_page_twice_changes_nothing(ledger: Ledger) -> None:
    ledger.record(page(), [POST], seen())
    before = ledger.counts()
    assert ledger.record(page(), [POST], seen()) == 0
    assert ledger.counts() == before


def test_a_post_found_for_two_brands_is_one_post_and_two_mentions(ledger: Ledger) -> None:
    ledger.record(page(), [POST], seen())
    ledger.record(page(), [POST], replace(seen(), brand="Tansy & Rowe"))
    assert (ledger.counts()["posts"], ledger.counts()["mentions"]) == (1, 2)


def test_changed_words_are_a_new_revision_to_be_judged_again(ledger: Ledger) -> None:
    observe(ledger, POST)
    ledger.judge("Foxglove", "v1", judged(ledger))
    assert ledger.unjudged("Foxglove", "v1").empty
    observe(ledger, later(POST, 2, text="Nobody came. Edit: sorted now.", edited=True))
    waiting = ledger.unjudged("Foxglove", "v1")
    assert waiting["revision"].tolist() == [2]
    assert waiting["dated_at"].tolist() == [POST.published_at]


def test_more_votes_are_kept_and_not_judged_again(ledger: Ledger) -> None:
    observe(ledger, POST)
    ledger.judge("Foxglove", "v1", judged(ledger))
    observe(ledger, later(POST, 2, engagement=Engagement(score=40)))
    assert ledger.unjudged("Foxglove", "v1").empty
    assert ledger.judged("Foxglove", *ALWAYS)["score"].tolist() == [40]


def test_an_older_observation_changes_nothing(ledger: Ledger) -> None:
    observe(ledger, later(POST, 5, text="The later words."))
    observe(ledger, POST)
    assert ledger.unjudged("Foxglove", "v1")["text"].tolist() == ["The later words."]


def test_a_deleted_post_loses_its_words_and_author_and_stays_deleted(ledger: Ledger) -> None:
    observe(ledger, POST)
    observe(ledger, later(POST, 1, deleted=True, text="Nobody came.", author="u/someone"))
    observe(ledger, later(POST, 2))
    row = ledger.unjudged("Foxglove", "v1").iloc[0]
    assert (row["text"], row["author"], row["deleted"]) == ("", "", True)


@pytest.mark.parametrize("published", [None, NOON + timedelta(days=400)], ids=["undated", "future"])
def test_a_post_without_a_date_it_could_have_is_dated_when_first_seen(
    ledger: Ledger, published: datetime | None
) -> None:
    observe(ledger, replace(POST, published_at=published))
    observe(ledger, later(replace(POST, published_at=published), 30, text="Changed."))
    assert ledger.unjudged("Foxglove", "v1")["dated_at"].tolist() == [NOON]


def test_what_changed_is_untold_until_the_tables_tell_it(ledger: Ledger) -> None:
    observe(ledger, POST)
    since = ledger.untold_since("Foxglove")
    assert since == POST.published_at
    observe(ledger, replace(POST, native_id="t3_0", published_at=NOON - timedelta(days=3)))
    ledger.told("Foxglove", since)
    assert ledger.untold_since("Foxglove") == NOON - timedelta(days=3), "more came meanwhile"


def test_a_changed_brand_definition_is_judged_anew(ledger: Ledger) -> None:
    observe(ledger, POST)
    ledger.judge("Foxglove", "v1", judged(ledger))
    assert len(ledger.unjudged("Foxglove", "v2")) == 1


def test_an_empty_cursor_leaves_the_known_one(ledger: Ledger) -> None:
    ledger.record(page(cursor="a"), [], seen())
    ledger.record(page(NOON + timedelta(hours=1), cursor=""), [], seen(NOON + timedelta(hours=1)))
    assert ledger.cursor("Foxglove", "reddit") == "a"


def test_raw_pages_are_forgotten_by_age(ledger: Ledger) -> None:
    ledger.record(page(), [POST], seen())
    ledger.record(page(NOON + timedelta(days=3)), [POST], seen(NOON + timedelta(days=3)))
    assert ledger.forget_pages(NOON + timedelta(days=1)) == 1
    assert ledger.counts()["posts"] == 1


def test_the_pseudonym_key_is_made_once(ledger: Ledger, location: str) -> None:
    key = ledger.pseudonym_key()
    assert Ledger.open(location).pseudonym_key() == key
    assert len(key) == 32


def test_a_second_run_at_the_same_time_is_told_so(ledger: Ledger, location: str) -> None:
    other = Ledger.open(location)
    with (
        ledger.hold("Foxglove"),
        pytest.raises(BusyError, match="Another run holds Foxglove"),
        other.hold("Foxglove", wait_seconds=0.1),
    ):
        pass


def test_two_brands_can_be_watched_at_the_same_time(ledger: Ledger) -> None:
    with ledger.hold("Foxglove"), ledger.hold("Tansy & Rowe", wait_seconds=0.1):
        assert ledger.counts()["posts"] == 0


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("dear diary, " * 100)
    with pytest.raises(LedgerError, match=r"notes\.txt is damaged or is not a ledger"):
        Ledger.open(tmp_path / "notes.txt")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LedgerError, match="cannot be used"):
        Ledger.open(tmp_path / "file" / "ledger.sqlite")


def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "ledger.sqlite")
    observe(ledger, POST)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as raw:
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
    with ledger.transaction() as connection:  # what the system does on a full disk
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        huge = replace(POST, native_id="t3_9", text="x" * 10_000_000)
    with pytest.raises(LedgerError, match="the disk is full"):
        ledger.record(page(NOON + timedelta(hours=1)), [huge], seen(NOON + timedelta(hours=1)))
    assert ledger.unjudged("Foxglove", "v1")["native_id"].tolist() == ["t3_1"]


def test_a_path_is_not_taken_for_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "full").write_text("a file, in which no ledger can be", "utf-8")
    with pytest.raises(LedgerError, match="cannot be used: Not a directory"):
        Ledger.open(tmp_path / "full" / "locked" / "ledger.sqlite")


def test_a_ledger_that_could_not_be_made_whole_is_made_at_the_next_attempt(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE incidents (of_another TEXT)")  # the second step stumbles over it
    with pytest.raises(LedgerError, match="incidents already exists"):
        Ledger.open(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE incidents")
    with closing(Ledger.open(path)) as ledger:
        assert ledger.counts()["posts"] == 0


def test_the_newest_step_is_the_one_that_alembic_takes_for_it(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest()


def test_the_migrations_make_what_the_code_expects(ledger: Ledger) -> None:
    with ledger.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
