"""Which document of several is kept."""

from typing import Any

import pytest

from newsclean.duplicates import DuplicateSettings, find_duplicates
from tests.duplicates.articles import mixed


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Articles, and copies of some."""
    return mixed()


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (DuplicateSettings(keep="earliest"), "a4"),
        (DuplicateSettings(keep="newest"), "b4"),
        (DuplicateSettings(preferred_sources=("s2",)), "c4"),
        (DuplicateSettings(preferred_sources=("nobody", "s1", "s2")), "a4"),
    ],
)
def test_keep_policies(documents: list[dict[str, Any]], chosen: DuplicateSettings, kept: str) -> None:
    found = find_duplicates(documents, chosen)
    assert [cluster.keep for cluster in found.clusters() if "a4" in cluster.members] == [kept]
