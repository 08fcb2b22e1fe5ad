"""The kernels against their slow versions."""

import importlib.util
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage import codepoints
from newsclean.damage.encodings.codepages import CODEPAGES, characters
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import FREQUENT, Symbol
from newsclean.damage.screening import tables
from newsclean.damage.screening._scan import IDEOGRAPHS, LEAST_GAIN
from newsclean.damage.screening.report import AMPERSAND, CONTROL, PLUS
from newsclean.damage.screening.screen import ALL, look, screen_text, screen_texts

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
    codes = codepoints.code_points(text)
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
    codes = codepoints.code_points(text)
    _, rows = look(codes, [len(codes)], ALL, len(CODEPAGES) * 40, -(1 << 40))
    _, likely = look(codes, [len(codes)], ALL, len(rows))
    assert likely.tolist() == rows[rows[:, 3] >= LEAST_GAIN].tolist()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_costs(text: str) -> None:
    assert bigrams.cost_of(text) == pytest.approx(naive.cost(text), abs=len(text) * 22)
    capped = [min(bigrams.pair_cost(ord(a), ord(b)), 255 / 12) for a, b in zip("\n" + text, text, strict=False)]
    assert bigrams.cost_of(text) >= sum(capped) - 1e-6


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=30))
def test_flags(text: str) -> None:
    flags = screen_text(text).flags
    assert bool(flags & AMPERSAND) == ("&" in text)
    assert bool(flags & PLUS) == ("+" in text)
    assert bool(flags & CONTROL) == any((c < " " and c not in "\t\n\f\r") or c == "\x7f" for c in text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.characters(codec=None) | st.sampled_from("a и\u200d\u0915"), max_size=40), max_size=6))
def test_texts_of_a_batch_have_the_signs_that_they_have_alone(texts: list[str]) -> None:
    for text, seen in zip(texts, screen_texts(texts), strict=True):
        alone = screen_text(text)
        assert seen[:6] == alone[:6]
        assert seen.runs is None or alone.runs is None or seen.runs.tolist() == alone.runs.tolist()


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("aZ 5") | st.characters(codec=None, max_codepoint=0x2FFF), max_size=60))
def test_excess_is_that_of_the_worst_stretch(text: str) -> None:
    known = bigrams.model()
    worst = excess = 0
    for left, right in itertools.pairwise("\n" + text):
        if max(left, right) >= "\x80":
            a, b = int(known.symbol[ord(left)]), int(known.symbol[ord(right)])
            one, other = known.symbols[a].tolist(), known.symbols[b].tolist()
            rare = int(known.transitions[one[Symbol.CLASS], other[Symbol.CLASS]]) + other[Symbol.SINGLE] - IDEOGRAPHS
            cost = int(known.frequent[a, b]) if max(a, b) < FREQUENT else rare
            excess = max(0, excess + cost - other[Symbol.ALLOWANCE])
            worst = max(worst, excess)
    assert screen_text(text).excess == worst


@settings(max_examples=500, deadline=None)
@given(st.integers(1, FREQUENT - 1), st.integers(0x80, 0xFFFF))
def test_no_pair_costs_less_than_its_bound(symbol: int, code: int) -> None:
    known, quick = bigrams.model(), tables.lookup()
    kind, more, most, more_behind, most_behind = quick.meanings[5 * code : 5 * code + 5].tolist()
    other = np.flatnonzero(known.symbol == symbol)[:1].astype(np.uint32)
    own = np.array([code], np.uint32)
    for codes, table, added, highest in (
        ((other, own), quick.before, more, most),
        ((own, other), quick.behind, more_behind, most_behind),
    ):
        out = np.empty(2, np.int64)
        bigrams.costs(np.concatenate(codes), known, out)
        assert min(int(table[kind * FREQUENT + symbol]) + added, highest) <= out[1]
