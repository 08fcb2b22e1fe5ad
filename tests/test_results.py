"""A result behaves the same whether its edits are made already or not."""

import copy
import dataclasses
import json
import pickle

import msgspec
import pytest

import newsclean
from newsclean.edits import Edit, compose, merged
from newsclean.results import Cleaned, cleaned_by, scripts_of

FIRST, SECOND = [Edit(0, "&lt;", "<", "x")], [Edit(0, "<b", "b", "y")]
PLAIN = Cleaned("b", compose(FIRST, SECOND), ("flag",))


def later() -> Cleaned:
    """A result whose edits are not made yet."""
    return cleaned_by("b", [FIRST, SECOND], ("flag",))


def test_results_are_compared_and_hashed_by_their_fields() -> None:
    assert later() == PLAIN
    assert later() == PLAIN
    assert hash(later()) == hash(PLAIN)
    assert repr(later()) == repr(PLAIN)
    assert later() != cleaned_by("b", [FIRST], ("flag",))
    assert later() != ("b", PLAIN.edits, ("flag",))
    assert later().original == "&lt;b"


def test_a_result_is_unpacked() -> None:
    text, edits, flags = later()
    assert (text, edits, flags) == ("b", PLAIN.edits, ("flag",))
    match later():
        case Cleaned(text, edits, flags):
            assert (text, len(edits), flags) == ("b", 1, ("flag",))


@pytest.mark.parametrize("same", [copy.copy, copy.deepcopy, lambda result: pickle.loads(pickle.dumps(result))])
def test_a_result_is_copied_and_pickled(same) -> None:
    assert same(later()) == PLAIN
    assert same(PLAIN) == PLAIN


def test_a_result_is_encoded_by_its_fields() -> None:
    shown = [[0, "&lt;b", "b", "x + y", 1.0]]
    assert json.loads(msgspec.json.encode(later())) == {"text": "b", "edits": shown, "flags": ["flag"]}
    assert msgspec.json.decode(msgspec.json.encode(later()), type=Cleaned) == PLAIN
    assert json.loads(json.dumps(dataclasses.asdict(later())))["edits"] == shown
    assert dataclasses.asdict(later()) == {"text": "b", "edits": PLAIN.edits, "flags": ("flag",)}
    damaged = newsclean.repair("GrÃ¼ÃŸe aus KÃ¶ln")
    assert json.loads(msgspec.json.encode(damaged))["text"] == "Grüße aus Köln"


def test_a_result_is_not_changed_but_replaced() -> None:
    for name in ("text", "edits", "flags"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(later(), name, "x")
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(later(), name)
    assert dataclasses.replace(later(), text="c") == Cleaned("c", PLAIN.edits, ("flag",))


def test_scripts_that_are_not_merged_yet_are_kept() -> None:
    assert merged(scripts_of(later())) == compose(FIRST, SECOND)
    assert scripts_of(PLAIN) == [PLAIN.edits]
    assert scripts_of(Cleaned("b")) == []
