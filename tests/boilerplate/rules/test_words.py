"""Words are where the scanner has them."""

from hypothesis import given
from hypothesis import strategies as st

from newsclean.boilerplate.lines import CharKind, scan
from newsclean.boilerplate.rules.words import kind_of, word_places

LETTERS = st.sampled_from("aß1é.-: (ก็ാनीด漢，字́\u0640한\U0001f600\U00020000\u200c")


@given(st.text(LETTERS, max_size=40))
def test_as_many_words_as_the_scanner_finds(line: str) -> None:
    starts, ends = word_places(line)
    assert len(starts) == len(ends) == len(scan([line]).words)
    assert all(begin < end for begin, end in zip(starts, ends, strict=True))
    assert all(kind_of(line[begin]) <= CharKind.UNSPACED for begin in starts)
