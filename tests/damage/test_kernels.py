"""The kernels against their slow versions."""

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage import plausibility, search
from newsclean.damage.codepages import CODEPAGES, characters
from newsclean.damage.signs import AMPERSAND, CONTROL, PLUS, signs
from newsclean.damage.tables import utf8_tables

SPEC = importlib.util.spec_from_file_location("naive_damage", Path(__file__).with_name("naive.py"))
assert SPEC is not None
assert SPEC.loader is not None
naive: Any = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(naive)

PAGES = ["windows-1252", "windows-1257", "iso-8859-5", "cp866", "mac-roman", "windows-874"]


@pytest.mark.parametrize("name", PAGES)
@settings(max_examples=80, deadline=None)
@given(st.data())
def test_runs_are_units_side_by_side(name: str, data: st.DataObject) -> None:
    page = [page.name for page in CODEPAGES].index(name)
    text = data.draw(st.text("".join(characters(name)[0xA0:]) + "\x9f\x93 aé“”", max_size=30))
    codes = plausibility.code_points(text)
    model: Any = tuple(plausibility.model())
    paid = np.zeros(len(codes) + 2, np.int64)
    search.costs(codes, model, paid[1:])
    np.cumsum(paid, out=paid)
    rows = np.empty((len(codes) // 2 + 1, 4), np.int64)
    found = search.find_runs(codes, utf8_tables()[page], model, paid, -(1 << 40), rows)
    covered = {i for start, end, _, _ in rows[:found].tolist() for i in range(start, end)}
    expected = naive.units(text, name)
    assert covered == {i for start, end, _ in expected for i in range(start, end)}
    assert rows[:found, 2].sum() == len(expected)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_costs(text: str) -> None:
    assert plausibility.cost_of(text) == pytest.approx(naive.cost(text), abs=len(text) * 22)
    capped = [min(plausibility.pair_cost(ord(a), ord(b)), 255 / 12) for a, b in zip("\n" + text, text, strict=False)]
    assert plausibility.cost_of(text) >= sum(capped) - 1e-6


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_flags(text: str) -> None:
    flags = signs(text).flags
    assert bool(flags & AMPERSAND) == ("&" in text)
    assert bool(flags & PLUS) == ("+" in text)
    assert bool(flags & CONTROL) == any((c < " " and c not in "\t\n\f\r") or c == "\x7f" for c in text)
