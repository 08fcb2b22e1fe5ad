"""What waits while kernels are compiled: signals, and the search for garbage."""

import contextlib
import gc
import signal
import threading
import types
from collections.abc import Iterator
from typing import Any


class _State:
    """Whether signals are put off, and whether numba has left cycles of objects."""

    undisturbed = False
    garbage = False


_state = _State()


def leave_garbage() -> None:
    """Say that cycles of objects are left, which `uncollected` frees at its end."""
    _state.garbage = True


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles of objects within the block. That takes a tenth of the time to import numba,
    and a quarter of the time to name pairs of articles. Neither makes cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            try:
                _drop_garbage()
            finally:
                gc.enable()


def _drop_garbage() -> None:
    """Free what compiling has left. What a signal's handler raises while Python frees objects is printed, and lost."""
    if _state.garbage:
        with undisturbed():
            gc.collect()
            _state.garbage = False


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and SIGTERM to the end of the block.

    LLVM calls back into Python. What a signal's handler raises there is printed with its traceback, and lost. A second
    signal is not put off.
    """
    if _state.undisturbed or threading.current_thread() is not threading.main_thread():  # no handler runs in others
        yield
        return
    handlers: dict[int, Any] = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    handlers = {number: handler for number, handler in handlers.items() if callable(handler)}
    came: list[int] = []

    def put_off(number: int, frame: types.FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            handlers[number](number, frame)

    _state.undisturbed = True
    for number in handlers:
        signal.signal(number, put_off)
    try:
        yield
    finally:
        _state.undisturbed = False
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if len(came) == 1:
            handlers[came[0]](came[0], None)
