"""Routes in the watchlist: who is told what and when, and what is told of a mistake in them."""

from datetime import time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from alerting import with_routes
from rich.console import Console

from data.incident_records import MessageKind
from data.vocabulary import Priority
from flows.doctor import examine
from flows.exits import Exit, UsageError
from flows.watchlist import WatchlistError, load


def test_a_route_says_little_and_has_calm_defaults(tmp_path: Path) -> None:
    watchlist = with_routes(tmp_path, care="")
    route = watchlist.routes[0].record()
    assert route.kinds == frozenset(MessageKind)
    assert (route.min_priority, route.repeat, route.quiet_hours) == (Priority.P2, None, None)
    assert watchlist.routes_of(watchlist.brands[0]) == watchlist.routes


def test_a_route_may_say_much(tmp_path: Path) -> None:
    keys = """
    brands = ["Foxglove"]
    kinds = ["escalation", "blind"]
    min_priority = "P3"
    quiet_hours = "21:30-07:15"
    wake_for = "never"
    repeat_hours = 12
    cool_down_minutes = 5
    most_a_day = 3
    blind_hours = 0.5
    """
    route = with_routes(tmp_path, care=keys).routes[0].record()
    assert route.kinds == {MessageKind.ESCALATION, MessageKind.BLIND}
    assert route.quiet_hours == (time(21, 30), time(7, 15))
    assert (route.wake_for, route.repeat) == (None, timedelta(hours=12))
    assert (route.cool_down, route.blind_for) == (timedelta(minutes=5), timedelta(minutes=30))


def test_a_route_of_other_brands_is_not_the_brands(tmp_path: Path) -> None:
    other = '\n[[brands]]\nname = "Tansy"\n'
    text = 'brands = ["Tansy"]' + other
    watchlist = with_routes(tmp_path, care=text)
    assert watchlist.routes_of(watchlist.brand("Foxglove")) == ()
    assert [route.name for route in watchlist.routes_of(watchlist.brand("Tansy"))] == ["care"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ('quiet_hours = "22-7"', 'expected two times such as "22:00-07:00"'),
        ('quiet_hours = "22:00-22:00"', "expected two times"),
        ('kinds = ["gossip"]', "routes[1].kinds[1]: found 'gossip'"),
        ("kinds = []", "routes[1].kinds"),
        ('min_priority = "P9"', "routes[1].min_priority: found 'P9'"),
        ('brands = ["Foxgluv"]', "route care names brand 'Foxgluv'; expected of: Foxglove"),
        ("colour = 3", "routes[1].colour: found 3; there is no such key"),
    ],
)
def test_a_mistake_in_a_route_is_told(tmp_path: Path, keys: str, told: str) -> None:
    with pytest.raises(WatchlistError) as mistake:
        with_routes(tmp_path, care=keys)
    assert told in str(mistake.value)


def test_an_address_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with_routes(tmp_path, care="")
    path = tmp_path / "watchlist.toml"
    text = path.read_text("utf-8").replace("env:TEST_ROUTE_CARE", "slack://hunter2/token/secret")
    path.write_text(text, "utf-8")
    with pytest.raises(WatchlistError, match='target: expected "env:NAME"') as mistake:
        load(path)
    assert "hunter2" not in str(mistake.value)


def test_an_address_that_is_not_set_is_told_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    route = with_routes(tmp_path, care="").routes[0]
    monkeypatch.delenv("TEST_ROUTE_CARE", raising=False)
    with pytest.raises(UsageError, match="The environment variable TEST_ROUTE_CARE"):
        route.address()
    monkeypatch.setenv("TEST_ROUTE_CARE", " json://127.0.0.1 \n")
    assert route.address() == "json://127.0.0.1"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("json://127.0.0.1/hook", "✓ route care: JSON takes escalation, praise, blind, digest"),
        ("telex://x", "✗ route care: The address is not one that apprise knows"),
        ("json://127.0.0.1/a json://127.0.0.1/b", "✗ route care: The address names several"),
        ("", "✗ route care: The environment variable TEST_ROUTE_CARE"),
    ],
)
def test_the_doctor_looks_at_addresses_and_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, told: str
) -> None:
    with_routes(tmp_path, care="")
    monkeypatch.setenv("TEST_ROUTE_CARE", address)
    out = Console(record=True, width=300, file=StringIO())
    code = examine(tmp_path / "watchlist.toml", out)
    assert told in out.export_text()
    assert (code == Exit.USAGE) == told.startswith("✗")


def test_the_doctor_sees_that_tables_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.toml"
    with_routes(tmp_path)
    (tmp_path / "taken").write_text("a file, in which no folder can be", "utf-8")
    text = path.read_text("utf-8").replace('tables = "', 'tables = "taken/')
    path.write_text(text, "utf-8")
    out = Console(record=True, width=300, file=StringIO())
    assert examine(path, out) == Exit.USAGE
    assert "taken/tables cannot be written: Not a directory. Give" in out.export_text()
