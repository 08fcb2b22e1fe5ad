"""Edit scripts hold their invariants for every string there is."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.edits import Edit, apply_edits, compose, revert
from newsclean.errors import EditError
from newsclean.results import Cleaned
from tests.strategies import TEXTS, edit_script, scripts


def assert_valid(raw: str, script: tuple[Edit, ...], text: str) -> None:
    assert apply_edits(raw, script) == text
    assert revert(text, script) == raw
    assert Cleaned(text, script).original == raw
    assert all(left.end <= right.start for left, right in itertools.pairwise(script))
    assert all(edit.before != edit.after for edit in script)


@settings(max_examples=500)
@given(st.data())
def test_every_script_can_be_reverted(data: st.DataObject) -> None:
    raw = data.draw(TEXTS)
    script = data.draw(scripts(raw))
    assert_valid(raw, script, apply_edits(raw, script))


@settings(max_examples=800)
@given(st.data())
def test_scripts_stack(data: st.DataObject) -> None:
    raw = data.draw(TEXTS)
    first = data.draw(scripts(raw))
    middle = apply_edits(raw, first)
    second = data.draw(scripts(middle))
    text = apply_edits(middle, second)
    third = data.draw(scripts(text))
    last = apply_edits(text, third)
    assert_valid(raw, compose(first, second), text)
    assert_valid(raw, compose(compose(first, second), third), last)
    assert_valid(raw, compose(first, compose(second, third)), last)


@given(st.data())
def test_a_script_undone_is_no_script(data: st.DataObject) -> None:
    raw = data.draw(TEXTS)
    script = data.draw(scripts(raw))
    text = apply_edits(raw, script)
    back = edit_script(text, [Edit(0, text, raw, "undo")])
    assert apply_edits(raw, compose(script, back)) == raw


def test_edits_of_one_stage_stay_apart_when_they_touch() -> None:
    removals = (Edit(0, "credit\n", "", "photo-credit"), Edit(7, "headline\n", "", "related-headlines"))
    assert compose((), removals) == removals
    assert compose(removals, ()) == removals


def test_edits_of_two_stages_are_merged_when_they_overlap() -> None:
    repairs = (Edit(5, "šŸ’¬", "💬", "utf-8>windows-1257+1252", 0.9),)
    removals = (Edit(0, "Join 💬 us\n", "", "follow-us"),)
    assert compose(repairs, removals) == (Edit(0, "Join šŸ’¬ us\n", "", "utf-8>windows-1257+1252 + follow-us", 0.9),)


@pytest.mark.parametrize(
    ("raw", "edits"),
    [
        pytest.param("abc", [Edit(0, "x", "", "r")], id="other-text"),
        pytest.param("abc", [Edit(2, "cd", "", "r")], id="beyond-the-end"),
        pytest.param("abc", [Edit(7, "", "x", "r")], id="insertion-beyond-the-end"),
        pytest.param("abc", [Edit(0, "ab", "", "r"), Edit(1, "bc", "", "r")], id="overlap"),
        pytest.param("abc", [Edit(2, "c", "", "r"), Edit(0, "a", "", "r")], id="out-of-order"),
    ],
)
def test_scripts_that_do_not_fit_are_refused(raw: str, edits: list[Edit]) -> None:
    with pytest.raises(EditError):
        apply_edits(raw, edits)


def test_a_script_sorts_its_edits_and_drops_those_that_change_nothing() -> None:
    assert edit_script("abc", [Edit(2, "c", "d", "r"), Edit(1, "b", "b", "r"), Edit(0, "a", "", "r")]) == (
        Edit(0, "a", "", "r"),
        Edit(2, "c", "d", "r"),
    )
