"""Results for a place that only fsspec reaches: made in a local directory, then uploaded, the summary last."""

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import platformdirs

from newsclean.errors import NewscleanError, OutputError
from newsclean.formats.inputs import MANIFEST
from newsclean.formats.places import file_system, is_web, unreachable
from newsclean.jobs.storage.manifest import parse_manifest
from newsclean.jobs.storage.workdir import SUMMARY


@contextlib.contextmanager
def staged(out: str, force: bool) -> Iterator[Path]:
    """A local directory for the results of a run, which are uploaded to `out` when all went well.

    It has the same name for the same `out`, so that a run that was killed goes on. What an earlier run uploaded is
    deleted first, the summary before all, so that there is no summary beside missing files.

    Raises:
        OutputError: `out` cannot be written, or holds what newsclean did not write.
    """
    name = hashlib.blake2b(out.encode(), digest_size=12).hexdigest()
    directory = Path(platformdirs.user_cache_dir("newsclean", appauthor=False)) / "runs" / name
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    system, inner = file_system(out)
    inner = inner.rstrip("/")
    if is_web(system):
        raise OutputError(f"cannot write to {out}: a web server gives files, and takes none")
    with _reached(out):
        system.invalidate_cache()
        known = _known(system, inner)
        if not force:
            _refuse_foreign(system, inner, known, out)
    yield directory
    with _reached(out, "; what is done is kept for the next run"):
        if (directory / SUMMARY).exists():
            _upload(system, inner, directory, known)
    shutil.rmtree(directory)


@contextlib.contextmanager
def _reached(out: str, advice: str = "") -> Iterator[None]:
    """Each file system has its own errors; they become ours."""
    try:
        yield
    except NewscleanError:
        raise
    except NotImplementedError as error:
        raise OutputError(f"cannot write to {out}: such a place gives files, and takes none{advice}") from error
    except Exception as error:
        raise OutputError(f"cannot write to {out}: {unreachable(error)}{advice}") from error


def _known(system: Any, inner: str) -> dict[str, set[int]]:
    """The manifest of what an earlier run uploaded."""
    try:
        data: bytes = system.cat_file(f"{inner}/{MANIFEST}")
    except OSError:
        return {}
    return parse_manifest(data)


def _refuse_foreign(system: Any, inner: str, known: dict[str, set[int]], out: str) -> None:
    present = [str(path) for path in system.find(inner)] if system.exists(inner) else []
    prefix = inner.lstrip("/") + "/"
    names = [path.lstrip("/").removeprefix(prefix) for path in present]
    ours = ("articles", "dropped", "edits.", "pairs.", "clusters.", "rejects.", "sources.", SUMMARY)
    foreign = [name for name in names if name.startswith(ours) and name not in known]
    if foreign:
        raise OutputError(
            f"{out} holds what newsclean did not write: {', '.join(foreign[:5])}; choose another --out, or --force"
        )


def _upload(system: Any, inner: str, directory: Path, known: dict[str, set[int]]) -> None:
    for name in (SUMMARY, *sorted(set(known) - {SUMMARY})):
        with contextlib.suppress(FileNotFoundError):
            system.rm_file(f"{inner}/{name}")
    files = [path for path in sorted(directory.rglob("*")) if path.is_file()]
    files.sort(key=lambda path: (path.name == SUMMARY, path.name != MANIFEST))
    for path in files:
        target = f"{inner}/{path.relative_to(directory).as_posix()}"
        system.makedirs(target.rpartition("/")[0], exist_ok=True)
        system.put_file(str(path), target)
