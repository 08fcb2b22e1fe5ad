"""How long lines are, and which are paragraphs."""

from newsclean.boilerplate.lines import lengths, prose, scan


def test_ideographs_count_three_and_syllables_two() -> None:
    assert lengths(scan(["abc 12\n関連\n관련"])).tolist() == [5, 6, 4]


def test_prose_is_long_and_ends_with_a_stop() -> None:
    lines = scan(["word " * 30 + "end.\n" + "word " * 30 + "\nShort."])
    assert prose(lines, lengths(lines)).tolist() == [True, False, False]
