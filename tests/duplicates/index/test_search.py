"""What new articles are to those of an index."""

from pathlib import Path

import pytest

from newsclean.duplicates import DuplicateIndex, DuplicateSettings
from newsclean.duplicates.results import IDENTICAL, NEAR_DUPLICATE


@pytest.mark.parametrize("stories", [True, False])
def test_short_texts_are_judged_token_by_token(tmp_path: Path, stories: bool) -> None:
    with DuplicateIndex(tmp_path / "index.db", DuplicateSettings(stories=stories)) as index:
        index.add([{"id": "a", "text": "Turkey hikes rates to 50 %"}])
        index.add([{"id": "b", "text": "Grizzlies forward Brandon Clarke dies at age 29 - CBS News"}])
        copies = (IDENTICAL, NEAR_DUPLICATE)
        found = index.query([{"id": "c", "text": "Argentina hikes rates to 50 %"}])
        assert [pair for pair in found if pair.relation in copies] == []
        found = index.query([{"id": "d", "text": "Grizzlies forward Brandon Clarke dies at age 29"}])
        assert [pair.relation for pair in found] == [IDENTICAL]
        found = index.query([{"id": "e", "text": "Memphis Grizzlies forward Brandon Clarke dies at 29"}])
        assert [pair.relation in copies for pair in found] == [True]
