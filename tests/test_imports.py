"""Imports go one way: flows -> {sources, evaluation -> analysis, reports} -> data."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = {
    "data": set(),
    "sources": {"data"},
    "analysis": {"data"},
    "reports": {"data"},
    "flows": {"data", "sources", "analysis", "reports", "evaluation"},
    "evaluation": {"data", "analysis", "example"},
    "example": set(),
}
TOP = {"example/watch.py", "evaluation/bench_outputs.py"}  # run the flows, as a user would
ONLY_IN_FLOWS = {"prefect", "typer"}
ONLY_IN_SOURCES = {"httpx", "httpcore", "praw", "prawcore", "requests", "socket", "urllib.request"}


def imports(path: Path) -> set[str]:
    """The modules that a file imports, whole names."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_rooms_below_its_own(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    room = name.split("/")[0]
    allowed = set(ROOMS) if name in TOP else ROOMS[room] | {room}
    ours = {module.split(".")[0] for module in imports(path)} & set(ROOMS)
    assert ours <= allowed


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_flows_knows_prefect_and_only_sources_opens_sockets(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    modules = imports(path) | {module.split(".")[0] for module in imports(path)}
    if room != "flows":
        assert not modules & ONLY_IN_FLOWS
    if room not in ("sources", "example"):
        assert not modules & ONLY_IN_SOURCES - ({"httpx"} if room == "flows" else set())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_below_flows_reads_the_clock(path: Path) -> None:
    if path.relative_to(ROOT).parts[0] in ("flows", "evaluation", "example"):
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    clocks = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "pd.Timestamp.now"}
    assert not calls & clocks


def test_a_run_imports_what_judges_and_tells_only_when_there_is_something_to() -> None:
    slow = {"alembic", "apprise", "jinja2", "numba", "numpy", "pandas", "pyarrow", "scipy"}
    loaded = imported_by("flows.cli, flows.running")
    assert "flows.monitor" in loaded
    assert not slow & loaded


def test_who_hands_out_the_work_of_a_backfill_loads_no_judge() -> None:
    assert not {"analysis.judge", "numba", "pandas", "scipy"} & imported_by("flows.backfill")


def test_a_text_is_explained_without_sources_and_ledger() -> None:
    assert not {"flows.watchlist", "sqlalchemy"} & imported_by("flows.explaining")


def imported_by(modules: str) -> set[str]:
    """What is loaded with some modules."""
    code = f"import {modules}, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())
