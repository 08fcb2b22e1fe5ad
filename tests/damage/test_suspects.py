"""What is found in the texts of a batch."""

from newsclean.damage.evidence import RepairHints
from newsclean.damage.screening.report import LOST
from newsclean.damage.screening.screen import screen_text
from newsclean.damage.suspects import is_suspect, suspects

HINTS = RepairHints(0.5)
WHOLE = 2 * "Für Ärger sorgt in Köln die neue Straße über die Brücke, für größere Flächen. ".encode().decode("latin-1")


def test_texts_are_found_by_what_is_to_be_done() -> None:
    texts = ["plain", "Grüße", "Q&amp;A", WHOLE, "Über GrÃ¼ÃŸe", f"{WHOLE}\x00"]
    [found] = suspects(texts, HINTS)
    assert sorted(found.signs) == [2, 4]
    assert sorted(found.decoded) == [3, 5]
    assert found.decoded[3].signs is None  # nothing more is to be done
    assert found.decoded[5].signs is not None


def test_signs_of_misread_marks_are_seen() -> None:
    for text in ("ï»¿Grüße", "п»їПривет", "∩╗┐abc é", "ï¿½ é"):
        assert is_suspect(text, screen_text(text), HINTS)
    for text in ("naïve", "Вона каже, що її права порушують.", "A ∩ B", "Grüße"):
        assert not screen_text(text).flags & LOST
