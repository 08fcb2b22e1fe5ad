"""From bytes to text: cases, and what holds for all bytes."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean import decode
from newsclean.damage.decoding import HOW, encodings, pipeline

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()]
LINES = st.tuples(
    st.text(max_size=30), st.sampled_from(["utf-8", "cp1251", "cp1252", "gb18030", "utf-16-le", "koi8-r"])
)
PIECES = [b"\x1b$B", b"\x1b(B", b"~{", b"~}", b"VC", b"\x00", b"\xff\xfe", b"a", b"\r", b"\n", b"\xe9"]
BYTES = st.one_of(
    st.binary(max_size=80),
    st.lists(LINES, max_size=6).map(lambda lines: b"\n".join(t.encode(name, "ignore") for t, name in lines)),
    st.lists(st.sampled_from(PIECES)).map(b"".join),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_cases(case: dict[str, Any]) -> None:
    mark = bytes.fromhex(case.get("mark", ""))
    data = mark + case["text"].encode(case["encoding"])
    found = decode(data, case.get("declared"))
    assert found.text == case["text"]
    assert found.how == case.get("how", "plausible")
    assert (found.encode(), found.mark, found.unreadable) == (data, mark, 0)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(BYTES, st.sampled_from([None, "utf-8", "koi8-r", "gbk", "utf-16", "cp037", "utf-7", "hex", "nonsense"]))
def test_any_bytes_come_back(data: bytes, declared: str | None) -> None:
    found = decode(data, declared)
    assert found.encode() == data
    assert found == decode(bytearray(data), declared)
    assert found.how in HOW
    assert 0 <= found.confidence <= 1
    assert [part.start for part in found.parts] == [0, *(part.end for part in found.parts)][: len(found.parts)]
    assert (found.parts[-1].end if found.parts else 0) == len(found.text)


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\0\x1b~\ufeff", codec="utf-8")), st.sampled_from([None, "cp1251"]))
def test_valid_utf8_is_utf8(text: str, declared: str | None) -> None:
    assert decode(text.encode(), declared).text == text


@given(
    st.text(st.characters(exclude_characters="\0", codec="utf-8")), st.sampled_from(["utf-8-sig", "utf-16", "utf-32"])
)
def test_a_mark_decides(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), "windows-1251")
    assert found.text == text
    assert found.how == "mark"


def test_lines_of_two_encodings() -> None:
    lines = [("Die Straße ist gesperrt", "utf-8"), ("Größere Schäden gab es nicht", "cp1252"), ("ok", "ascii")] * 3
    data = b"\r\n".join(text.encode(name) for text, name in lines)
    found = decode(data)
    assert found.text == "\r\n".join(text for text, _ in lines)
    assert (found.how, set(found.encodings)) == ("mixed", {"utf-8", "windows-1252"})
    assert found.encode() == data


def test_lines_that_end_in_returns() -> None:
    lines = [("Мы идём домой", "utf-8"), ("Сегодня хорошая погода", "koi8-r")] * 3
    assert decode(b"\r".join(t.encode(name) for t, name in lines)).text == "\r".join(text for text, _ in lines)


def test_a_lone_odd_line_is_no_other_encoding() -> None:
    text = "Það er gott veður á Íslandi\n" * 60 + "áéýúíóþæðö ÁÉÝÚÍÓÞÆÐÖ\n"
    assert decode(text.encode("cp1252")).text == text


def test_what_cannot_be_read_is_kept_and_counted() -> None:
    data = "Die Straße ist gesperrt und größer".encode() + b"\n\xff\xfe ok\n" + "wäre schön".encode()
    found = decode(data)
    assert found.encode() == data
    assert "Straße" in found.text
    assert decode("abc".encode("utf-16") + b"d").unreadable == 1
    assert decode("日本語のテキスト".encode()[:-1]).unreadable == 2


def test_a_large_file_is_read_by_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "SAMPLE", 500)
    lines = [("Die Straße ist gesperrt", "utf-8"), ("Größere Schäden gab es nicht", "cp1252")] * 100
    found = decode(b"\n".join(text.encode(name) for text, name in lines))
    assert found.text == "\n".join(text for text, _ in lines)


def test_languages_tip_the_scales() -> None:
    data = "żółw".encode("cp1250")
    assert decode(data, languages=("pl",)).text == "żółw"
    assert pipeline.prior(None, ("pl_PL",))["windows-1250"] < pipeline.prior(None, ())["windows-1250"]


def test_declarations_are_reported() -> None:
    data = "Президент подписал новый указ".encode("koi8-r")
    assert decode(data, "windows-1251").overruled
    assert not decode(data, "koi8-r").overruled
    assert decode(data, "koi8-r")[3:5] == ("declared", "koi8-r")
    assert decode(data).declared is None
    assert set(encodings.known()) >= {"windows-1252", "gb18030"}


def test_random_bytes_are_doubted() -> None:
    for least, size in ((161, 200), (161, 2000), (1, 200), (1, 2000)):
        data = bytes(random.Random(size).choices(range(least, 255), k=size))
        assert decode(data).confidence < 0.5


def test_text_is_refused() -> None:
    with pytest.raises(TypeError, match="repair"):
        decode("text")  # type: ignore[arg-type]
