"""The lines of texts after decoding."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.codepoints import code_points
from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake.decoder import decode_mojibake
from newsclean.damage.recoding._lines import DecodedTexts, LineRow, TextRow, cut_lines
from newsclean.damage.recoding.lines import lines_of
from newsclean.damage.screening.screen import screen_text
from tests.damage.recoding import reference


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab \né"), max_size=60), st.integers(4, 12))
def test_lines_are_those_of_the_reference(text: str, longest: int) -> None:
    lines, ends = np.empty((len(text) + 1, len(LineRow)), np.int64), np.empty((1, len(TextRow)), np.int64)
    nothing = np.empty((0, 4), np.int64), np.zeros(2, np.int64)
    texts = DecodedTexts(code_points(text), np.array([0, len(text)]), *nothing)
    count = cut_lines(texts, np.zeros(65536, np.int64), longest, lines, ends)
    assert lines[:count, LineRow.END].tolist() == reference.lines(text, longest)
    assert ends[0, TextRow.LINES] == count


def test_lines_with_edits() -> None:
    text = "plain\nGrÃ¼ÃŸe\nend"
    decoded = decode_mojibake([text], [screen_text(text)], RepairHints(0.5))
    [lines] = lines_of([text], decoded, [36.0], [])
    assert lines.rows[:, LineRow.END].tolist() == [0, 6, 14, 17]
    assert lines.rows[:, LineRow.NEW_END].tolist() == [0, 6, 12, 15]
    assert len(lines.excess) == 3
