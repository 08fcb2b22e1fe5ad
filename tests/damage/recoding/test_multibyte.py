"""Chains with multi-byte encodings."""

import pytest

from newsclean.damage.codepoints import code_points
from newsclean.damage.models import bigrams
from newsclean.damage.recoding import multibyte
from newsclean.damage.recoding.types import Line, Recoding


def line_of(text: str) -> Line:
    return Line(text, code_points(text), bigrams.text_costs(text))


def applied(text: str, recoding: Recoding) -> str:
    for stretch in reversed(recoding.stretches):
        text = text[: stretch.start] + stretch.after + text[stretch.end :]
    return text


@pytest.mark.parametrize(
    ("generator", "text", "written", "read"),
    [
        (multibyte.wide, "新闻报道内容", "gbk", "cp1252"),
        (multibyte.wide, "최신뉴스속보", "cp949", "latin-1"),
        (multibyte.unread, "新闻报道", "utf-8", "gbk"),
        (multibyte.crossed, "新闻报道内容更新", "gbk", "big5hkscs"),
        (multibyte.swapped, "новости дня", "utf-16-be", "utf-16-le"),
    ],
)
def test_the_text_is_among_the_recodings(generator, text: str, written: str, read: str) -> None:
    damaged = text.encode(written).decode(read, "replace")
    if "\ufffd" in damaged:
        pytest.skip("not every text can be misread")
    found = list(generator(line_of(damaged), frozenset()))
    assert text.split()[0] in " ".join(applied(damaged, recoding) for recoding in found)


def test_readable_stretches() -> None:
    match = multibyte.readable("windows-1252").search("abc éa ê xyz 中")
    assert match is not None
    assert match[0] == "éa ê"
