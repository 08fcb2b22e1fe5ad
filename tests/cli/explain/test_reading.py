"""One text from a file."""

from pathlib import Path

import pytest

from newsclean.cli.explain.reading import read_text
from newsclean.errors import InputError, NewscleanError


def test_a_text_in_another_encoding_has_to_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Das Café öffnet.".encode("windows-1252"))
    with pytest.raises(NewscleanError, match="UTF-8"):
        read_text(str(tmp_path / "a.txt"))
    assert read_text(str(tmp_path / "a.txt"), "windows-1252") == "Das Café öffnet."


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    for path in (tmp_path, tmp_path / "a.jsonl", tmp_path / "missing.txt"):
        with pytest.raises(InputError):
            read_text(str(path))
