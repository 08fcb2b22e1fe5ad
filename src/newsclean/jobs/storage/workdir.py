"""The working directory of a run: finished parts, from which a killed run goes on, and outputs that appear at once."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import filelock

from newsclean.errors import NewscleanError, OutputError
from newsclean.formats.inputs import MANIFEST
from newsclean.jobs.storage.manifest import (
    Manifest,
    files_below,
    read_manifest,
    refuse_foreign,
    remove_own,
    write_manifest,
)

SUMMARY = "summary.json"
FINISHED = "kept.json"
"""Says of a finished run all that its parts do not say."""
_WORK = ".newsclean"
_MARK = "newsclean-working-directory"
_THREADS = 16  # a file system writes many files at once in one journal entry
_FEW = 4  # files for which threads are not worth their start


class WorkDirectory:
    """`OUT/.newsclean`, held by one run at a time."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = out / _WORK
        self.parts = self.path / "parts"
        self.against = self.path / "against"
        self.outputs = self.path / "outputs"
        self.scratch = self.path / "scratch"
        self.stays = False
        """Whether the finished parts stay when all is done, so that thresholds can be changed."""

    def done(self) -> list[Path]:
        """The finished parts."""
        return sorted(self.parts.glob("[0-9]*[0-9]"))

    def prepare(self, fingerprint: str) -> None:
        """Keep the parts of a killed run with the same settings and version; throw away all others."""
        (self.path / FINISHED).unlink(missing_ok=True)
        mark = self.path / "fingerprint"
        if not mark.exists() or mark.read_text(errors="replace") != fingerprint:
            shutil.rmtree(self.parts, ignore_errors=True)
            shutil.rmtree(self.against, ignore_errors=True)
            mark.write_text(fingerprint)
        self.parts.mkdir(exist_ok=True)
        self.against.mkdir(exist_ok=True)
        self.empty_outputs()

    def empty_outputs(self) -> None:
        """Make room for outputs."""
        for directory in (self.outputs, self.scratch):
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir()

    def publish(self, summary: dict[str, Any], force: bool = False) -> None:
        """Move all outputs to their places: where there is a summary, everything is complete, whenever this stops.

        The manifest comes first and names old and new files, so that a run which goes on knows both for its own. Then
        the old summary goes, the old files, the new ones come, and the new summary is the last.

        Raises:
            OutputError: `out` holds files that newsclean did not write.
        """
        names = sorted(path.name for path in self.outputs.iterdir())
        content = json.dumps(summary | {"files": names}, indent=2, ensure_ascii=False) + "\n"
        (self.path / SUMMARY).write_text(content, encoding="utf-8", errors="backslashreplace")
        if not force:
            refuse_foreign(self.out, [*names, SUMMARY])
        sync_tree(self.path)
        old = read_manifest(self.out)
        new = {entry.file: {entry.size} for entry in files_below(self.outputs, names)}
        new[SUMMARY] = {(self.path / SUMMARY).stat().st_size}
        both = {name: old.get(name, set()) | new.get(name, set()) for name in {*old, *new}}
        self._replace_manifest(both)
        (self.out / SUMMARY).unlink(missing_ok=True)
        sync_path(self.out)
        remove_own(self.out, old, [*names, SUMMARY], force)
        for name in names:
            os.replace(self.outputs / name, self.out / name)
        self._replace_manifest(new)
        os.replace(self.path / SUMMARY, self.out / SUMMARY)
        sync_path(self.out)

    def _replace_manifest(self, manifest: Manifest) -> None:
        write_manifest(self.path / MANIFEST, manifest)
        os.replace(self.path / MANIFEST, self.out / MANIFEST)
        sync_path(self.out)


@contextlib.contextmanager
def work_directory(out: Path) -> Iterator[WorkDirectory]:
    """Make `out` if need be and hold its working directory; removed when all went well, kept for resuming otherwise,
    or if `stays` is set.

    Raises:
        OutputError: `out` cannot be written, or another run is writing to it.
    """
    work = WorkDirectory(out)
    try:
        work.path.mkdir(parents=True, exist_ok=True)
        _claim(work.path)
        lock = filelock.FileLock(work.path / "lock", timeout=0)
        lock.acquire()
    except filelock.Timeout:
        raise OutputError(f"another run is writing to {out}; wait for it or choose another --out") from None
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror or error}") from error
    try:
        yield work
    except MemoryError as error:
        raise NewscleanError(
            "not enough memory; what is done is kept: run the same command again, with fewer --workers "
            "or a smaller --max-record"
        ) from error
    except OSError as error:
        raise OutputError(
            f"{error.filename or out}: {error.strerror or error}; what is done is kept for the next run"
        ) from error
    finally:
        lock.release()
    if not work.stays:
        shutil.rmtree(work.path)


def _claim(path: Path) -> None:
    """Mark a working directory as ours.

    Raises:
        OutputError: it is a link, or it is full and was made by something else.
    """
    mark = path / _MARK
    if path.is_symlink() or (not mark.exists() and any(path.iterdir())):
        raise OutputError(f"{path} was not made by newsclean, which needs that name: move it away")
    mark.touch()


def sync_tree(directory: Path) -> None:
    """Make the system write all files and directories below `directory` to the disk."""
    paths = [path for path in directory.rglob("*") if not path.is_symlink() and (path.is_file() or path.is_dir())]
    paths.append(directory)
    if len(paths) <= _FEW:
        for path in paths:
            sync_path(path)
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        for _ in pool.map(sync_path, paths):
            pass


def sync_path(path: Path) -> None:
    """Make the system write one file, or the names in one directory, to the disk."""
    if os.name == "nt":  # needs a writable handle, and has none for directories
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
