"""Edits from the runs of layers."""

from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake.decoder import decode_mojibake
from newsclean.damage.mojibake.edits import codepages_of, spans_of
from newsclean.damage.screening.screen import screen_text
from newsclean.edits import Edit, apply_edits


def test_edits_make_the_text() -> None:
    for text in ("GrÃ¼ÃŸe aus KÃ¶ln", "CafÃƒÂ© de lâ€™Ãƒâ€°toile", "nothing"):
        [decoded] = decode_mojibake([text], [screen_text(text)], RepairHints(0.5))
        assert apply_edits(text, list(decoded.edits)) == decoded.text
        assert spans_of(decoded.edits)[:, :4].tolist() == decoded.spans[:, :4].tolist()


def test_spans() -> None:
    edits = [Edit(1, "abc", "x", ""), Edit(6, "d", "yz", "")]
    assert spans_of(edits).tolist() == [[1, 4, 1, 2], [6, 7, 4, 6]]


def test_most_frequent_codepages_of_some_edits() -> None:
    edits = [Edit(0, "a", "b", f"utf-8>{name}") for name in ("koi8-r", "latin-1", "windows-1252", "latin-1")]
    assert codepages_of(edits, 1, 4) == [1, 0]
