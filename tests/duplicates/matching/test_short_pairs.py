"""Pairs of short texts in a search among articles."""

from newsclean.duplicates import find_duplicates
from newsclean.duplicates.results import SAME_STORY

BODY = (
    "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the western breakwater. "
    "Port officials said that dredging would begin as soon as the swell allowed divers to inspect the wrecks. "
) * 3


def test_short_and_long_texts_side_by_side() -> None:
    texts = [
        "Storm shuts Lisbon harbour, four boats sunk",
        "Storm shuts Lisbon harbour: four boats sunk",
        f"Storm shuts Lisbon harbour\n\n{BODY}",
        f"Boats sunk in Lisbon\n\n{BODY}",
        "Turkey hikes rates to 50 %",
        "Argentina hikes rates to 50 %",
    ]
    found = find_duplicates(texts)
    copies = {(pair.left, pair.right) for pair in found.pairs if pair.relation != SAME_STORY}
    assert copies == {("0", "1"), ("2", "3")}


def test_days_and_sources_are_used() -> None:
    headline = "Markets close higher after calm session"
    documents = [
        {"text": headline, "date": "2024-05-01", "source": "a"},
        {"text": f"{headline} - CBS News", "date": "2024-05-01", "source": "CBS News"},
    ]
    assert find_duplicates(documents).pairs[0].relation == "identical"
