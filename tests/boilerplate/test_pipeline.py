"""What holds for every text: exact edits, nothing more to do the second time, no errors, bounded work."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate import strip_batch
from newsclean.boilerplate.pipeline import MOST_LINES
from newsclean.edits import apply_edits
from newsclean.errors import SettingsError
from newsclean.settings import BoilerplateSettings

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PIECES = [line for seed in SEEDS for line in seed.read_text(encoding="utf-8").split("\n")]
PIECES += [
    "Share",
    "Advertisement",
    "12 Comments",
    "Read more",
    "1.",
    "* * *",
    "相关阅读",
    "Читайте также:",
    "\r",
    "\ud800",
    "\x00",
    "date 2025-11-13 Executives of the group met the head of the maker in Seoul on Thursday, a speaker said",
    "The company will publish its results for the whole year in May, its head said on Monday.Read More",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=40).map("\n".join)
MODES = st.sampled_from(["safe", "balanced", "thorough"])


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3), MODES)
def test_edits_are_exact_and_stripping_twice_changes_nothing(texts: list[str], mode: str) -> None:
    chosen = BoilerplateSettings(mode=mode)
    results = strip_batch(texts, chosen)
    for text, cleaned in zip(texts, results, strict=True):
        assert cleaned.original == text
        assert apply_edits(text, cleaned.edits) == cleaned.text
        assert list(cleaned.edits) == sorted(cleaned.edits)
        assert all(0 <= edit.confidence <= 1 and edit.after == "" for edit in cleaned.edits)
        assert strip_batch([text], chosen) == [cleaned]
    assert [cleaned.text for cleaned in strip_batch([result.text for result in results], chosen)] == [
        result.text for result in results
    ]


@given(st.text())
@settings(deadline=None)
def test_any_string_is_accepted(text: str) -> None:
    assert strip_batch([text])[0].original == text


HOSTILE = {
    "one line": "word " * 600_000,
    "one word": "x" * 3_000_000,
    "one-character lines": "a\n" * (MOST_LINES - 10),
    "too many lines": "a\n" * (MOST_LINES * 3),
    "only line breaks": "\n" * 5_000_000,
    "stops": "." * 2_000_000,
    "glued labels": "end.Share" * 200_000,
    "dates": "date 2025-11-13 " * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_end_soon(name: str) -> None:
    started = time.process_time()
    [cleaned] = strip_batch([HOSTILE[name]])
    assert cleaned.original == HOSTILE[name]
    assert time.process_time() - started < 12


def test_a_text_that_is_all_residue_is_flagged() -> None:
    text = "Share this article\nAdvertisement\nLeave a comment\nSubscribe to our newsletter\nAll rights reserved"
    [cleaned] = strip_batch([text])
    assert cleaned.text == text
    assert cleaned.flags == ("all-residue",)


def test_a_short_article_on_a_long_page_is_no_residue() -> None:
    seed = SEEDS[0].read_text(encoding="utf-8").split("\n")
    paragraph = max(seed, key=len)
    menu = [f"Share | Read more: {name} | Advertisement | Leave a comment" for name in "abcdefghijklmnop" * 60]
    [cleaned] = strip_batch(["\n".join([*menu[:480], "", paragraph, "", *menu[480:]])])
    assert cleaned.text.strip() == paragraph
    assert len(cleaned.text) < (1 - BoilerplateSettings().max_removed) * len(cleaned.original)
    assert cleaned.flags == ("mostly-residue",)


def test_what_a_disabled_rule_names_stays() -> None:
    raw = SEEDS[3].read_text(encoding="utf-8")
    assert [edit.rule for edit in strip_batch([raw])[0].edits] == ["date-stamp"]
    assert strip_batch([raw], BoilerplateSettings(disabled=("date-stamp",)))[0].edits == ()
    with pytest.raises(SettingsError, match="no-such-rule"):
        strip_batch([raw], BoilerplateSettings(disabled=("no-such-rule",)))


def test_sources_must_match_texts() -> None:
    with pytest.raises(ValueError, match="one source for each text"):
        strip_batch(["a"], sources=[])


def test_a_text_in_one_line_is_read_with_the_breaks_it_lost_and_without() -> None:
    story = "The old bridge over the river is closed until May, the mayor said on Monday morning. " * 4
    [cleaned] = strip_batch([f"{story} Share on Facebook Share on Twitter Print  {story.rstrip()}"])
    assert cleaned.text == f"{story} {story.rstrip()}"
    assert strip_batch([cleaned.text])[0].edits == ()
