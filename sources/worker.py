"""A process beside this one in which feeds are read under limits of time and memory.

A few hundred kilobytes of hostile feed keep feedparser busy for minutes, inside regular
expressions that no thread can interrupt. So it runs in a process of its own, started with the
first feed, reused, and ended by its own watchdog: that one is a thread of the interpreter's C
code, which needs neither the interpreter's lock nor anybody here to be awake.

The child is a plain interpreter that imports this module and talks over its pipes: it does not
import the program's main module, inherits no environment, and ends when its input ends.
"""

import atexit
import faulthandler
import json
import os
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, cast

from sources.entries import FeedDocument, NotAFeed, read_entries

SECONDS = 10.0  # real feeds take under one; a hostile one would take minutes
MEMORY = 2 << 30  # bytes of address space; a 10 MB feed of a million items stays under it

_LENGTH = struct.Struct(">I")
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from sources.worker import serve; serve()"
)


class WorkerFailed(Exception):
    """The worker gave no answer; the message says why."""


class Worker:
    """Reads feeds one at a time; safe to call from any thread."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._parents: list[subprocess.Popen[bytes] | None] = []

    def read_entries(self, body: bytes, charset: str | None) -> FeedDocument:
        """Do what `entries.read_entries` does; raises NotAFeed and WorkerFailed."""
        with self._lock:
            answer = self._ask(json.dumps([charset, self._seconds]).encode(), body)
        if "not_a_feed" in answer:
            raise NotAFeed(answer["not_a_feed"])
        if "failed" in answer:
            raise WorkerFailed(answer["failed"])
        return cast("FeedDocument", answer["feed"])

    def close(self) -> None:
        """End the process; a later call starts another."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(OSError):
                process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    cast("IO[bytes]", pipe).close()

    def forget(self) -> None:
        """Leave the process to the parent; called in a child that was forked off."""
        self._parents.append(self._process)  # kept, since its pipes are not ours to close
        self._process, self._lock = None, threading.Lock()

    def _ask(self, *frames: bytes) -> dict[str, str]:
        process = self._process or self._start()
        try:
            for frame in frames:
                _write(cast("IO[bytes]", process.stdin), frame)
            answer = _read(cast("IO[bytes]", process.stdout))
        except OSError:
            answer = None
        if answer is None:
            self.close()
            raise WorkerFailed(f"reading it took more than {self._seconds:g} s or crashed")
        return cast("dict[str, str]", json.loads(answer))

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps([str(place) for place in sys.path])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},  # no secret of this process is of use to a parser of strangers' bytes
            start_new_session=True,  # Ctrl-C is for this process to handle
        )
        return self._process


WORKER = Worker()
atexit.register(WORKER.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=WORKER.forget)


def serve() -> None:
    """Be the worker: answer one feed after the other until the input ends."""
    _limit_memory()
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    while (question := _read(inbox)) is not None and (body := _read(inbox)) is not None:
        charset, seconds = json.loads(question)
        faulthandler.dump_traceback_later(seconds, exit=True)
        answer = _answer(body, charset)
        faulthandler.cancel_dump_traceback_later()
        _write(outbox, json.dumps(answer).encode())


def _answer(body: bytes, charset: str | None) -> dict[str, object]:
    try:
        return {"feed": read_entries(body, charset)}
    except NotAFeed as error:
        return {"not_a_feed": str(error)}
    except Exception as error:
        return {"failed": f"the parser failed ({type(error).__name__})"}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _write(pipe: IO[bytes], frame: bytes) -> None:
    pipe.write(_LENGTH.pack(len(frame)) + frame)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    frame = pipe.read(size)
    return frame if len(frame) == size else None
