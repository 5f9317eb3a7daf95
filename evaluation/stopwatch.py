"""Wall and CPU time of work, here and in processes of its own, and ratios with their spread."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


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


def timed(work: Callable[[], object]) -> Took:
    """The time of one call in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


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
    """The time of a command and of the processes it starts. Raises CalledProcessError."""
    began = time.perf_counter()
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = (folder / "said.txt").read_text("utf-8", "replace")[-2000:]
        raise subprocess.CalledProcessError(process.returncode, command, told)
    return Took(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), max(values)
