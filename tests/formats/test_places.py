"""Places that fsspec reaches, tried with its memory and local file systems."""

import io
import json
import sys
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


class _Odd(Exception):
    """What no other file system raises."""


class _Broken(fsspec.AbstractFileSystem):
    """Holds one file that ends in an error, and takes none."""

    protocol = "broken"

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        return {"name": path, "size": len(ROW) * 2, "type": "file"}

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        return []

    def _open(self, path: str, *_: Any, **__: Any) -> Any:
        return _Ends(ROW)

    def put_file(self, *_: Any, **__: Any) -> None:
        raise _Odd("no room\nat all")

    def rm_file(self, path: str) -> None:
        raise FileNotFoundError(path)

    def makedirs(self, *_: Any, **__: Any) -> None:
        """There are no directories."""


class _Ends(io.BytesIO):
    """Raises an error where others are at their end."""

    def read(self, size: int | None = -1) -> bytes:
        if found := super().read(size):
            return found
        raise _Odd("the line is dead")


@pytest.fixture
def broken() -> None:
    fsspec.register_implementation("broken", _Broken, clobber=True)


@pytest.mark.usefixtures("broken")
def test_what_breaks_while_it_is_read_is_one_reject(tmp_path: Path) -> None:
    summary = newsclean.run(["broken://a/x.jsonl"], tmp_path / "out", steps=["repair"])
    assert summary.rejected == 1
    [reject] = map(json.loads, (tmp_path / "out" / "rejects.jsonl").read_text().splitlines())
    assert reject["reason"] == "cannot be reached: _Odd: the line is dead"


@pytest.mark.usefixtures("broken")
def test_what_cannot_be_written_is_told_and_kept(memory: Any) -> None:
    memory.pipe_file("/in/x.jsonl", ROW)
    with pytest.raises(OutputError, match="_Odd: no room; what is done is kept"):
        newsclean.run(["memory://in"], "broken://out", steps=["repair"], force=True)


DEAD = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("address", "needs", "reason"),
    [
        (f"http://{DEAD}/x.jsonl", "aiohttp", "cannot be reached: ClientConnectorError"),
        (f"ftp://{DEAD}/x.jsonl", "fsspec", "cannot be reached: ConnectionRefusedError"),
        ("s3://news/x.jsonl", "s3fs", "cannot be reached: NoCredentialsError"),
        ("no-such://x", "fsspec", "no-such"),
    ],
)
def test_a_place_that_cannot_be_reached_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, needs: str, reason: str
) -> None:
    pytest.importorskip(needs)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"EC2_METADATA_DISABLED": "true", "SHARED_CREDENTIALS_FILE": "/dev/null"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with pytest.raises(InputError, match=reason):
        newsclean.run([address], tmp_path / "out")
    (tmp_path / "x.jsonl").write_bytes(ROW)
    with pytest.raises((InputError, OutputError), match="a web server gives" if needs == "aiohttp" else reason):
        newsclean.run([tmp_path / "x.jsonl"], address, steps=["repair"])


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adlfs", None)
    with pytest.raises(InputError, match="adlfs"):
        list(remote_files("abfs://container/x.jsonl"))
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(InputError, match=r"newsclean\[remote\]"):
        list(remote_files("memory://x"))
