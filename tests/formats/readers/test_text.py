"""Text files: one article each, many to a chunk."""

from pathlib import Path

import pytest

from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.formats.readers.text import not_utf8
from tests.formats.readers.common import read


def test_many_small_files_share_a_chunk(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"Text {number}.")
    assert len(list(read_chunks(find_inputs([tmp_path]).sources))) == 1
    assert [each["id"] for each in read(tmp_path)[0]][:2] == ["00", "01"]


def test_markdown_keeps_its_suffix_in_the_id(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A")
    (tmp_path / "a.txt").write_text("A")
    assert [each["id"] for each in read(tmp_path)[0]] == ["a.md", "a"]


def test_other_encodings_are_named() -> None:
    for data, word in ((b"\xff\xfea\0", "UTF-16"), (b"caf\xe9", "byte 0xe9 at byte 3")):
        with pytest.raises(UnicodeDecodeError) as caught:
            data.decode("utf-8")
        assert word in not_utf8(data, caught.value)
