"""Where the articles that are added to an index come from."""

from pathlib import Path
from typing import Any

from newsclean.duplicates import DuplicateIndex

TEXT = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the western breakwater."


def article(name: str, day: str | None, text: str = TEXT) -> dict[str, Any]:
    return {"id": name, "text": text, "date": day}


def test_the_earliest_copy(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "news.index") as index:
        assert (
            index.add([article("second", "2024-05-02"), article("other", "2024-05-01", "Nothing else.")]).origins == {}
        )
        assert index.add([article("first", "2024-05-01", TEXT.upper())]).origins == {"first": "first"}
        edited = TEXT.replace("near the western breakwater", "near the western breakwater, the port said")
        assert index.add([article("third", "2024-05-03", edited)]).origins == {"third": "first"}
        assert index.add([article("fourth", "2024-05-01")]).origins == {}  # two are the earliest


def test_agencies(tmp_path: Path) -> None:
    texts = {"a": f"LISBON (AP) - {TEXT}", "b": f"LISBON (AP) - {TEXT} More follows.", "c": "Nothing happened."}
    with DuplicateIndex(tmp_path / "news.index") as index:
        added = index.add([article(name, "2024-05-01", text) for name, text in texts.items()])
        assert added.agencies == {"a": "AP", "b": "AP"}
        assert [(story.agency, story.origin) for story in index.stories()] == [("AP", None)]
        names, sketches = index.sketches()
    assert (names, sketches.agencies.tolist()) == (["a", "b", "c"], [1, 1, 0])


def test_words_that_differ_in_endings_are_not_the_same(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "news.index") as index:
        index.add([article("a", None)])
        assert [pair.relation for pair in index.query([TEXT.upper()])] == ["identical"]
        assert [pair.relation for pair in index.query([TEXT.replace("fishing", "fishings")])] == ["near_duplicate"]
