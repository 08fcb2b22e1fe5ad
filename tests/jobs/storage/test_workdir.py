"""A crash at any moment leaves either a whole result or none that looks whole."""

import itertools
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.formats.inputs import MANIFEST
from newsclean.jobs.storage import workdir

STEPS = [(os, "replace"), (os, "fsync"), (Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree")]


class Crash(BaseException):
    """The machine stops here."""


def write(path: Path, texts: list[str]) -> Path:
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def crash_at(number: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stop at the step of this number; the list grows with the steps that were done."""
    done: list[str] = []

    def wrapped(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            if len(done) == number:
                raise Crash
            done.append(name)
            return step(*arguments, **options)

        return counted

    for home, name in STEPS:
        monkeypatch.setattr(home, name, wrapped(name, getattr(home, name)))
    return done


def check(out: Path) -> None:
    """Where there is a summary, all of its files are there, whole and of one run."""
    if not (out / "summary.json").exists():
        return
    files = json.loads((out / "summary.json").read_text())["files"]
    entries = [json.loads(line) for line in (out / MANIFEST).read_text().splitlines()]
    assert {entry["file"].split("/")[0] for entry in entries} >= {*files, "summary.json"}
    for name in files:
        path = out / name
        sizes = [entry["size"] for entry in entries if entry["file"] == name]
        assert path.is_dir() or path.stat().st_size in sizes


def contents(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("before", "after"), [("jsonl", "jsonl"), ("txt", "jsonl"), ("jsonl", "txt"), (None, "txt")])
def test_publishing_may_stop_anywhere(tmp_path: Path, before: str | None, after: str) -> None:
    old = write(tmp_path / "old.jsonl", ["The mayor spoke of the bridge."])
    new = write(tmp_path / "new.jsonl", ["The storm took the bridge.", "The bank has lent the money for a new one."])
    newsclean.run([new], tmp_path / "whole", format=after, steps=("repair",))
    if before is not None:
        newsclean.run([old], tmp_path / "earlier", format=before, steps=("repair",))
    stopped = 0
    for number in itertools.count():
        out = tmp_path / f"out{number}"
        if before is not None:
            shutil.copytree(tmp_path / "earlier", out)
        publish = workdir.WorkDirectory.publish

        def crashing(self: Any, *arguments: Any, number: int = number, publish: Any = publish) -> None:
            with pytest.MonkeyPatch.context() as patch:
                crash_at(number, patch)
                publish(self, *arguments)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(workdir.WorkDirectory, "publish", crashing)
            try:
                newsclean.run([new], out, format=after, steps=("repair",))
            except Crash:
                stopped += 1
                check(out)
            else:
                break
        newsclean.run([new], out, format=after, steps=("repair",))
        check(out)
        assert contents(out) == contents(tmp_path / "whole")
    assert stopped > 20


def test_a_damaged_part_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "x.jsonl", ["The mayor spoke of the bridge."])
    newsclean.run([source], tmp_path / "whole", steps=("repair",))
    for content in (b"", b"{", b"[]", b'{"directory": null}', b"\xff"):
        with monkeypatch.context() as patch:

            def stop(*_: Any) -> None:
                raise Crash

            patch.setattr(workdir.WorkDirectory, "publish", stop)
            with pytest.raises(Crash):
                newsclean.run([source], tmp_path / "out", steps=("repair",))
        (tmp_path / "out" / ".newsclean" / "parts" / "000000" / "part.json").write_bytes(content)
        newsclean.run([source], tmp_path / "out", steps=("repair",))
        assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_too_little_memory_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: Any) -> None:
        raise MemoryError

    monkeypatch.setattr("newsclean.jobs.run.write_results", exhausted)
    source = write(tmp_path / "x.jsonl", ["The mayor spoke of the bridge."])
    with pytest.raises(newsclean.NewscleanError, match="not enough memory"):
        newsclean.run([source], tmp_path / "out", steps=("repair",))
