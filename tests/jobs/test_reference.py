"""Runs compared with articles of a reference."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

import newsclean
from newsclean.duplicates import DuplicateIndex
from newsclean.errors import InputError, SettingsError


def article(seed: int, length: int = 120) -> str:
    """A made-up text, different for every seed."""
    chooser = Random(seed)
    return " ".join("".join(chooser.choices("bcdfglmnprstaeiou", k=7)) for _ in range(length)) + "."


def write(path: Path, rows: dict[str, str]) -> Path:
    lines = (json.dumps({"id": name, "text": text}) + "\n" for name, text in rows.items())
    path.write_text("".join(lines), encoding="utf-8")
    return path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


OLD = {"a": article(1), "b": article(2), "b again": article(2), "c": article(3)}
NEW = {"x": article(1) + " One more.", "a": article(9), "y": article(2), "y again": article(2), "z": article(7)}


@pytest.mark.parametrize("kind", ["files", "index"])
def test_what_is_had_is_dropped(tmp_path: Path, kind: str) -> None:
    had = tmp_path / "had.jsonl"
    write(had, OLD)
    before = had.read_bytes()
    if kind == "index":
        had = tmp_path / "had.index"
        with DuplicateIndex(had) as index:
            index.add({"id": name, "text": text} for name, text in OLD.items())
    new = write(tmp_path / "new.jsonl", NEW)
    summary = newsclean.run([new], tmp_path / "out", steps=["dedup"], against=[had])
    assert (summary.read, summary.kept) == (5, 2)
    dropped = {row["id"]: row["kept"] for row in lines(tmp_path / "out/dropped.jsonl")}
    assert dropped["x"] == "a"
    assert {dropped["y"], dropped["y again"]} <= {"b", "b again"}
    assert [row["id"] for row in lines(tmp_path / "out/articles.jsonl")] == ["a", "z"]
    pairs = lines(tmp_path / "out/pairs.jsonl")
    assert {"a", "x"} in [{pair["left"], pair["right"]} for pair in pairs]
    assert not any({pair["left"], pair["right"]} <= {"b", "b again", "c"} for pair in pairs)
    if kind == "files":
        assert had.read_bytes() == before
    else:
        with DuplicateIndex(had) as index:
            assert index.info().articles == len(OLD)


def test_nothing_changes_where_nothing_is_shared(tmp_path: Path) -> None:
    had = write(tmp_path / "had.jsonl", {"q": article(50)})
    new = write(tmp_path / "new.jsonl", NEW)
    for name, against in (("alone", []), ("compared", [had])):
        newsclean.run([new], tmp_path / name, steps=["dedup"], against=against)
    for name in ("articles.jsonl", "dropped.jsonl", "clusters.jsonl"):
        assert (tmp_path / "alone" / name).read_bytes() == (tmp_path / "compared" / name).read_bytes()


def test_wrong_references(tmp_path: Path) -> None:
    new = write(tmp_path / "new.jsonl", NEW)
    with pytest.raises(InputError):
        newsclean.run([new], tmp_path / "out", steps=["dedup"], against=[tmp_path / "nothing.jsonl"])
    with pytest.raises(SettingsError, match="against"):
        newsclean.run([new], tmp_path / "out", against="had.jsonl")


def test_ids_of_the_reference_are_told_apart(tmp_path: Path) -> None:
    had, new = (write(tmp_path / f"{name}.jsonl", {"a": OLD["a"]}) for name in ("had", "new"))
    summary = newsclean.run([new], tmp_path / "out", steps=["dedup"], against=[had])
    assert (summary.kept, summary.dropped) == (0, {"identical": 1})
    [pair] = (tmp_path / "out" / "pairs.jsonl").read_text().splitlines()
    assert '"left":"a","right":"a"' in pair
