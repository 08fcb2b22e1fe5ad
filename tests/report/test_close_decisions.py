"""Close decisions are the ones next to a threshold, on each side."""

from newsclean.duplicates import Pair
from newsclean.edits import apply_edits
from newsclean.formats.base import Document
from newsclean.pipeline import clean
from newsclean.report.close_decisions import CLOSE, ClosePairs, nearly_removed, next_mode, settings_of
from newsclean.report.outputs import Article
from newsclean.settings import Settings
from tests.paths import SEEDS

PAGE = SEEDS[0].read_text(encoding="utf-8")


def test_both_sides_of_each_threshold_are_shown() -> None:
    close = ClosePairs(Settings())
    for step in range(20):
        near = step / 100
        close.offer(Pair(f"a{step}", "b", "near_duplicate", 0.9, 0.6, 0.5 + near))
        close.offer(Pair(f"c{step}", "d", "near_duplicate", 0.9, 0.9, 0.8 + near / 2))
        close.offer(Pair(f"e{step}", "f", "border_copy", 0.4, 0.4, 0.49 - near))
        close.offer(Pair(f"g{step}", "h", "same_story", 0.0, 0.5 + near, 0.0))
        close.offer(Pair(f"i{step}", "j", "border_story", 0.0, 0.49 - near, 0.0))
    found: dict[str, list[str]] = {}
    for each in close:
        found.setdefault(each.said, []).append(each.pair.left)
    assert found == {
        "just above: called copies": [f"a{step}" for step in range(CLOSE)],
        "just above: called one story": [f"g{step}" for step in range(CLOSE)],
        "just above: sure enough to be dropped": [f"c{step}" for step in range(CLOSE)],
        "just below: called copies, not dropped": [f"a{19 - step}" for step in range(CLOSE)],
        "just below: not called copies": [f"e{step}" for step in range(CLOSE)],
        "just below: not called one story": [f"i{step}" for step in range(CLOSE)],
    }


def test_where_all_likely_copies_are_dropped_there_is_no_other_threshold() -> None:
    close = ClosePairs(Settings().changed({"duplicates": {"drop": "likely"}}))
    close.offer(Pair("a", "b", "contained", 0.9, 0.9, 0.79))
    assert [each.said for each in close] == ["just above: called copies"]


def test_what_the_next_mode_would_remove_was_kept() -> None:
    settings = Settings().changed({"boilerplate": {"mode": "safe"}})
    cleaned = clean(PAGE, settings)
    document: Document = {"id": "a", "text": cleaned.text, "title": None, "date": None, "source": None, "lang": None}
    article = Article(document, cleaned.edits, (), is_dropped=False)
    found = [edit for _, edit in nearly_removed([article], settings)]
    assert found
    assert all(edit.before in cleaned.text for edit in found)
    assert next_mode(settings) == "balanced"
    assert len(apply_edits(PAGE, tuple(found))) < len(PAGE)


def test_nothing_removes_more_than_the_last_mode() -> None:
    settings = settings_of({"settings": {"boilerplate": {"mode": "thorough"}}})
    assert next_mode(settings) is None
    assert list(nearly_removed([], settings)) == []
