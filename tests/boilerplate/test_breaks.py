"""Lost line breaks: where gaps and labels in a row show them, and where nothing does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.boilerplate.breaks import restored

STORY = "The old bridge over the river is closed until May, the mayor said on Monday morning. " * 4
CASES = {
    "a-gap-behind-a-title": ("Bridge closed for repairs  " + STORY, ["Bridge closed for repairs", "", STORY]),
    "a-tab-behind-a-title": ("Bridge closed for repairs\t" + STORY, ["Bridge closed for repairs", STORY]),
    "labels-in-a-row": (
        f"{STORY}Share on Facebook Share on Twitter Print {STORY}",
        [STORY.rstrip(), "Share on Facebook", "Share on Twitter", "Print", STORY],
    ),
    "two-spaces-behind-each-sentence": (STORY.replace(". ", ".  "), None),
    "labels-of-which-a-sentence-is-made": (
        f"{STORY}Share on Facebook Share on Twitter and tell us more. {STORY}",
        None,
    ),
    "one-label": (f"{STORY}Share on Facebook {STORY}", None),
    "a-sentence-in-capitals": (f"{STORY}SEE THE LINK VIDEO COMMENTS BELOW OF ALL WHO WERE THERE. {STORY}", None),
    "a-short-line": ("Bridge closed  The bridge is closed.", None),
    "a-gap-in-a-line-of-many": ("A title  of two parts\n" + f"{STORY}\n" * 3, None),
}


@pytest.mark.parametrize(("text", "lines"), CASES.values(), ids=CASES.keys())
def test_lines(text: str, lines: list[str] | None) -> None:
    assert restored([text]) == [text if lines is None else "\n".join(lines)]


@given(
    st.lists(st.text(alphabet="aA. \t\nПま", max_size=12) | st.sampled_from([STORY, "Share on Facebook", " Print "]))
)
def test_only_blanks_become_breaks(parts: list[str]) -> None:
    text = "".join(parts)
    [found] = restored([text])
    assert len(found) == len(text)
    assert all(new == old or (new == "\n" and old.isspace()) for new, old in zip(found, text, strict=True))
