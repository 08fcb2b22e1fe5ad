"""Signals and the search for garbage wait while kernels are compiled."""

import contextlib
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsclean.compilation.interruptions import undisturbed


class _Stop(Exception):
    """What the handler of a signal raises."""


@pytest.fixture
def stopping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def stop(number: int, frame: object) -> None:
        raise _Stop

    before = signal.signal(signal.SIGTERM, stop)
    yield
    signal.signal(signal.SIGTERM, before)


def _signalled(times: int) -> list[int]:
    """How often a block was signalled when it came to its end, if it did."""
    reached: list[int] = []
    with contextlib.suppress(_Stop), undisturbed(), undisturbed():
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGTERM)
        reached.append(times)
    return reached


@pytest.mark.usefixtures("stopping")
def test_a_signal_is_put_off_while_kernels_are_compiled() -> None:
    assert _signalled(1) == [1]
    with pytest.raises(_Stop):
        os.kill(os.getpid(), signal.SIGTERM)
    assert _signalled(0) == [0]


@pytest.mark.usefixtures("stopping")
def test_what_was_put_off_is_heard_at_the_end() -> None:
    with pytest.raises(_Stop), undisturbed():
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.usefixtures("stopping")
def test_a_second_signal_is_heard_at_once() -> None:
    assert _signalled(2) == []


def test_other_threads_may_compile() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: undisturbed().__enter__()).result() is None
