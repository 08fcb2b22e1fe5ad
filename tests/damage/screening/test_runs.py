"""Runs of units, and how they are sifted."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.codepages import CODEPAGES, characters
from newsclean.damage.screening._scan import LEAST_GAIN
from newsclean.damage.screening.columns import LikelyRun
from newsclean.damage.screening.screen import ALL, look
from tests.damage.screening import reference

MISREAD_IN = ["windows-1252", "windows-1257", "iso-8859-5", "cp866", "mac-roman", "windows-874"]


@pytest.mark.parametrize("name", MISREAD_IN)
@settings(max_examples=80, deadline=None)
@given(st.data())
def test_runs_are_units_side_by_side(name: str, data: st.DataObject) -> None:
    codepage = [codepage.name for codepage in CODEPAGES].index(name)
    text = data.draw(st.text("".join(characters(name)[0xA0:]) + "\x9f\x93 aé“”", max_size=30))
    codes = code_points(text)
    _, rows = look(codes, [len(codes)], 1 << codepage, len(codes), -(1 << 40))
    covered = {i for start, end, *_ in rows.tolist() for i in range(start, end)}
    expected = reference.units(text, name)
    assert covered == {i for start, end, _ in expected for i in range(start, end)}
    assert rows[:, LikelyRun.UNITS].sum() == len(expected)


@pytest.mark.parametrize("name", [*MISREAD_IN, "cp855"])
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_likely_run_is_sifted_out(name: str, data: st.DataObject) -> None:
    letters = st.sampled_from([c for c in characters(name)[0x80:] if c.isalpha()])
    text = data.draw(st.text(letters | st.sampled_from([*characters(name)[0x80:], *" aеиé人"]), max_size=40))
    codes = code_points(text)
    _, rows = look(codes, [len(codes)], ALL, len(CODEPAGES) * 40, -(1 << 40))
    _, likely = look(codes, [len(codes)], ALL, len(rows))
    assert by_codepage(likely) == by_codepage(rows[rows[:, LikelyRun.GAIN] >= LEAST_GAIN])


def by_codepage(rows: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """A row for each code page of each run."""
    codepages = range(len(CODEPAGES))
    return sorted(
        (*row[: LikelyRun.CODEPAGES], codepage)
        for row in rows.tolist()
        for codepage in codepages
        if row[4] >> codepage & 1
    )


def test_codepages_that_agree_share_a_row() -> None:
    codes = code_points("GrÃ¼ÃŸe")
    _, rows = look(codes, [len(codes)], ALL, len(codes))
    own = [codepage.name for codepage in CODEPAGES if rows[0, LikelyRun.CODEPAGES] >> CODEPAGES.index(codepage) & 1]
    assert own[:3] == ["windows-1252", "latin-1", "windows-1254"]
    assert len(rows) < len(by_codepage(rows))
