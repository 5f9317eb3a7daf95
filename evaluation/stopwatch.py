"""Wall and CPU time of work, here and in processes of its own, and ratios with their spread."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# A process is told to have held what the one that started it held, so a small one starts it.
_RUNNER = """
import json, resource, subprocess, sys, time
began = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdout=sys.stderr)
wall, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds, and for a process the most memory that it held."""

    wall: float
    cpu: float
    peak_mb: float = 0.0

    def per(self, count: float) -> "Took":
        """The same per piece of work."""
        return Took(self.wall / count, self.cpu / count, self.peak_mb)


@dataclass(frozen=True, slots=True)
class Ratio:
    """One's time by the other's, run by run: the median and the extremes."""

    cpu: tuple[float, float, float]
    wall: tuple[float, float, float]

    @classmethod
    def of(cls, above: Sequence[Took], below: Sequence[Took]) -> "Ratio":
        """Runs made in turns, so that a busy minute meets both."""
        pairs = list(zip(above, below, strict=True))
        return cls(
            _spread([one.cpu / other.cpu for one, other in pairs]),
            _spread([one.wall / other.wall for one, other in pairs]),
        )


def in_turns(repeats: int, *works: Callable[[], Took]) -> list[list[Took]]:
    """The times of each work: all are done one after the other, and that so many times."""
    turns = [[work() for work in works] for _ in range(repeats)]
    return [list(taken) for taken in zip(*turns, strict=True)]


def timed(work: Callable[[], object], count: int = 1) -> Took:
    """The time of one call in this process, per piece where it does so many."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu).per(count)


def added(work: Callable[[], object]) -> int:
    """Bytes by which this process comes to hold more than before while the call runs (on Linux).

    Whatever takes them: what compiled loops allocate is not seen by tracemalloc.
    """
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak begins anew
    before = _held("VmRSS")
    work()
    return _held("VmHWM") - before


def _held(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(name))


def run(command: Sequence[str], folder: Path) -> Took:
    """The time of a command and of the processes it starts, and the memory of the largest.

    Raises CalledProcessError, with the end of what the command said.
    """
    ran = subprocess.run(
        [sys.executable, "-c", _RUNNER, *command], cwd=folder, capture_output=True, text=True
    )
    status, wall, cpu, peak = json.loads(ran.stdout)
    if status:
        error = subprocess.CalledProcessError(status, command)
        error.add_note(ran.stderr[-2000:])
        raise error
    return Took(wall, cpu, peak)


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), max(values)
