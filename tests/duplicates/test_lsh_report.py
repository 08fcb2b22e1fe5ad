"""What bands and rows mean, in numbers."""

import pytest

from newsclean.duplicates import DuplicateSettings, explain_settings
from newsclean.duplicates.lsh_report import chance


def test_the_chance_grows_with_bands_and_falls_with_rows() -> None:
    assert chance(0.3, DuplicateSettings(bands=64)) > chance(0.3, DuplicateSettings(bands=16))
    assert chance(0.3, DuplicateSettings(rows=2)) > chance(0.3, DuplicateSettings(rows=4))
    assert chance(1.0, DuplicateSettings()) == pytest.approx(1)
    assert chance(0.0, DuplicateSettings()) == 0


def test_stories_are_explained_where_they_are_looked_for() -> None:
    assert "story_days" in explain_settings(DuplicateSettings())
    assert "story_days" not in explain_settings(DuplicateSettings(stories=False))
