"""Kernels give the same results interpreted and compiled, and are compiled when much text has come."""

import contextlib
import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
from newsclean.compilation import Column, Table, kernels
from tests.paths import ROOT, SEEDS
from tests.strategies import TEXTS

CASES = (ROOT / "tests/damage/cases/negative.jsonl").read_text(encoding="utf-8").splitlines()
REPAIRS = [json.loads(line)["text"] for line in CASES][::5]
MASK = np.uint64(0xFFFFFFFF)


@kernels.kernel(interpreted=True)
def _next(value: np.uint64) -> np.uint64:
    return (value * np.uint64(0x9E3779B97F4A7C15)) & MASK


@kernels.kernel(entry=True, interpreted=True)
def _fill(start: Column[np.uint64], out: Table[np.uint8]) -> None:
    value = start[0]
    for row in range(len(out)):
        value = _next(value)
        out[row, 0] = value & np.uint64(0xFF)


def test_a_kernel_and_what_it_calls_run_in_both_tiers() -> None:
    results = []
    for interprets in (True, False):
        out = np.zeros((50, 1), np.uint8)
        with kernels.tier(interprets):
            _fill(np.array([2**63 + 5], np.uint64), out)
        results.append(out.tolist())
    assert results[0] == results[1]
    assert len({value for [value] in results[0]}) > 20


def cleaned_in(interprets: bool, text: str) -> newsclean.Cleaned:
    with kernels.tier(interprets):
        return newsclean.clean(text)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_seeds_are_cleaned_the_same_in_both_tiers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert cleaned_in(True, text) == cleaned_in(False, text)


@pytest.mark.parametrize("text", REPAIRS, ids=lambda text: text[:20])
def test_repairs_are_the_same_in_both_tiers(text: str) -> None:
    assert cleaned_in(True, text) == cleaned_in(False, text)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from(("utf-8", "utf-16-le", "cp1251")), st.sampled_from(("cp1252", "latin-1", "koi8-r")))
def test_any_text_is_cleaned_the_same_in_both_tiers(text: str, written: str, read: str) -> None:
    damaged = text.encode(written, "replace").decode(read, "replace")
    for each in (text, f"{damaged}\n\n{text}"):
        assert cleaned_in(True, each) == cleaned_in(False, each)


def test_much_text_ends_the_interpreting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_tier", kernels._Tier())
    kernels.expect(["x" * kernels.INTERPRETED_MOST])
    assert kernels._tier.interprets
    kernels.expect(["x"])
    assert not kernels._tier.interprets


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
    with contextlib.suppress(_Stop), kernels.undisturbed(), kernels.undisturbed():
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
    with pytest.raises(_Stop), kernels.undisturbed():
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.usefixtures("stopping")
def test_a_second_signal_is_heard_at_once() -> None:
    assert _signalled(2) == []


def test_other_threads_may_compile() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: kernels.undisturbed().__enter__()).result() is None
