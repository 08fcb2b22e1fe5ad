"""Distances from the heads of sections."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate.features import NAMES
from newsclean.boilerplate.features.sections import fill_sections
from newsclean.boilerplate.rules import RULES
from newsclean.compilation import tier
from tests.boilerplate.features import reference as naive

FAMILIES = st.sampled_from(["", "", "comments", "related", "endings", "signup"])


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(FAMILIES, st.booleans()), min_size=1), min_size=1, max_size=3))
def test_since_heads_equals_reference(texts: list[list[tuple[str, bool]]]) -> None:
    number = {rule.family: place for place, rule in enumerate(RULES)}
    found = np.array([number.get(family, -1) for text in texts for family, _ in text], np.int16)
    bounds = np.cumsum([0, *(len(text) for text in texts)])
    expected = [row for text in texts for row in naive.since_heads(*map(list, zip(*text, strict=True)))]
    for interprets in (False, True):
        table = np.zeros((len(found), len(NAMES)), np.float32)
        table[:, NAMES.index("prose")] = [is_prose for text in texts for _, is_prose in text]
        with tier(interprets):
            fill_sections(bounds, found, table)
        columns = [NAMES.index(name) for name in ("since_comments", "prose_since_head")]
        assert table[:, columns].tolist() == [list(row) for row in expected]
