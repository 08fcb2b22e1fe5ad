"""Texts are cut into spans that add up to them."""

from hypothesis import given
from hypothesis import strategies as st

from newsclean.edits import Edit
from newsclean.report.spans import MOST_SHOWN, edited, printable, shared


def test_removed_and_repaired_are_told_apart() -> None:
    edits = [Edit(0, "Ad", "", "advert"), Edit(5, "Ã©", "é", "utf-8>windows-1252", 0.9)]
    kinds = [(span.kind, span.text, span.after) for span in edited("Ad cafÃ©s", [edits[0], edits[1]._replace(start=6)])]
    assert kinds == [("removed", "Ad", ""), ("kept", " caf", ""), ("repaired", "Ã©", "é"), ("kept", "s", "")]


def test_long_stretches_lose_their_middle() -> None:
    spans = edited("a" * 5000 + "Ad", [Edit(5000, "Ad", "", "advert")], context=100)
    assert [span.kind for span in spans] == ["kept", "skipped", "kept", "removed"]
    assert spans[1].text == "4,700"


@given(st.text("abc ", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4))
def test_shared_spans_add_up_to_the_text(text: str, bounds: list[tuple[int, int]]) -> None:
    places = sorted((min(pair), min(max(pair), len(text))) for pair in bounds if min(pair) < min(max(pair), len(text)))
    assert "".join(span.text for span in shared(text, places)) == text


def test_joiners_of_persian_stay_as_they_are() -> None:
    assert printable("می\u200cخواهم") == "می\u200cخواهم"
    assert printable("\u202eab\u2066") == "⟨U+202E⟩ab⟨U+2066⟩"


def test_long_marks_are_cut_and_many_are_not_all_shown() -> None:
    raw = "a" * 10_000 + "b" * 1_000
    [first, *_] = edited(raw, [Edit(0, "a" * 10_000, "", "r")])
    assert len(first.text) < 2_000
    assert "8,500 more" in first.text
    many = [Edit(place, "b", "", "r") for place in range(10_000, 11_000, 2)]
    assert sum(span.kind == "removed" for span in edited(raw, many)) == MOST_SHOWN


def test_the_change_that_is_asked_for_is_told_from_those_beside_it() -> None:
    first, second = Edit(0, "Ad", "", "advert"), Edit(3, "Share", "", "share-prompt")
    spans = edited("Ad Share text", [first, second], asked=second)
    assert [(span.text, span.asked) for span in spans if span.kind == "removed"] == [("Ad", False), ("Share", True)]
