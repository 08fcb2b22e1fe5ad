"""How sentences are cut at pieces."""

import re

import numpy as np

from newsclean.boilerplate.lines import LineColumn, scan
from newsclean.boilerplate.pieces import Segments, cut, judge_parted
from newsclean.boilerplate.rules import Piece, dictionary, look_up, phrases

LABEL = next(phrase for phrase in phrases() if phrase.inside == "cut" and phrase.rule == "related-headlines")


def test_a_sentence_is_cut_at_a_piece_and_its_words_stay_in_order() -> None:
    text = "The bridge is (Photo: Dana Example) closed today"
    lines = scan([text])
    known = dictionary()
    cue = Piece(0, text.index("("), text.index(")") + 1, LABEL)
    found = cut([text], Segments(lines, look_up(lines, known)), known, [cue])
    parts = [text[start:end] for start, end in found.lines.table[:, [LineColumn.START, LineColumn.END]].tolist()]
    assert parts == ["The bridge is", "(Photo: Dana Example)", "closed today"]
    first, sizes = found.lines.table[:, LineColumn.WORD], found.lines.table[:, LineColumn.WORDS]
    assert first[1:].tolist() == (first + sizes)[:-1].tolist()
    assert np.array_equal(found.lines.words[first[0] : first[-1] + sizes[-1]], lines.words)
    assert found.lines.table[:, LineColumn.RULE].astype(bool).tolist() == [False, True, False]


def test_parts_of_a_sentence_between_brackets_are_judged_as_one() -> None:
    text = "The firms Alpha (Photo: Dana Example) , and Beta (Photo: Dana Example) rose. They fell again."
    lines = scan([text])
    known = dictionary()
    cues = [Piece(0, match.start(), match.end(), LABEL) for match in re.finditer(r"\(.*?\)", text)]
    table = cut([text], Segments(lines, look_up(lines, known)), known, cues).lines.table
    probability = np.array([0.1, 0.99, 0.9, 0.99, 0.8, 0.7], np.float32)
    judge_parted(table, probability)
    assert np.allclose(probability, [0.1, 0.99, 0.1, 0.99, 0.1, 0.7])
