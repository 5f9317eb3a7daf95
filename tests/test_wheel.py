"""What a wheel carries: installed elsewhere, the command line has all that it reads."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READ = ("analysis", "data", "example", "flows", "reports", "sources")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    copy = folder / "source"  # a build leaves folders behind
    subprocess.run(["git", "clone", "--quiet", ROOT, copy], check=True)
    (copy / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    subprocess.run([*build, "--wheel-dir", str(folder), str(copy)], check=True)
    [path] = folder.glob("*.whl")
    return path


def test_every_file_that_is_read_at_run_time_is_in_it(wheel: Path) -> None:
    files = subprocess.run(
        ["git", "ls-files", *READ], cwd=ROOT, check=True, capture_output=True, text=True
    )
    with zipfile.ZipFile(wheel) as packed:
        missing = set(files.stdout.split()) - set(packed.namelist())
    assert {path for path in missing if not path.endswith(".md")} == set()


def test_it_judges_from_wherever_it_is_installed(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path)
    call = "from flows.cli import main; main()"
    words = "The clerk shouted at my son until he cried."
    said = subprocess.run(
        [sys.executable, "-c", call, "explain", words],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)}, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    assert "poor" in said.stdout
