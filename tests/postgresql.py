"""A real PostgreSQL of the tests' own, on loopback, gone when they are."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = [*Path("/usr/lib/postgresql").glob("*/bin"), Path("/opt/homebrew/bin")]


def program(name: str) -> str | None:
    """Where one of PostgreSQL's programs is, None where it is not installed."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, _PLACES)])
    return shutil.which(name, path=path)


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The URL of a fresh database, served until the block ends."""
    data = folder / "postgresql"
    data.mkdir()
    user = "nobody" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(data, user)
        for parent in (folder, *folder.parents):
            if parent.stat().st_uid == 0 and str(parent).startswith("/tmp/"):
                parent.chmod(0o711)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = ["-D", str(data)]
    subprocess.run(
        [str(program("initdb")), *run, "-U", "moments", "-A", "trust", "-E", "UTF8", "--no-sync"],
        user=user, check=True, capture_output=True, cwd=data,
    )  # fmt: skip
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k '' -c fsync=off"
    subprocess.run(
        [str(program("pg_ctl")), *run, "-w", "-o", options, "-l", str(data / "log"), "start"],
        user=user, check=True, stdout=subprocess.DEVNULL, cwd=data,
    )  # fmt: skip
    try:
        yield f"postgresql+psycopg://moments@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [str(program("pg_ctl")), *run, "-m", "immediate", "stop"],
            user=user, check=True, stdout=subprocess.DEVNULL, cwd=data,
        )  # fmt: skip
