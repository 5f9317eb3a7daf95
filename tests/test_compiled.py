"""Compiled loops are made anew when their own module changes, so they use no other's names."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("analysis", "data", "sources", "flows", "reports")
MODULES = [
    path for path in sorted(ROOT.glob("analysis/*.py")) if "@compiled" in path.read_text("utf-8")
]


def borrowed(source: str) -> set[str]:
    """The names of other modules of ours that its compiled loops use."""
    module = ast.parse(source)
    imported = {
        alias.asname or alias.name
        for node in module.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS
        for alias in node.names
    }
    return imported & {name for loop in _loops(module) for name in _used(loop)}


def _loops(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions under `@compiled`, and those that `compiled(...)` is called with."""
    called = {
        node.args[0].id
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "compiled"
        and isinstance(node.args[0], ast.Name)
    }
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and (
            node.name in called
            or any(isinstance(m, ast.Name) and m.id == "compiled" for m in node.decorator_list)
        ):
            yield node


def _used(loop: ast.FunctionDef) -> Iterator[str]:
    """Names in what the loop does; its annotations are not compiled."""
    for statement in loop.body:
        noted = {
            id(node.annotation) for node in ast.walk(statement) if isinstance(node, ast.AnnAssign)
        }
        yield from (
            node.id
            for node in ast.walk(statement)
            if isinstance(node, ast.Name) and id(node) not in noted
        )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_compiled_loop_uses_names_of_its_own_module_alone(path: Path) -> None:
    assert borrowed(path.read_text("utf-8")) == set()


def test_a_name_of_another_module_is_seen() -> None:
    source = (
        "from analysis.keys import MIX\n@compiled\ndef loop(x: Ints) -> int:\n    return x * MIX\n"
    )
    assert borrowed(source) == {"MIX"}


def test_where_no_folder_can_be_written_each_start_compiles(tmp_path: Path) -> None:
    (tmp_path / "double.py").write_text(
        "from analysis.compiled import compiled\n\n\n"
        "@compiled\ndef double(x: int) -> int:\n    return 2 * x\n\n\nprint(double(21))\n",
        "utf-8",
    )
    nowhere = {"NUMBA_CACHE_LOCATOR_CLASSES": "ZipCacheLocator"}  # the module lies in no zip file
    done = subprocess.run(
        [sys.executable, tmp_path / "double.py"],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | nowhere,
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.returncode) == ("42\n", 0), done.stderr


def test_a_function_that_is_compiled_by_a_call_is_seen_as_well() -> None:
    source = (
        "from analysis.keys import MIX\ndef loop(x):\n    return x * MIX\n_loop = compiled(loop)\n"
    )
    assert borrowed(source) == {"MIX"}
