"""The bounds of texts in the table of lines."""

from newsclean.boilerplate.lines import scan, text_bounds


def test_bounds_of_texts_with_lines() -> None:
    assert text_bounds(scan(["a\nb", "", "c"])).tolist() == [0, 2, 3]
