"""Work shared out to processes, a bounded number of tasks at a time."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from multiprocessing import forkserver, get_context, parent_process
from typing import Protocol, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

_WAITING = 1  # tasks that wait for a process: it is never idle, and memory holds few


class Each(Protocol):
    """Every task with its result, as they are done.

    What a task raises is raised here, after the tasks that run have ended.
    """

    def __call__(
        self, work: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[Task, Result]]: ...


@contextmanager
def shared_by(count: int, preload: str) -> Iterator[Each]:
    """So many processes to do tasks; one is this process itself.

    `preload` is a module that takes long to import: it is imported once, by the process that the
    others are forked from.
    """
    if count == 1:
        yield _here
        return
    # Not forked from this process: the progress line and pyarrow have threads, which no fork
    # survives. The server's process has none.
    context = get_context("forkserver")
    context.set_forkserver_preload([preload])
    forkserver.ensure_running()  # now, while this process goes on
    with ProcessPoolExecutor(count, context, _prepare) as pool:
        try:
            yield partial(_shared, pool, count)
        finally:
            pool.shutdown(cancel_futures=True)


def _here(work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
    for task in tasks:
        yield task, work(task)


def _shared(
    pool: ProcessPoolExecutor, count: int, work: Callable[[Task], Result], tasks: Iterable[Task]
) -> Iterator[tuple[Task, Result]]:
    running: dict[Future[Result], Task] = {}
    for task in tasks:
        running[pool.submit(work, task)] = task
        if len(running) >= count + _WAITING:
            yield from _done(running)
    while running:
        yield from _done(running)


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
