"""Kernels give the same results interpreted and compiled, and are compiled when much text has come."""

import json
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


@kernels.kernel(entry=True, interpreted=True)
def _wait_and_fill(start: Column[np.uint64], out: Table[np.uint8]) -> None:
    kernels.expect(["x" * 2 * kernels.INTERPRETED_MOST])  # as another thread might, meanwhile
    _fill(start, out)


def test_what_an_interpreted_kernel_calls_is_interpreted_whatever_others_have_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kernels, "_tier", kernels._Tier())
    out = np.zeros((5, 1), np.uint8)
    _wait_and_fill(np.array([7], np.uint64), out)
    assert out.any()
    assert not kernels._tier.interprets


@pytest.mark.parametrize("interprets", [True, False])
def test_a_thread_can_ask_for_its_tier(interprets: bool) -> None:
    with kernels.tier(interprets), ThreadPoolExecutor(1) as pool:
        assert kernels.interprets() is interprets
        assert pool.submit(kernels.interprets).result() is kernels._tier.interprets


def test_a_tier_is_for_one_thread() -> None:
    with kernels.tier(interprets=True), ThreadPoolExecutor(1) as pool:
        assert kernels._thread.interprets is True
        assert pool.submit(lambda: kernels._thread.interprets).result() is None
    assert kernels._thread.interprets is None
