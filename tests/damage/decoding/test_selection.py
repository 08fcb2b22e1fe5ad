"""One encoding, or several; the same for all lines at once and for blocks of them."""

import numpy as np

from newsclean.damage.decoding import selection
from newsclean.damage.decoding.costs import Lines

GERMAN = "Größere Schäden gab es nicht, hieß es am Abend\n"
RUSSIAN = "Сегодня в Москве ожидается хорошая погода\n"


def test_one_encoding() -> None:
    choice = selection.choose(Lines([GERMAN.encode("cp1252")] * 4), b"", {})
    assert choice.names == ("windows-1252",)
    assert choice.confidence > 0.9


def test_two_encodings() -> None:
    lines = [GERMAN.encode("utf-8")] * 3 + [RUSSIAN.encode("koi8-r")] * 5
    choice = selection.choose(Lines(lines), b"", {"koi8-u": 1.0})
    assert choice.names == ("koi8-r", "utf-8")
    assert choice.assigned.tolist() == [1, 1, 1, 0, 0, 0, 0, 0]
    assert selection.assign(lines, choice.names).tolist() == choice.assigned.tolist()


def test_blocks_make_no_difference(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    lines = [GERMAN.encode("utf-8"), RUSSIAN.encode("koi8-r")] * 9
    whole = selection.assign(lines, ("koi8-r", "utf-8"))
    monkeypatch.setattr(selection, "BLOCK", 100)
    assert np.array_equal(selection.assign(lines, ("koi8-r", "utf-8")), whole)
