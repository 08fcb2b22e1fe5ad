"""Cues begin pieces in the middle of lines, and only where they do not go on with the article."""

from pathlib import Path

import pytest

from newsclean.boilerplate.lines import scan
from newsclean.boilerplate.rules import cues_inside

CASES = [
    tuple(row.split("\t"))
    for row in (Path(__file__).parent / "cases/inside.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


def found(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in cues_inside([text], scan([text]))]


@pytest.mark.parametrize(("language", "pieces", "line"), CASES, ids=lambda value: value[:40])
def test_case(language: str, pieces: str, line: str) -> None:
    assert found(line) == ([] if pieces == "-" else pieces.split(" | ")), language


def test_offsets_count_from_the_text() -> None:
    texts = ["\U0001f600 An emoji.\n  The bridge is closed. (Photo: Dana Example/Agency) It opens.", ""]
    [piece] = cues_inside(texts, scan(texts))
    assert piece.row == 2  # the sentence in front of it is a row of its own
    assert texts[0][piece.start : piece.end] == "(Photo: Dana Example/Agency)"
