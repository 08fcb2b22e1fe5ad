"""Units that chance makes in correct text."""

import pytest

from newsclean.damage.codepoints import code_points
from newsclean.damage.models.character_classes import KINDS, meet
from newsclean.damage.mojibake._coincidence import draws, is_coincidence


def judged(text: str, run: str, value: str, units: int = 1) -> bool:
    start = text.index(run)
    codes = code_points(text)
    meet(codes)
    meet(code_points(value))
    return bool(is_coincidence.compiled(codes, start, start + len(run), units, ord(value), KINDS))


@pytest.mark.parametrize(
    ("text", "run", "value"),
    [("x ¬´ y", "¬´", "´"), ("(-1/2)! = √π", "√π", "ù"), ("45 м²", "м²", "켲"), ("—Да", "—Д", "ф")],
)
def test_by_chance(text: str, run: str, value: str) -> None:
    assert judged(text, run, value)


@pytest.mark.parametrize(("text", "run", "value"), [("cafÃ© au lait", "Ã©", "é"), ("fÃ¼r", "Ã¼", "ü")])
def test_not_by_chance(text: str, run: str, value: str) -> None:
    assert not judged(text, run, value)


def test_line_art() -> None:
    assert draws.function(0x2500)
    assert draws.function(0x2588)
    assert not draws.function(0x25A0)
