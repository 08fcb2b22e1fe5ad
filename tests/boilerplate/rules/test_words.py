"""Words are where the scanner has them, character by character."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from newsclean.boilerplate.lines import CharKind, scan
from newsclean.boilerplate.rules.words import kind_of

LETTERS = st.sampled_from("aBß1é.-: (ก็าनीद漢，字́\u0640한\U0001f600\U00020000\u200c\n")


def places(text: str) -> list[list[int]]:
    """Where words begin and end: runs of letters, and single characters of scripts without spaces."""
    found = []
    for inside, run in groupby(range(len(text)), key=lambda at: kind_of(text[at]) <= CharKind.MARK):
        characters = list(run)
        if inside:
            found.append([characters[0], characters[-1] + 1])
        else:
            found += [[at, at + 1] for at in characters if kind_of(text[at]) == CharKind.UNSPACED]
    return found


@given(st.text(LETTERS, max_size=40))
def test_words_are_found_where_they_are(text: str) -> None:
    assert scan([text, text]).places.tolist() == places(text) * 2
