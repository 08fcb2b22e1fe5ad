"""Where what a cue begins ends, and which captions and second sentences belong to it."""

from pathlib import Path

import pytest

from newsclean.boilerplate.endings import pieces_of
from newsclean.boilerplate.lines import CUE, LineColumn, scan
from newsclean.boilerplate.rules import Piece, dictionary, phrases
from newsclean.boilerplate.segments import sentences

LABEL = next(phrase for phrase in phrases() if phrase.inside == "cut" and phrase.rule == "related-headlines")
CASES = [
    tuple(row.split("\t"))
    for row in (Path(__file__).parent / "cases/endings.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


def found(text: str) -> list[str]:
    """The pieces that cues set off, those that follow each other as one."""
    table = sentences([text], dictionary()).lines.table
    pieces: list[list[int]] = []
    for row in table[(table[:, LineColumn.INSIDE] & CUE > 0) & (table[:, LineColumn.RULE] > 0)].tolist():
        if pieces and not text[pieces[-1][1] : row[LineColumn.START]].strip():
            pieces[-1][1] = row[LineColumn.END]
        else:
            pieces.append([row[LineColumn.START], row[LineColumn.END]])
    return [text[start:end] for start, end in pieces]


@pytest.mark.parametrize(("language", "pieces", "line"), CASES, ids=lambda value: value[:40])
def test_case(language: str, pieces: str, line: str) -> None:
    assert found(line) == ([] if pieces == "-" else pieces.split(" || ")), language


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is closed and Read more about this on our page it says",
        "The bridge is closed, READ: " + "Council Votes For A Bridge That Takes Long " * 4 + "And so on.",
    ],
)
def test_what_may_be_the_article_is_not_trusted(text: str) -> None:
    start = text.index("R", 10)
    cue = Piece(0, start, start + len("Read more") if "Read more" in text else len(text), LABEL)
    assert not list(pieces_of([text], scan([text]), cue))


def test_a_piece_ends_at_a_gap() -> None:
    text = "The bridge is closed, READ ALSO NOW: " + "Council votes for a bridge   The mayor said so."
    cue = Piece(0, text.index("READ"), len(text), LABEL._replace(words="read also now"))
    [piece] = pieces_of([text], scan([text]), cue)
    assert text[piece.start : piece.end] == "READ ALSO NOW: Council votes for a bridge"
