"""Labels in a line: the longest phrases that are lines by themselves."""

from newsclean.boilerplate.lines import scan
from newsclean.boilerplate.rules import labels_in


def labels(text: str) -> list[str]:
    lines = scan([text])
    return [text[lines.places[first, 0] : lines.places[behind - 1, 1]] for _, first, behind in labels_in(lines)]


def test_the_longest_label_counts() -> None:
    assert labels("Share on Facebook Print He left.") == ["Share on Facebook", "Print"]


def test_dates_are_no_labels() -> None:
    assert labels("It was on January 17, 2012 in town.") == []
