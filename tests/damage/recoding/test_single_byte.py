"""One code page read as another."""

import numpy as np
import pytest

from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.tables import WRITTEN_IN
from newsclean.damage.models import bigrams
from newsclean.damage.recoding.single_byte import READ_AS, reread, single_byte, to_bytes, widened
from newsclean.damage.recoding.types import Line


@pytest.mark.parametrize(
    ("text", "written", "read_as"),
    [("Новости дня", "windows-1251", "windows-1252"), ("předávat zprávy", "windows-1250", "windows-1252")],
)
def test_the_right_codepage_is_found(text: str, written: str, read_as: str) -> None:
    damaged = reread(text, f"{read_as}>{written}")
    line = Line(damaged, code_points(damaged), bigrams.text_costs(damaged))
    found = {candidate.chain: candidate.make() for candidate in single_byte(line, bigrams.model(), frozenset())}
    assert found[f"{written}>{read_as}"].stretches[0].after in text


def test_rereading_leaves_what_has_no_byte() -> None:
    assert reread("Íîâîñòè 中…", "windows-1251>latin-1") == "Новости 中…"


def test_bytes_of_characters() -> None:
    data = to_bytes(code_points("é中\U0001f600"))
    assert data.shape == (len(READ_AS), 3)
    assert data[READ_AS.index("windows-1252")].tolist() == [0xE9, -1, -1]


def test_a_short_word_goes_along() -> None:
    text = "ñ Íîâîñòè"
    data = to_bytes(code_points(text))[READ_AS.index("windows-1252")]
    assert widened(text, data, 2, len(text)) == (0, len(text))
    assert widened("ok Íîâîñòè", np.zeros(10, np.int16), 3, 10) == (3, 10)


def test_codepages_are_known() -> None:
    assert set(READ_AS) <= set(WRITTEN_IN)
