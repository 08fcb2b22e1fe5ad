"""Texts of which whole words were misread come out as they do run by run."""

import numpy as np
import pytest

from newsclean.damage import repair_batch
from newsclean.damage.codepoints import code_points, text_of
from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake import whole
from newsclean.damage.mojibake.whole import decoded_whole
from newsclean.edits import apply_edits

GERMAN = "Für Ärger sorgt in Köln die neue Straße über die Brücke. Größere Flächen wären nötig, sagt der Bürgermeister."
CZECH = "Včera večer prezident řekl, že příští rok bude těžký."
RUSSIAN = "Президент заявил, что новый закон вступит в силу."
HINTS = RepairHints(0.5)


def decoded(*texts: str, patience: int = whole.PATIENCE) -> dict[int, str]:
    offsets = np.cumsum([0, *map(len, texts)])
    found = decoded_whole(code_points("".join(texts)), offsets, HINTS, patience)
    return {number: text_of(layer.after) for number, layer in found}


@pytest.mark.parametrize("codec", ["latin-1", "cp437", "mac-roman", "cp850"])
def test_whole_texts_are_decoded(codec: str) -> None:
    assert decoded(GERMAN.encode().decode(codec)) == {0: GERMAN}
    assert decoded("plain", RUSSIAN.encode().decode(codec)) == {1: RUSSIAN}


def test_correct_words_stay_beside_whole_ones() -> None:
    mixed = f"{GERMAN}\n{GERMAN.encode().decode('latin-1')}"
    assert decoded(mixed) == {}  # too many correct words before the first that is misread
    assert decoded(mixed, patience=-20) == {0: f"{GERMAN}\n{GERMAN}"}
    assert decoded(f"Über {GERMAN.encode().decode('latin-1')}") == {0: f"Über {GERMAN}"}


@pytest.mark.parametrize(
    "text",
    [
        GERMAN,
        RUSSIAN,
        CZECH,
        "Ã¼ Ã¤ Ã¶",  # too few
        "CAFÉ™ CAFÉ™ CAFÉ™ CAFÉ™ CAFÉ™ CAFÉ™ CAFÉ™ CAFÉ™ CAFÉ™",  # gains nothing
        "ab",
        "",
    ],
)
def test_other_texts_are_left_to_the_search_for_runs(text: str) -> None:
    assert decoded(text) == {}
    assert decoded(text, patience=-1000) == {}


def test_characters_that_stand_for_two_bytes_are_left_to_the_search_for_runs() -> None:
    greek = "Όλοι είναι ίσοι απέναντι στον νόμο και έχουν δικαίωμα στην προστασία του"
    data = greek.encode()
    misread = "".join(
        bytes([byte]).decode("iso8859_7") if byte >= 0xA0 or byte < 0x80 else bytes([byte]).decode("cp1252", "ignore")
        for byte in data
    )
    assert decoded(misread) == {}


def test_edits_make_the_text() -> None:
    text = f"{CZECH} {CZECH}\n".encode().decode("cp1250") * 3
    [result] = repair_batch([text])
    assert result.text == f"{CZECH} {CZECH}\n" * 3
    assert apply_edits(text, result.edits) == result.text
    assert {edit.rule for edit in result.edits} == {"utf-8>windows-1250"}
