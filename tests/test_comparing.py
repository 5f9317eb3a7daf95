"""Places and competitors that the watchlist names, from the ledger to the tables."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from data.ledger import Ledger
from data.records import Coverage, Post, RawPage
from data.vocabulary import Kind, Outcome
from flows.judging import judge_new
from flows.outcomes import Told
from flows.tell import tell
from flows.watchlist import Watchlist, load

TUESDAY = date(2026, 11, 3)
EVENING = datetime(2026, 11, 3, 22, tzinfo=UTC)
RUDE = "The woman at the {} desk in Port Ellery shouted at my son and told us to leave."
WATCHLIST = """
tables = "tables"
ledger = "ledger.sqlite"

[[brands]]
name = "Foxglove"
{}

[[brands]]
name = "Tansy & Rowe"

[[sources]]
name = "saved"
kind = "files"
paths = ["posts.jsonl"]
"""


def watched(folder: Path, keys: str) -> Watchlist:
    (folder / "watchlist.toml").write_text(WATCHLIST.format(keys), encoding="utf-8")
    return load(folder / "watchlist.toml")


@pytest.fixture
def watchlist(tmp_path: Path) -> Watchlist:
    return watched(tmp_path, 'competitors = ["Tansy & Rowe"]')


@pytest.fixture
def ledger(watchlist: Watchlist) -> Iterator[Ledger]:
    with closing(Ledger.open(watchlist.ledger)) as opened:
        yield opened


def say(watchlist: Watchlist, ledger: Ledger, brand: str, days_ago: int, times: int = 1) -> None:
    """So many people complain of the brand, as the source of both brings it, and it is judged."""
    at = EVENING - timedelta(days=days_ago)
    posts = [
        Post("files", f"{brand}-{days_ago}-{n}", Kind.POST, "", f"u/{n}", "", RUDE.format(brand),
             at, EVENING, outlet="r/quay")
        for n in range(times)
    ]  # fmt: skip
    page = RawPage("posts.jsonl", b"", "application/json", EVENING, "{}")
    ledger.record(page, posts, Coverage(brand, "saved", EVENING, Outcome.OK, 1, times))
    told_beside = watchlist.told_beside(watchlist.brand(brand))
    judge_new(watchlist.brand(brand), ledger, told_beside)


def retold(watchlist: Watchlist, ledger: Ledger) -> Told:
    return tell(watchlist, watchlist.brand("Foxglove"), ledger, EVENING)


def table(watchlist: Watchlist, name: str, day: date = TUESDAY) -> pd.DataFrame:
    path = watchlist.tables / day.isoformat() / "foxglove" / f"{name}.csv"
    return pd.read_csv(path, keep_default_na=False, encoding="utf-8-sig")


def test_a_competitor_that_the_watchlist_names_stands_beside_the_brand(
    watchlist: Watchlist, ledger: Ledger
) -> None:
    say(watchlist, ledger, "Foxglove", 0)
    say(watchlist, ledger, "Tansy & Rowe", 13, times=3)
    say(watchlist, ledger, "Tansy & Rowe", 14)
    retold(watchlist, ledger)
    posts = table(watchlist, "competitors").query("group == 'posts'")
    assert posts["brand"].tolist() == ["Foxglove", "Tansy & Rowe"]
    assert posts["poor"].tolist() == [1, 3], "of fourteen days"


def test_a_day_is_told_again_when_a_competitor_changes(
    watchlist: Watchlist, ledger: Ledger
) -> None:
    say(watchlist, ledger, "Foxglove", 2)
    retold(watchlist, ledger)
    assert retold(watchlist, ledger).days == ()
    say(watchlist, ledger, "Tansy & Rowe", 1)
    assert retold(watchlist, ledger).days == (TUESDAY,)
    assert table(watchlist, "competitors")["mentions"].sum() == 2


def test_telling_one_brand_again_does_not_have_the_other_told_again(tmp_path: Path) -> None:
    both = WATCHLIST.replace('"Tansy & Rowe"', '"Tansy & Rowe"\ncompetitors = ["Foxglove"]')
    text = both.format('competitors = ["Tansy & Rowe"]')
    (tmp_path / "watchlist.toml").write_text(text, encoding="utf-8")
    watchlist = load(tmp_path / "watchlist.toml")
    with closing(Ledger.open(watchlist.ledger)) as ledger:
        say(watchlist, ledger, "Foxglove", 1)
        for brand in watchlist.brands:
            tell(watchlist, brand, ledger, EVENING)
        assert [ledger.untold_since(brand.name) for brand in watchlist.brands] == [None, None]


def test_a_competitors_change_while_the_brand_is_told_is_not_forgotten(
    watchlist: Watchlist, ledger: Ledger
) -> None:
    say(watchlist, ledger, "Foxglove", 2)
    telling = ledger.untold_since("Foxglove")
    assert telling is not None
    say(watchlist, ledger, "Tansy & Rowe", 0)
    ledger.told("Foxglove", telling)
    assert ledger.untold_since("Foxglove") is not None


def test_a_competitor_taken_from_the_watchlist_leaves_no_table_behind(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    say(watchlist, ledger, "Foxglove", 0)
    retold(watchlist, ledger)
    alone = watched(tmp_path, "")
    judge_new(alone.brand("Foxglove"), ledger)
    retold(alone, ledger)
    assert not (alone.tables / "2026-11-03" / "foxglove" / "competitors.csv").exists()


def test_a_place_that_the_watchlist_names_is_where_it_happened_and_counted(
    tmp_path: Path, ledger: Ledger
) -> None:
    watchlist = watched(tmp_path, 'places = ["Port Ellery"]')
    say(watchlist, ledger, "Foxglove", 0, times=2)
    retold(watchlist, ledger)
    daily = table(watchlist, "daily")
    assert daily.loc[daily["dimension"] == "place", "value"].tolist() == ["Port Ellery"]
    assert set(table(watchlist, "escalations")["place"]) == {"Port Ellery"}


def test_naming_a_place_tells_the_days_before_again(
    watchlist: Watchlist, ledger: Ledger, tmp_path: Path
) -> None:
    say(watchlist, ledger, "Foxglove", 1)
    retold(watchlist, ledger)
    named = watched(tmp_path, 'places = ["Port Ellery"]')
    judge_new(named.brand("Foxglove"), ledger)
    retold(named, ledger)
    monday = table(named, "escalations", TUESDAY - timedelta(days=1))
    assert monday["place"].tolist() == ["Port Ellery"]
