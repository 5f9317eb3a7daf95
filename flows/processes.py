"""Work shared out to processes, a bounded number of tasks at a time."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context, parent_process
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_WAITING = 1  # tasks that wait for a process: it is never idle, and memory holds few


def each(
    work: Callable[[Task], Result], tasks: Iterable[Task], workers: int
) -> Iterator[tuple[Task, Result]]:
    """Every task with its result, as they are done; with one worker in this process.

    What a task raises is raised here, after the tasks that run have ended.
    """
    if workers == 1:
        yield from ((task, work(task)) for task in tasks)
        return
    # Spawned, not forked: the progress line and pyarrow have threads, which no fork survives.
    context = get_context("spawn")
    running: dict[Future[Result], Task] = {}
    with ProcessPoolExecutor(workers, context, _prepare) as pool:
        try:
            for task in tasks:
                running[pool.submit(work, task)] = task
                if len(running) >= workers + _WAITING:
                    yield from _done(running)
            while running:
                yield from _done(running)
        finally:
            pool.shutdown(cancel_futures=True)


def _done(running: dict[Future[Result], Task]) -> Iterator[tuple[Task, Result]]:
    for future in wait(running, return_when=FIRST_COMPLETED).done:
        yield running.pop(future), future.result()


def _prepare() -> None:
    """Ctrl-C is for the parent to answer, and no process outlives it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
