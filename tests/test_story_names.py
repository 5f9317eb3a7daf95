"""A story keeps its name for as long as it lives, longer than the window it is looked for in."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from handing import WATCHLIST, everything
from test_ledger import POST, page, seen
from windows import NOON, SALON, UNTIL, window

from analysis.stories import with_stories
from data import incidents
from data.incident_records import MessageKind
from data.ledger import Ledger
from data.records import Brand, Post
from data.untold import untold
from flows.alert import alert
from flows.judging import judge_new
from flows.tell import tell
from flows.watchlist import Watchlist, load

STEP = timedelta(days=8)  # so that the first post has left the two weeks when the third comes
FIRST = datetime(2026, 11, 3, 12, tzinfo=UTC)
DAYS = [FIRST + n * STEP for n in range(3)]
TELLINGS = [
    replace(POST, native_id=at.isoformat(), text=SALON, published_at=at, collected_at=at)
    for at in DAYS
]
BRAND = Brand("Foxglove")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Watchlist, Ledger]]:
    """A watchlist and its ledger after a run at each telling."""
    watched = watchlist(tmp_path_factory.mktemp("lived"))
    with closing(Ledger.open(watched.ledger)) as ledger:
        for post in TELLINGS:
            run(watched, ledger, post.collected_at, post)
        yield watched, ledger


def watchlist(folder: Path) -> Watchlist:
    (folder / "watchlist.toml").write_text(WATCHLIST, "utf-8")
    return load(folder / "watchlist.toml")


def run(watched: Watchlist, ledger: Ledger, at: datetime, *posts: Post) -> None:
    """What a run does after it has asked the sources."""
    brand = watched.brands[0]
    ledger.record(page(at), posts, seen(at))
    judge_new(brand, ledger)
    tell(watched, brand, ledger, at)
    alert(watched, brand, ledger, at)


def named(watched: Watchlist) -> list[str]:
    """The stories of all moments, by day."""
    tables = sorted(watched.tables.glob("*/foxglove/moments.csv"))
    read = [pd.read_csv(path, dtype=str, encoding="utf-8-sig") for path in tables]
    return [str(story) for table in read for story in table["story"]]


def test_a_story_keeps_its_name_when_its_first_post_leaves_the_window(lived) -> None:
    watched, _ = lived
    names = named(watched)
    assert len(names) == len(TELLINGS)
    assert set(names) == {names[0]}
    assert names[0].startswith("2026-11-03-")


def test_its_incident_goes_by_the_same_name(lived) -> None:
    watched, ledger = lived
    with ledger.transaction() as connection:
        there = incidents.incidents_of(connection, "Foxglove", FIRST, MessageKind.ESCALATION)
    assert [(one.incident, one.story) for one in there] == [(named(watched)[0],) * 2]


@pytest.mark.parametrize("since", DAYS, ids=lambda day: f"{day:%d}")
def test_told_again_from_any_day_every_table_is_the_same_byte_for_byte(lived, since) -> None:
    watched, ledger = lived
    before = everything(watched)
    with ledger.transaction() as connection:
        untold(connection, "Foxglove", since)
    tell(watched, watched.brands[0], ledger, DAYS[-1])
    assert everything(watched) == before


def test_told_in_one_go_stories_have_the_names_of_day_by_day(lived, tmp_path: Path) -> None:
    other = watchlist(tmp_path)
    with closing(Ledger.open(other.ledger)) as ledger:
        for post in TELLINGS[:-1]:
            ledger.record(page(post.collected_at), [post], seen(post.collected_at))
        run(other, ledger, DAYS[-1], TELLINGS[-1])
    assert named(other) == named(lived[0])


def test_an_earlier_day_told_again_knows_nothing_of_later_names(ledger: Ledger) -> None:
    ledger.note_names("Foxglove", date(2026, 11, 4), {"reddit:1": "b"})
    ledger.note_names("Foxglove", date(2026, 11, 3), {"reddit:1": "a"})
    since = date(2026, 11, 1)
    assert ledger.names_before("Foxglove", date(2026, 11, 4), since) == {"reddit:1": "a"}
    assert ledger.names_before("Foxglove", date(2026, 11, 5), since) == {"reddit:1": "b"}
    assert ledger.names_before("Tansy", date(2026, 11, 5), since) == {}


def test_two_stories_that_became_one_go_by_the_older_name_and_parted_again_by_their_own() -> None:
    parcel = {"text": "Foxglove lost my parcel, the photo shows a green door and mine is white."}
    rows = window({"text": SALON}, {"text": SALON, "dated_at": NOON + STEP}, parcel)
    one = {"p0": "older", "p1": "older", "p2": "older"}
    told = with_stories(rows, UNTIL + STEP, BRAND, known=one).set_index("post_id")["story"]
    assert list(told[["p0", "p1"]]) == ["older", "older"]
    assert told["p2"].startswith("2026-11-03-")
    own = with_stories(rows, UNTIL + STEP, BRAND, known=one | {"p2": "parcel"}).set_index("post_id")
    assert own["story"]["p2"] == "parcel"
