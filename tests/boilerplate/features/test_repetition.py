"""What lines repeat of others."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate.features import NAMES
from newsclean.boilerplate.features.repetition import fill_echo
from newsclean.boilerplate.lines import scan, text_bounds
from newsclean.compilation import tier
from tests.boilerplate.features import reference as naive

WORDY = st.lists(st.sampled_from(["Paris", "the", "zygote", "7", "12", "ab", "税", "关", "\n", "\n", "."]), max_size=40)


@settings(deadline=None)
@given(st.lists(WORDY.map(" ".join), min_size=1, max_size=3))
def test_echo_equals_reference(texts: list[str]) -> None:
    lines = scan(texts)
    expected = [share for text in texts for share in naive.echo(text)]
    for interprets in (False, True):
        table = np.zeros((len(lines.table), len(NAMES)), np.float32)
        with tier(interprets):
            fill_echo(lines, text_bounds(lines), table)
        assert np.allclose(table[:, NAMES.index("echo")], expected)
