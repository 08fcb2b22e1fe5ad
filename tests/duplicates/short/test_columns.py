"""Columns of what two short texts have in common."""

from newsclean.duplicates.short import ShortFeature
from newsclean.duplicates.short.models import _models


def test_columns_count_from_zero() -> None:
    assert list(ShortFeature) == list(range(len(ShortFeature)))


def test_models_ask_for_columns_that_there_are() -> None:
    for forest in _models()[:2]:
        assert max(forest.feature) < len(ShortFeature)
