"""JSON Lines are cut between lines, wherever blocks end."""

import json
from pathlib import Path

import pytest

from tests.formats.readers.common import read


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000])
def test_the_size_of_a_chunk_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    lines = [json.dumps({"text": "é" * n, "n": n}, ensure_ascii=False) for n in (1, 5, 300, 2)]
    (tmp_path / "x.jsonl").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr("newsclean.formats.readers.jsonl.CHUNK_BYTES", size)
    documents, rejects = read(tmp_path)
    assert [(each["id"], each["text"]) for each in documents] == [
        (f"x.jsonl:{line}", "é" * n) for line, n in enumerate((1, 5, 300, 2), 1)
    ]
    assert not rejects
