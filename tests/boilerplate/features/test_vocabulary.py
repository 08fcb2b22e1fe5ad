"""What lines share with paragraphs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate.features import NAMES
from newsclean.boilerplate.features.vocabulary import fill_shared
from newsclean.boilerplate.lines import rarity, scan, text_bounds
from newsclean.compilation import tier
from tests.boilerplate.features import reference as naive

WORDY = st.lists(st.sampled_from(["Paris", "the", "zygote", "7", "12", "ab", "税", "关", "\n", "\n", "."]), max_size=40)


@settings(deadline=None)
@given(st.lists(WORDY.map(" ".join), min_size=1, max_size=3), st.integers(0, 2**40))
def test_share_equals_reference(texts: list[str], bits: int) -> None:
    lines = scan(texts)
    rows = len(lines.table)
    if rows == 0:
        return
    is_prose = np.array([bits >> row & 1 for row in range(rows)], np.bool_)
    expected = naive.share(texts, is_prose.tolist(), rarity())
    for interprets in (False, True):
        table = np.zeros((rows, len(NAMES)), np.float32)
        with tier(interprets):
            fill_shared(lines, text_bounds(lines), is_prose, table)
        found = table[:, [NAMES.index(name) for name in ("shared", "content", "lead", "themes", "theme")]]
        assert np.allclose(found, expected, atol=1e-5)
