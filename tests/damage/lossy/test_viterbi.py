"""The beam search against every way through a line."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.lossy import _viterbi
from newsclean.damage.lossy.byte_forms import reading
from newsclean.damage.lossy.columns import Option
from newsclean.damage.lossy.lost_bytes import unit_room
from newsclean.damage.lossy.repair import byte_forms, search_line
from newsclean.damage.models.bigrams import cost_of
from tests.damage.lossy import reference

CODEPAGE = [codepage.name for codepage in CODEPAGES].index("windows-1252")
LINE = st.text(st.sampled_from("Ã©¤ aeâ€™'ñÐ³"), min_size=1, max_size=7)


@settings(max_examples=80, deadline=None)
@given(LINE)
def test_units_are_those_of_the_reference(line: str) -> None:
    forms, room = byte_forms((CODEPAGE,), ""), unit_room()
    for start in range(len(line)):
        count = _viterbi.read_unit(code_points(line), start, forms, room)
        found = {(end, chr(read)) for end, read in room.options[:count].tolist()}
        expected = {
            (end, meaning)
            for end, meaning in reference.unit_options(line, start, reading((CODEPAGE,), ""))
            if forms.assigned[ord(meaning)] == 1
        }
        assert expected - found == set() or count == _viterbi.MOST_OPTIONS
        assert room.options.shape[1] == len(Option)


@settings(max_examples=80, deadline=None)
@given(LINE)
def test_no_way_is_much_cheaper_than_the_one_found(line: str) -> None:
    gain, units = search_line(line, (CODEPAGE,), "")
    least = reference.least_cost(line, reading((CODEPAGE,), ""))
    assert cost_of(line + "\n") - gain >= least - 1e-6
    assert len(units) <= len(line)


@pytest.mark.parametrize(("line", "meaning"), [("grÃ¢ce", "â"), ("itâ€™s", "’")])
def test_a_whole_unit_is_found(line: str, meaning: str) -> None:
    _, units = search_line(line, (CODEPAGE,), "")
    assert [chr(read) for read in units[:, 0].tolist()] == [meaning]


def test_a_line_that_needs_too_much_is_left() -> None:
    gain, units = search_line("Ã" * 1500, (CODEPAGE,), "")
    assert gain == 0.0 or len(units)
    assert isinstance(units, np.ndarray)
