"""Passages that two texts share, in scripts whose words hold marks or have no spaces between them."""

import pytest

from newsclean.duplicates.passages import evidence

SHARED = {
    "Hindi": "प्रधानमंत्री ने सोमवार को नई दिल्ली में बैठक की",
    "Russian": "премьер-министр провёл встречу в понедельник утром",
    "Arabic": "عقد رئيس الوزراء اجتماعا صباح يوم الاثنين",
}


@pytest.mark.parametrize("language", SHARED)
def test_a_shared_passage_is_found_whole(language: str) -> None:
    passage = SHARED[language]
    found = evidence(f"123 {passage}.", f"456. {passage}, 789")
    assert found.passages[0].text == passage
