"""The kernels against their slow versions."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage import plausibility
from newsclean.damage.codepages import CODEPAGES, characters
from newsclean.damage.screening import LEAST_GAIN
from newsclean.damage.signs import ALL, AMPERSAND, CONTROL, PLUS, look, signs

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
    _, rows = look(codes, [len(codes)], 1 << page, len(codes), -(1 << 40))
    covered = {i for start, end, *_ in rows.tolist() for i in range(start, end)}
    expected = naive.units(text, name)
    assert covered == {i for start, end, _ in expected for i in range(start, end)}
    assert rows[:, 2].sum() == len(expected)


@pytest.mark.parametrize("name", [*PAGES, "cp855"])
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_likely_run_is_sifted_out(name: str, data: st.DataObject) -> None:
    letters = st.sampled_from([c for c in characters(name)[0x80:] if c.isalpha()])
    text = data.draw(st.text(letters | st.sampled_from([*characters(name)[0x80:], *" aеиé人"]), max_size=40))
    codes = plausibility.code_points(text)
    _, rows = look(codes, [len(codes)], ALL, len(CODEPAGES) * 40, -(1 << 40))
    _, likely = look(codes, [len(codes)], ALL, len(rows))
    assert likely.tolist() == rows[rows[:, 3] >= LEAST_GAIN].tolist()


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
