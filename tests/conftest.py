"""What all tests share: the example week watched once, quiet Prefect, no other network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pandas as pd
import postgresql
import pytest
from sqlalchemy import create_engine, make_url

from data.ledger import Ledger
from example import watchlist
from example.reddit_api import CLIENT_ID, CLIENT_SECRET
from example.reviews import write_reviews
from example.server import Running, serve
from example.world import DAYS, evening
from flows import prefect_settings
from flows.watchlist import Watchlist, load

ROOT = Path(__file__).parent.parent

os.environ["TZ"] = "Pacific/Auckland"  # far from every brand's zone, so a forgotten zone shows
os.environ["EXAMPLE_REDDIT_ID"] = CLIENT_ID
os.environ["EXAMPLE_REDDIT_SECRET"] = CLIENT_SECRET
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
_HOME = ROOT / ".prefect" / _WORKER  # none reads what another one writes
_HOME.mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder of the path alone
os.environ["PREFECT_HOME"] = str(_HOME)
prefect_settings.apply()

BRAND = "Foxglove"


@dataclass(frozen=True)
class Week:
    """The example week as the monitor told it, day by day, and the server it was read from."""

    folder: Path
    running: Running
    runs: tuple[object, ...]

    @property
    def watchlist(self) -> Path:
        """The watchlist's file."""
        return self.folder / "watchlist.toml"

    def table(self, day: date, name: str) -> pd.DataFrame:
        """A day's CSV as an analyst's program reads it."""
        path = self.folder / "tables" / day.isoformat() / "foxglove" / f"{name}.csv"
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")

    def text(self, day: date, name: str) -> str:
        """A day's text file."""
        path = self.folder / "tables" / day.isoformat() / "foxglove" / name
        return path.read_text("utf-8")

    def bytes(self) -> dict[str, bytes]:
        """All dated tables as they are on disk."""
        tables = self.folder / "tables"
        return {
            str(path.relative_to(tables)): path.read_bytes()
            for path in sorted(tables.rglob("*"))
            if path.is_file()
        }


def prepare(folder: Path, base_url: str) -> Path:
    """A watchlist for the example world in a folder of its own."""
    text = watchlist(base_url, reviews=folder / "reviews")
    text = text.replace("../data/tables", "tables").replace("../data/ledger", "ledger")
    (folder / "watchlist.toml").write_text(text, encoding="utf-8")
    return folder / "watchlist.toml"


def watch(folder: Path, running: Running, day: date) -> object:
    """Run the monitor on an evening of the week."""
    from flows.monitor import monitor

    running.world.now = evening(day)
    write_reviews(running.world, folder / "reviews")
    return monitor(str(folder / "watchlist.toml"), BRAND, day)


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """The whole week, watched once; tests that use it share a worker (xdist_group "week")."""
    folder = tmp_path_factory.mktemp("week")
    with serve() as running:
        prepare(folder, running.base_url)
        runs = tuple(watch(folder, running, day) for day in DAYS)
        yield Week(folder, running, runs)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    if postgresql.program("initdb") is None:
        pytest.skip("PostgreSQL is not installed")
    # Not in pytest's folder, which another session of pytest closes to the database's user.
    with TemporaryDirectory() as folder, postgresql.running(Path(folder)) as url:
        yield url


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.slow, pytest.mark.xdist_group("postgresql")]),
    ]
)
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a fresh ledger may be made: the same tests run on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.sqlite")
    url = make_url(request.getfixturevalue("database"))
    name = f"moments_{uuid4().hex}"
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def ledger(location: str) -> Iterator[Ledger]:
    with closing(Ledger.open(location)) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def told_evening(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from handing import told

    return told(tmp_path_factory.mktemp("evening"))


@pytest.fixture
def watched(told_evening: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watchlist:
    """A small ledger of two brands and their tables, the clock standing at that evening."""
    from handing import EVENING

    for command in ("correcting", "rejudging"):
        monkeypatch.setattr(f"flows.{command}.wall_clock", lambda: EVENING)
    shutil.copytree(told_evening, tmp_path, dirs_exist_ok=True)
    return load(tmp_path / "watchlist.toml")
