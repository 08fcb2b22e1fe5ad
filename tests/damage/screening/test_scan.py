"""The excess of a text."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import FREQUENT, Symbol
from newsclean.damage.screening._scan import IDEOGRAPHS
from newsclean.damage.screening.screen import screen_text


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("aZ 5") | st.characters(codec=None, max_codepoint=0x2FFF), max_size=60))
def test_excess_is_that_of_the_worst_stretch(text: str) -> None:
    known = bigrams.model()
    worst = excess = 0
    for left, right in itertools.pairwise("\n" + text):
        if max(left, right) >= "\x80":
            a, b = int(known.symbol[ord(left)]), int(known.symbol[ord(right)])
            one, other = known.symbols[a].tolist(), known.symbols[b].tolist()
            classes = int(known.transitions[one[Symbol.CLASS], other[Symbol.CLASS]])
            rare = classes + other[Symbol.SINGLE] - IDEOGRAPHS
            cost = int(known.frequent[a, b]) if max(a, b) < FREQUENT else rare
            excess = max(0, excess + cost - other[Symbol.ALLOWANCE])
            worst = max(worst, excess)
    assert screen_text(text).excess == worst
