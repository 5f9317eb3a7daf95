"""Replacing a file as a whole or not at all."""

import os
import tempfile
from pathlib import Path


def replace(path: Path, content: bytes, durable: bool = True) -> bool:
    """Put the content at the path atomically; True if it differs from what was there.

    A reader sees the old file or the new one, never a part; a file that would not change is
    not touched. Where many files are made that a crash of the machine makes again, `durable` is
    False and none waits for the disk. Raises OSError where the file cannot be written; the old
    one then stays.
    """
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        os.chmod(name, 0o644)  # mkstemp makes files that only their owner may read
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True
