"""Kernels give the same results interpreted and compiled, and are compiled when much text has come."""

from pathlib import Path

import numpy as np
import pytest

import newsclean
from newsclean import kernels

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
MASK = np.uint64(0xFFFFFFFF)


@kernels.kernel(interpreted=True)
def _next(value: np.uint64) -> np.uint64:
    return (value * np.uint64(0x9E3779B97F4A7C15)) & MASK


@kernels.kernel("void(uint64[::1], uint8[:, ::1])", interpreted=True)
def _fill(start: np.ndarray, out: np.ndarray) -> None:
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


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_cleaning_is_the_same_in_both_tiers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    with kernels.tier(True):
        interpreted = newsclean.clean(text)
    with kernels.tier(False):
        assert newsclean.clean(text) == interpreted


def test_much_text_ends_the_interpreting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_tier", kernels._Tier())
    kernels.expect(["x" * kernels.INTERPRETED_MOST])
    assert kernels._tier.interprets
    kernels.expect(["x"])
    assert not kernels._tier.interprets
