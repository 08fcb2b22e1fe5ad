"""The processes of this machine."""

import collections
import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from newsclean.compilation import cache_directory, share
from newsclean.errors import NewscleanError

Item = TypeVar("Item")
Result = TypeVar("Result")
Shared = TypeVar("Shared")

_shared: Any = None  # in a worker: what every call gets, sent once


def cores() -> int:
    """How many processors this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def map_ordered(
    function: Callable[[Shared, Item], Result], items: Iterable[Item], shared: Shared, workers: int
) -> Iterator[Result]:
    """`function(shared, item)` for each item, in the order of the items.

    At most two items a worker are in flight, so that memory stays bounded however long `items` is. One worker means
    this process.

    Raises:
        NewscleanError: a worker died, most often because the machine ran out of memory.
    """
    if workers <= 1:
        for item in items:
            yield function(shared, item)
        return
    # "spawn", because a fork of a process that has threads (progress bar, Arrow) can deadlock.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_start, initargs=(shared, cache_directory())) as pool:
        pending: collections.deque[Future[Result]] = collections.deque()
        try:
            for item in items:
                if len(pending) >= 2 * workers:
                    yield pending.popleft().result()
                pending.append(pool.submit(_call, function, item))
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:
            raise NewscleanError(
                "a worker process died, probably for lack of memory; what is done is kept: "
                "run the same command again, with fewer --workers"
            ) from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextlib.contextmanager
def remembered_signals() -> Iterator[list[int]]:
    """The numbers of the Ctrl-C and SIGTERM that came within the block, whose handlers are called all the same.

    What a handler raises while Python frees an object (`__del__`) is printed and lost.
    """
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # handlers run in the main thread
        yield came
        return
    handlers: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    handlers = {number: handler for number, handler in handlers.items() if callable(handler)}

    def remember(number: int, frame: FrameType | None) -> None:
        came.append(number)
        handlers[number](number, frame)

    for number in handlers:
        signal.signal(number, remember)
    try:
        yield came
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _start(shared: Any, cache: Path) -> None:
    global _shared
    _shared = shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes; the parent says what follows
    share(cache)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """Without this, workers wait for ever for a parent that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _call(function: Callable[[Any, Item], Result], item: Item) -> Result:
    return function(_shared, item)
