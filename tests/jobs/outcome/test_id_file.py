"""Ids by number."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsclean.duplicates import Scratch
from newsclean.jobs.outcome import Names


@given(st.lists(st.text(st.characters(), max_size=5)))
def test_what_was_added_is_read(given_names: list[str]) -> None:
    names = Names(Scratch())
    for name in given_names:
        names.add([name])
    assert [*names] == names[:] == given_names


def test_any_of_them(tmp_path: Path) -> None:
    names = Names(Scratch(tmp_path, 1 << 10))
    names.add(f"é{at}" for at in range(1000))
    assert names.of(np.array([999, 0])) == ["é999", "é0"]
