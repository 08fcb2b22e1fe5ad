"""The same words, the same verdict: wrapped at a width, with other blank lines, or joined, a text loses the same."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate import strip_batch

ARTICLE = (
    "The old bridge over the river was closed on Monday morning after engineers had found cracks in its piers.",
    "The mayor said that nobody had been hurt. She asked drivers to take the road along the northern bank of it.",
    "The shopkeepers of the old town fear for their trade. Half of my customers live over there, said the baker.",
    "The council will decide in March whether a new bridge is to be built. It would be the third in a century.",
)
RESIDUE = (
    "Share this article",
    "Read also: Council votes for a new bridge",
    "Subscribe to our newsletter",
    "© 2024 Example News. All rights reserved.",
)
LINES = (*ARTICLE[:2], RESIDUE[1], *ARTICLE[2:], RESIDUE[0], *RESIDUE[2:])


def removed(text: str) -> Counter[str]:
    """The words that go."""
    [cleaned] = strip_batch([text])
    assert cleaned.original == text
    return Counter(text.split()) - Counter(cleaned.text.split())


def wrapped(line: str, width: int) -> str:
    rows, row = [], ""
    for word in line.split():
        if row and len(row) + 1 + len(word) > width:
            rows.append(row)
            row = word
        else:
            row = f"{row} {word}" if row else word
    return "\n".join([*rows, row])


@settings(max_examples=40)
@given(width=st.integers(50, 100), breaks=st.sampled_from(["\n\n", "\n\n\n"]))
def test_width_and_blank_lines_change_nothing(width: int, breaks: str) -> None:
    expected = removed("\n\n".join(LINES))
    assert expected
    assert removed(breaks.join(wrapped(line, width) for line in LINES)) == expected


@settings(max_examples=20)
@given(mark=st.sampled_from(["", "- ", "* ", "> ", "## "]))
def test_marks_of_markdown_are_seen_through(mark: str) -> None:
    lines = [f"{mark}{line}" if line in RESIDUE else line for line in LINES]
    gone = removed("\n\n".join(lines))
    assert all(gone[word] for line in RESIDUE for word in line.split())


def test_joined_to_one_line_only_residue_goes() -> None:
    text = " ".join(LINES)
    [cleaned] = strip_batch([text])
    assert all(line in cleaned.text for line in ARTICLE)
    assert RESIDUE[3] not in cleaned.text
