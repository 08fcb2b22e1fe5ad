"""Pairs of short texts in a search among articles."""

import numpy as np
import pytest

from newsclean.duplicates import find_duplicates
from newsclean.duplicates.matching.short_pairs import brief_confidence
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


GERMAN = (
    "Das Wasserwerk Aalen erhöht zum 1. Juli die Preise für Trinkwasser um 12 Prozent. Das teilte es am Dienstag mit. "
    "Betroffen sind rund 31.000 Haushalte. Für eine Wohnung mit 80 Quadratmetern steigen die Kosten um 14 Euro im "
    "Monat. Leiterin Heike Brandt begründete den Schritt mit dem Bau neuer Brunnen am Südrand der Stadt. Die alten "
    "Rohre in der Weststadt stammen noch aus der Nachkriegszeit und verlieren jeden Tag viel Wasser, deshalb werden "
    "sie Straße für Straße ersetzt. Der Mieterbund kritisierte die Erhöhung scharf, viele Familien könnten sich das "
    "nicht leisten. Zuletzt waren die Preise im März 2022 um vier Prozent gestiegen."
)
KOREAN = (
    "시는 다음 달 3일부터 은하대교를 전면 통제하고 낡은 난간을 교체한다고 수요일 밝혔다. "
    "1988년 개통된 길이 900미터의 이 다리는 하루 5만2천 대의 차량이 이용하며 "
    "지난봄 점검에서 볼트 41개가 빠진 것이 발견된 뒤 통행 속도가 제한돼 왔다. "
    "박서준 도로국장은 공사비가 2400억 원에 이르며 2026년 가을까지 이어질 것이라고 말했다. "
    "난간은 바닷바람에 녹이 슬어 손으로 밀어도 흔들릴 만큼 약해졌고 "
    "일부 구간은 임시 울타리로 막아 두었으며 밤에는 보행자가 다닐 수 없다. "
    "공사 기간에는 3번 부두에서 20분 간격으로 배가 다니고 "
    "버스 노선 두 개는 남문터널로 돌아가며 자전거는 배에 무료로 실을 수 있다. "
    "시는 공사 소식을 매주 누리집에 올리고 불편 신고를 받을 전화도 따로 두기로 했다. "
    "상인들은 손님이 줄까 걱정하고 있다."
)


def test_figures_written_otherwise_are_no_other_facts() -> None:
    german = GERMAN.replace("31.000", "31 000").replace(" am Dienstag", "").partition(" Zuletzt")[0]
    korean = (
        KOREAN.replace("900미터", "900m").replace("2400억", "2천400억").replace("수요일 ", "").partition(" 상인들은")[0]
    )
    found = find_duplicates([GERMAN, KOREAN, german, korean])
    assert {frozenset(pair[:2]) for pair in found.pairs if pair.relation != SAME_STORY} == {
        frozenset(("0", "2")),
        frozenset(("1", "3")),
    }


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


def test_more_is_asked_of_briefs_than_of_articles() -> None:
    said = np.array([0.0, 0.3, 0.6, 0.8, 1.0])
    asked = brief_confidence(said)
    assert asked[[0, 2, 4]].tolist() == pytest.approx([0, 0.5, 1])
    assert (np.diff(asked) > 0).all()


def test_briefs_with_another_headline_are_copies() -> None:
    found = find_duplicates([f"Council says yes to tram line\n\n{BRIEF}", f"120 trees must go\n\n{EDITED}"])
    assert [pair.relation for pair in found.pairs] == ["near_duplicate"]
