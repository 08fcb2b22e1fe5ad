"""Bounds of what a pair of symbols costs."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import FREQUENT
from newsclean.damage.screening import tables


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
