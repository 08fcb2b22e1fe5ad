"""Names of outlets and rubrics around headlines: near-misses first."""

import pytest

from newsclean.duplicates.tokens import without_rubrics

LEFT_ALONE = (
    "Trump sues CNN",
    "Storm - what we know",
    "Reuters",
    "CBS News",
    "Live music returns to Lisbon",
    "Fox News: what the verdict means",
    "Markets: stocks fall",
    "Nadal - Federer",
    "A long report " * 60 + " - CBS News",
    "",
)
SEEN_THROUGH = {
    "Storm shuts harbour - CBS News": "Storm shuts harbour",
    "Storm shuts harbour | Fox News": "Storm shuts harbour",
    "Storm shuts harbour : NPR": "Storm shuts harbour",
    "LIVE: Storm shuts harbour - BBC News": "Storm shuts harbour",
    "Storm shuts harbour, LIVE": "Storm shuts harbour",
    "[속보] 태풍 접근(종합)": "태풍 접근",
    "Avião bate; VÍDEO": "Avião bate",
    "Storm shuts harbour - CBS News\n\nFour boats sank: two are missing.": (
        "Storm shuts harbour\n\nFour boats sank: two are missing."
    ),
}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert without_rubrics(text) == text


@pytest.mark.parametrize("text", SEEN_THROUGH)
def test_seen_through(text: str) -> None:
    assert without_rubrics(text) == SEEN_THROUGH[text]


def test_the_documents_own_source() -> None:
    assert without_rubrics("Salvado back on air – Sqoop") == "Salvado back on air – Sqoop"
    assert without_rubrics("Salvado back on air – Sqoop", "sqoop.co.ug") == "Salvado back on air"
