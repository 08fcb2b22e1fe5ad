"""An ordered map over processes."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from newsclean.errors import NewscleanError
from newsclean.jobs.pool import cores, map_ordered, remembered_signals


def double(shared: int, item: int) -> int:
    return shared * item


def fail(shared: int, item: int) -> int:
    raise ValueError(str(item))


def die(shared: int, item: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return item


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    assert list(map_ordered(double, range(20), 2, workers)) == [2 * n for n in range(20)]


@pytest.mark.parametrize("workers", [1, 2])
def test_errors_come_through(workers: int) -> None:
    with pytest.raises(ValueError, match="0"):
        list(map_ordered(fail, range(3), 2, workers))


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(NewscleanError, match="a worker process died"):
        list(map_ordered(die, range(3), 2, 2))


def test_at_least_one_core() -> None:
    assert cores() >= 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A process that is started in the background of a shell ignores interrupts, and so would these tests."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Stubborn:
    """An object that is stopped while Python frees it."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_is_remembered_though_its_exception_is_lost() -> None:
    before = signal.getsignal(signal.SIGINT)
    with remembered_signals() as came:
        Stubborn()
        assert came == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("interruptible")
def test_handlers_are_called_all_the_same() -> None:
    with pytest.raises(KeyboardInterrupt), remembered_signals():
        os.kill(os.getpid(), signal.SIGINT)


def test_signals_of_other_threads_are_left_alone() -> None:
    found: list[object] = []

    def look() -> None:
        with remembered_signals():
            found.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [signal.getsignal(signal.SIGINT)]
