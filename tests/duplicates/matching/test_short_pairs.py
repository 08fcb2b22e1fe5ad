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


BRIEF = (
    "The city council voted 9-2 on Tuesday to approve a 14-kilometre tram line linking the harbour to the university. "
    "Construction is to begin in 2025 and will cost an estimated 480 million euros, councillor Mark Bell said. "
    "Opponents say the line will destroy 120 trees along the riverside. A protest is planned for Saturday."
)
LONGER = (
    f"Tram line approved\n\n{BRIEF}\n\nThe mayor, Ann Smith, welcomed the decision and said it would cut traffic. She "
    "added that the first trams would run in 2029, with 22 stops along the way and a depot near the old airport. "
    "Two earlier plans had failed for want of money from the region and the state."
)
EDITED = BRIEF.replace("on Tuesday ", "").replace("an estimated ", "about ")
OTHER = (
    BRIEF.replace("city council", "county board")
    .replace("14-kilometre", "12-kilometre")
    .replace("Mark Bell", "Joan Fox")
    .replace("480", "310")
    .replace("120", "75")
)


def test_short_copies_of_a_longer_text_are_copies_of_each_other() -> None:
    """A day that one of them alone names is no other fact."""
    found = find_duplicates([BRIEF, EDITED, LONGER])
    assert [pair[:3] for pair in found.pairs] == [
        ("0", "1", "near_duplicate"),
        ("0", "2", "contained"),
        ("1", "2", "contained"),
    ]


def test_a_frame_with_other_facts_is_no_copy_of_a_longer_text() -> None:
    found = find_duplicates([BRIEF, OTHER, LONGER])
    assert [pair[:2] for pair in found.pairs if "1" in pair[:2]] == []
    assert [story.members for story in found.stories] == [("0", "2")]


def test_headlines_are_named_by_their_own_score() -> None:
    """Average link may keep both apart."""
    found = find_duplicates(BACKGROUND)
    together = {frozenset(story.members) for story in found.stories}
    apart = [pair for pair in found.pairs if not any({pair.left, pair.right} <= members for members in together)]
    assert apart
    assert all(pair.story >= 0.5 for pair in apart)


BACKGROUND = [
    f"{who} {does} as storm {hits} {place}"
    for who, does in (("Mayor", "warns residents"), ("Harbour", "closes"), ("Boats", "sink off the coast"))
    for hits in ("hits", "nears", "batters")
    for place in ("Lisbon", "Porto")
]
