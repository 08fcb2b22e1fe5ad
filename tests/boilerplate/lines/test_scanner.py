"""Lines and words as the kernel finds them are those of the slow reference."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate.lines import scan
from newsclean.compilation import tier
from tests.boilerplate.lines import reference as lines_ref

CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from('\n\n\n\r \t.,:!?"”»|•-–Aaé1٣سحם年かก\u0301\u200b\ud800\x00😀𠀀Ⅷ'),
    st.sampled_from("\n aB."),
    st.sampled_from(["good", "три", "Abcd", "جسر", "12", " ", ",", ".", "!", "…", ":", ")", '"', "«", "—", "\n"]),
)
TEXTS = st.lists(CHARACTERS, max_size=80).map("".join)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_scan_equals_reference(texts: list[str]) -> None:
    with tier(bool(len(texts) % 2)):
        lines = scan(texts)
    rows: list[list[int]] = []
    words: list[int] = []
    for number, text in enumerate(texts):
        table, hashes = lines_ref.scan(text)
        for row in table:
            row[0] = number
            row[5] += len(words)
        rows += table
        words += hashes
    assert lines.table.tolist() == rows
    assert lines.words.tolist() == words


def test_empty_batch_and_blank_texts() -> None:
    assert len(scan([]).table) == 0
    assert len(scan(["", "\n\n", " \t\r\n "]).table) == 0
    assert np.array_equal(scan(["a\r\nb"]).table[:, 2], [0, 3])


def test_sentences_of_scripts_without_capitals_are_glued_like_others() -> None:
    assert len(scan(["أغلق الجسر القديم أمس.كتبت الصحيفة"]).table) == 2
    assert len(scan(["قال الوزير د.محمد أمس"]).table) == 1
    assert len(scan(["هذا هو العدد ٣.٥ مليون"]).table) == 1
