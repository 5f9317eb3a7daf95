"""A mistake in the watchlist is told as file, key, what was found and what is expected."""

from pathlib import Path

import pytest

from flows.watchlist import WatchlistError, load, open_source
from sources.errors import Blocked

GOOD = """
time_zone = "Europe/Dublin"
tables = "out/tables"
ledger = "out/ledger.sqlite"

[[brands]]
name = "Foxglove"
aliases = ["Foxglove Direct"]
ambiguous = true
context = ["store"]
schedule = "15 6-22 * * *"

[[sources]]
name = "courier"
kind = "feed"
url = "http://127.0.0.1/courier.rss"

[[sources]]
name = "reddit"
kind = "reddit"
client_id = "env:TEST_REDDIT_ID"
client_secret = "env:TEST_REDDIT_SECRET"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "watchlist.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes(folder: Path, text: str) -> str:
    with pytest.raises(WatchlistError) as told:
        load(written(folder, text))
    return str(told.value)


def test_its_relative_paths_start_at_its_own_folder(tmp_path: Path) -> None:
    watchlist = load(written(tmp_path, GOOD))
    assert watchlist.tables == tmp_path / "out/tables"
    assert watchlist.ledger == str(tmp_path / "out/ledger.sqlite")


def test_a_brand_is_found_whatever_its_case(tmp_path: Path) -> None:
    watchlist = load(written(tmp_path, GOOD))
    brand = watchlist.brand("foxGLOVE")
    assert brand.record().aliases == ("Foxglove Direct",)
    assert str(watchlist.zone(brand)) == "Europe/Dublin"


def test_an_unknown_brand_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="no brand 'Tansy' in the watchlist; it has: Foxglove"):
        load(written(tmp_path, GOOD)).brand("Tansy")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = (
        GOOD.replace("Europe/Dublin", "Dublin")
        .replace('name = "courier"', 'name = "The Courier!"')
        .replace("ambiguous = true", "ambiguous = true\ncolour = 3")
        .replace('"15 6-22 * * *"', '"at noon"')
    )
    told = mistakes(tmp_path, wrong)
    assert len(told.splitlines()) == 4
    assert "watchlist.toml: time_zone: found 'Dublin'; expected a time zone such as" in told
    assert "brands[1].colour: found 3; there is no such key" in told
    assert "brands[1].schedule: found 'at noon'; expected five cron fields" in told
    assert "sources[1].name: found 'The Courier!'" in told


def test_an_ambiguous_name_needs_context_words(tmp_path: Path) -> None:
    assert "expected `context` words" in mistakes(tmp_path, GOOD.replace('context = ["store"]', ""))


def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace("env:TEST_REDDIT_SECRET", "hunter2"))
    assert 'client_secret: expected "env:NAME"' in told
    assert "hunter2" not in told


def test_an_unknown_kind_of_source_is_told_with_those_there_are(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace('kind = "feed"', 'kind = "telex"'))
    assert "telex" in told
    assert "'feed', 'reddit', 'files'" in told


def test_two_sources_of_one_name_are_refused(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace('name = "reddit"', 'name = "courier"'))
    assert "expected each source name once, found more of: courier" in told


def test_a_brand_that_names_a_source_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = mistakes(tmp_path, GOOD.replace("ambiguous =", 'sources = ["curier"]\nambiguous ='))
    assert "Foxglove names source 'curier'; expected of: courier, reddit" in told


@pytest.mark.parametrize("text", ["brands = [", "\x00", "[[brands]]\nname = 1\n[brands]"])
def test_a_file_that_is_not_toml_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    assert "cannot be read as TOML" in mistakes(tmp_path, text)


def test_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="There is no watchlist at"):
        load(tmp_path / "watchlist.toml")


def test_a_secret_that_is_not_set_blocks_its_source_and_names_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_REDDIT_ID", raising=False)
    reddit = load(written(tmp_path, GOOD)).sources[1]
    with pytest.raises(Blocked, match="environment variable TEST_REDDIT_ID is not set"):
        open_source(reddit)


def test_secrets_are_read_from_the_environment_when_a_source_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_REDDIT_ID", "id")
    monkeypatch.setenv("TEST_REDDIT_SECRET", "hunter2")
    source = open_source(load(written(tmp_path, GOOD)).sources[1])
    assert source.kind == "reddit"
    assert "hunter2" not in repr(source)


def test_a_competitor_is_another_brand_of_the_watchlist(tmp_path: Path) -> None:
    for named in ("Tansy & Rowe", "Foxglove"):
        text = GOOD.replace("ambiguous", f'competitors = ["{named}"]\nambiguous')
        assert f"Foxglove names competitor '{named}'" in mistakes(tmp_path, text)
