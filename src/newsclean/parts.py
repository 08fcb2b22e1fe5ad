"""The working directory of a run: finished parts, from which a killed run goes on, and outputs that appear at once."""

import contextlib
import dataclasses
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import filelock

from newsclean.errors import OutputError
from newsclean.formats import jsonl
from newsclean.formats.base import Reject

SUMMARY = "summary.json"
_WORK = ".newsclean"


@dataclasses.dataclass(frozen=True)
class Part:
    """What became of one chunk of the input. The rows, edits and sketches lie in `directory`."""

    directory: Path
    digest: str
    ids: list[str]
    places: list[tuple[str, int | None]]
    """For each row the file and line that it came from."""
    names: list[str]
    """Names of the fields that the records have."""
    rejects: list[Reject]
    counts: dict[str, int]
    """Edits by rule, and `flag:` entries."""

    def save(self) -> None:
        """Write `part.json`, the last file of a part."""
        values = vars(self) | {"directory": None, "rejects": [list(reject) for reject in self.rejects]}
        (self.directory / "part.json").write_bytes(jsonl.dumps(values))

    @classmethod
    def load(cls, directory: Path) -> "Part | None":
        """The finished part in `directory`, if there is one."""
        try:
            values: dict[str, Any] = jsonl.loads((directory / "part.json").read_bytes())
        except FileNotFoundError:
            return None
        return cls(**values | {"directory": directory, "rejects": [Reject(*reject) for reject in values["rejects"]]})


class WorkDirectory:
    """`OUT/.newsclean`, held by one run at a time."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = out / _WORK
        self.parts = self.path / "parts"
        self.outputs = self.path / "outputs"

    def prepare(self, fingerprint: str) -> None:
        """Keep the parts of a killed run with the same settings and version; throw away all others."""
        mark = self.path / "fingerprint"
        if not mark.exists() or mark.read_text() != fingerprint:
            shutil.rmtree(self.parts, ignore_errors=True)
            mark.write_text(fingerprint)
        shutil.rmtree(self.outputs, ignore_errors=True)
        self.parts.mkdir(exist_ok=True)
        self.outputs.mkdir()

    def publish(self, summary: dict[str, Any]) -> None:
        """Move all outputs to their places, the summary last: where there is a summary, everything is complete."""
        _sync_at_once(self.outputs)
        names = sorted(path.name for path in self.outputs.iterdir())
        for name in {*_published(self.out), *names, SUMMARY}:
            _remove(self.out / name)
        for name in names:
            os.replace(self.outputs / name, self.out / name)
        content = json.dumps(summary | {"files": names}, indent=2, ensure_ascii=False) + "\n"
        (self.path / SUMMARY).write_text(content, encoding="utf-8", errors="backslashreplace")
        _sync_at_once(self.path)
        os.replace(self.path / SUMMARY, self.out / SUMMARY)


def _published(out: Path) -> list[str]:
    """Outputs of the run before, which this one replaces."""
    try:
        files = json.loads((out / SUMMARY).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [name for name in files if isinstance(name, str) and name == os.path.basename(name)]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync_at_once(directory: Path) -> None:
    """As `_sync`, with the files' names, where the system can: 100,000 text files one by one take minutes."""
    if hasattr(os, "sync"):
        os.sync()
    else:
        _sync(directory)


def _sync(directory: Path) -> None:
    """Make the system write all files below `directory` to the disk: what is renamed while its content is still in
    memory would be empty after a power cut."""
    for path in directory.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


@contextlib.contextmanager
def work_directory(out: Path) -> Iterator[WorkDirectory]:
    """Make `out` if need be and hold its working directory; removed when all went well, kept for resuming otherwise.

    Raises:
        OutputError: `out` cannot be written, or another run is writing to it.
    """
    work = WorkDirectory(out)
    try:
        work.path.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(work.path / "lock", timeout=0)
        lock.acquire()
    except filelock.Timeout:
        raise OutputError(f"another run is writing to {out}; wait for it or choose another --out") from None
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror or error}") from error
    try:
        yield work
    except OSError as error:
        raise OutputError(
            f"{error.filename or out}: {error.strerror or error}; what is done is kept for the next run"
        ) from error
    finally:
        lock.release()
    shutil.rmtree(work.path)


def new_part(directory: Path) -> Path:
    """An empty directory beside `directory` to fill; `finish_part` puts it in place."""
    fresh = directory.with_suffix(".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    return fresh


def finish_part(fresh: Path, directory: Path) -> None:
    """Put a filled directory in its place, replacing an older part."""
    _sync(fresh)
    shutil.rmtree(directory, ignore_errors=True)
    os.replace(fresh, directory)


def write_rejects(path: Path, rejects: Sequence[Reject]) -> None:
    """One JSON object a reject, in the order of the input."""
    with path.open("wb") as file:
        for reject in rejects:
            file.write(jsonl.dumps(reject._asdict()) + b"\n")
