"""Lines that another chain explains better."""

import pytest

from newsclean.damage import repair_batch
from newsclean.damage.recoding.repair import shifted
from newsclean.edits import Edit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "For f›rste gang i 100 †r tabte partiet st›tte p† landsplan",
            "For første gang i 100 år tabte partiet støtte på landsplan",
        ),
        ("Íîâîñòè äíÿ â ìèðå è ñòðàíå", "Новости дня в мире и стране"),
        ("plain\nÍîâîñòè äíÿ â ìèðå è ñòðàíå", "plain\nНовости дня в мире и стране"),
    ],
)
def test_lines_are_recoded(text: str, expected: str) -> None:
    assert repair_batch([text])[0].text == expected


def test_shifted() -> None:
    assert shifted([Edit(1, "a", "b", "r", 0.5)], 3) == [Edit(4, "a", "b", "r", 0.5)]
