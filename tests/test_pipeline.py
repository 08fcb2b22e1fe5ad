"""One text and many, the same options in the same words, and a no to what cannot be meant."""

import inspect

import pytest

import newsclean
from newsclean import pipeline

RAW = "The cafÃ© is open.\n\nShare this article"


def test_one_text_and_many_give_the_same() -> None:
    assert newsclean.clean_batch([RAW, RAW]) == [newsclean.clean(RAW)] * 2


def test_steps_choose_what_is_done() -> None:
    assert newsclean.clean(RAW, steps=["repair"]) == newsclean.repair(RAW)
    assert newsclean.clean(RAW, steps=[]) == newsclean.Cleaned(RAW)


def test_explain_says_what_clean_does() -> None:
    text = RAW + " " + "The minister resigned on Monday, her office said in a brief statement to the press."
    found = pipeline.explain(text)
    assert found.cleaned == newsclean.clean(text)
    assert [each.edit.rule for each in found.repairs] == ["utf-8>windows-1252"]
    assert all(each.reasons for each in (*found.repairs, *found.removals))


def test_the_options_have_one_name_everywhere() -> None:
    names = {"settings", "steps", "templates", "evidence"}
    for function in (newsclean.clean, newsclean.clean_batch, pipeline.explain, newsclean.arrow.clean_batch):
        assert names <= set(inspect.signature(function).parameters)
    assert names <= set(inspect.signature(newsclean.clean_frame).parameters)
    assert names <= set(newsclean.jobs.RunOptions.__annotations__)


@pytest.mark.parametrize("text", [b"bytes", None, 5, float("nan"), ["a list"]], ids=repr)
def test_what_is_no_text_is_refused(text: object) -> None:
    for function in (newsclean.clean, newsclean.repair, newsclean.strip_boilerplate, pipeline.explain):
        with pytest.raises(TypeError, match="takes a str"):
            function(text)  # type: ignore[operator]


def test_one_text_where_many_are_expected_is_refused() -> None:
    with pytest.raises(TypeError, match="many texts"):
        newsclean.clean_batch("one text")
    with pytest.raises(TypeError, match="text 1 is of type NoneType"):
        newsclean.clean_batch(["a", None])  # type: ignore[list-item]


def test_unknown_steps_and_too_few_sources_are_refused() -> None:
    with pytest.raises(ValueError, match="fly"):
        newsclean.clean("a", steps=["fly"])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="steps"):
        newsclean.clean("a", steps="repair")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one source for each"):
        newsclean.clean_batch(["a", "b"], sources=["x"])


def test_unknown_names_are_refused_at_once() -> None:
    with pytest.raises(AttributeError, match="claen"):
        newsclean.claen  # type: ignore[attr-defined]  # noqa: B018
