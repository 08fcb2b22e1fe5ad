"""Pieces that cues set off: which are trusted, and how sentences are cut at them."""

import numpy as np
import pytest

from newsclean.boilerplate.lines import LineColumn, scan
from newsclean.boilerplate.pieces import Segments, cut, trusted
from newsclean.boilerplate.rules import Piece, dictionary, look_up, phrases

LABEL = next(phrase for phrase in phrases() if phrase.inside == "cut" and phrase.rule == "related-headlines")


def piece(text: str, cue: str, end: str = "") -> Piece:
    start = text.index(cue)
    return Piece(0, start, text.index(end, start) if end else len(text), LABEL)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed and Read more about this on our page it says",
        "The bridge is closed, READ: " + "Council votes for a bridge that takes long " * 4 + "and so on.",
    ],
)
def test_what_may_be_the_article_is_not_trusted(text: str) -> None:
    cue = piece(text, "READ:" if "READ:" in text else "Read more")
    if "Read more" in text:
        cue = cue._replace(end=cue.start + len("Read more"))
    assert trusted([text], scan([text]).table, cue) is None


def test_a_piece_ends_at_a_gap() -> None:
    text = "The bridge is closed, READ ALSO NOW: " + "Council votes for a bridge   The mayor said so."
    found = trusted(
        [text], scan([text]).table, piece(text, "READ")._replace(phrase=LABEL._replace(words="read also now"))
    )
    assert found is not None
    assert text[found.start : found.end] == "READ ALSO NOW: Council votes for a bridge"


def test_a_sentence_is_cut_at_a_piece_and_its_words_stay_in_order() -> None:
    text = "The bridge is (Photo: Dana Example) closed today"
    lines = scan([text])
    known = dictionary()
    cue = Piece(0, text.index("("), text.index(")") + 1, LABEL)
    found = cut([text], Segments(lines, look_up(lines, known)), known, [cue])
    parts = [text[start:end] for start, end in found.lines.table[:, [LineColumn.START, LineColumn.END]].tolist()]
    assert parts == ["The bridge is", "(Photo: Dana Example)", "closed today"]
    assert np.array_equal(found.lines.words, lines.words)
    assert found.lines.table[:, LineColumn.RULE].astype(bool).tolist() == [False, True, False]
