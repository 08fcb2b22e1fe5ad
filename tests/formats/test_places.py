"""Places that fsspec reaches, tried with its memory and local file systems."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.errors import InputError, OutputError
from newsclean.formats.places import is_remote, open_binary, remote_files, size_of

fsspec = pytest.importorskip("fsspec")
ROW = json.dumps({"id": "a", "text": "The cafÃ© is open."}).encode() + b"\n"


@pytest.fixture
def memory() -> Iterator[Any]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def test_addresses() -> None:
    assert is_remote("s3://b/x")
    assert not is_remote("C:/x")
    with pytest.raises(InputError, match="no-such-protocol"):
        list(remote_files("no-such-protocol://x"))


def test_files_folders_and_globs(memory: Any) -> None:
    for name in ("b.jsonl", "a.jsonl", "sub/c.jsonl"):
        memory.pipe_file(f"/news/{name}", ROW)
    assert list(remote_files("memory://news/a.jsonl")) == ["memory:///news/a.jsonl"]
    assert [path.rpartition("news/")[2] for path in remote_files("memory://news")] == [
        "a.jsonl",
        "b.jsonl",
        "sub/c.jsonl",
    ]
    assert len(list(remote_files("memory://news/*.jsonl"))) == 2
    assert open_binary("memory://news/a.jsonl").read() == ROW
    assert size_of("memory://news/a.jsonl") == len(ROW)
    with pytest.raises(InputError, match="no such file"):
        list(remote_files("memory://news/missing"))


@pytest.mark.parametrize("place", ["memory", "file"])
def test_a_run_from_place_to_place(memory: Any, tmp_path: Path, place: str) -> None:
    root = "memory://" if place == "memory" else f"file://{tmp_path}"
    with fsspec.open(f"{root}/in/x.jsonl", "wb", **({"auto_mkdir": True} if place == "file" else {})) as file:
        file.write(ROW)
    out = f"{root}/out"
    for _ in range(2):
        summary = newsclean.run([f"{root}/in"], out, steps=["repair"])
    assert (summary.read, summary.changed) == (1, 1)
    found = io.BytesIO(open_binary(f"{out}/articles.jsonl").read()).read()
    assert json.loads(found)["text"] == "The café is open."
    assert json.loads(open_binary(f"{out}/summary.json").read())["read"] == 1


def test_a_users_files_are_not_replaced(memory: Any) -> None:
    memory.pipe_file("/in/x.jsonl", ROW)
    memory.pipe_file("/out/articles.jsonl", b"mine")
    with pytest.raises(OutputError, match="did not write"):
        newsclean.run(["memory://in"], "memory://out", steps=["repair"])
    assert memory.cat_file("/out/articles.jsonl") == b"mine"
    newsclean.run(["memory://in"], "memory://out", steps=["repair"], force=True)
    assert memory.cat_file("/out/articles.jsonl") != b"mine"
