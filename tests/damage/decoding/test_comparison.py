"""Close encodings are told apart by language; those that make the same text are one."""

import numpy as np
import pytest

from newsclean.damage.decoding import comparison
from newsclean.damage.decoding.comparison import Group
from newsclean.damage.decoding.costs import COLUMNS, Lines


def group(data: bytes) -> Group:
    lines = Lines(data.splitlines(keepends=True))
    return Group(lines, np.arange(len(lines.lines)), lines.matrix(), np.zeros(len(COLUMNS)), b"")


@pytest.mark.parametrize("encoding", ["windows-1252", "mac-roman", "cp850"])
def test_danish_is_read_in_a_western_codepage(encoding: str) -> None:
    text = "Nøglen til døren er ødelagt, så vi må vente på låsesmeden"
    column, confidence = comparison.closest(group(text.encode(encoding)))
    assert text.encode(encoding).decode(COLUMNS[column]) == text
    assert confidence > 0.5


def test_the_same_text_counts_once() -> None:
    columns = [COLUMNS.index(name) for name in ("windows-1252", "windows-1250", "iso-8859-2")]
    found = group("Größe".encode("cp1252"))
    assert [column for _, column in found.scores(columns, found.own).values()] == columns[:1]
    assert comparison.gain(found, columns[1], columns[0]) == 0


def test_lines_that_differ_are_looked_at() -> None:
    data = ("für über\n" * 3000 + "régi žluťoučký kůň\n" + "für über\n" * 3000).encode("cp1250")
    found = group(data)
    assert 3000 in found.sample(found.close())
