"""What newsclean wrote into an output directory: only that is ever replaced or deleted.

`OUT/.newsclean-manifest.jsonl` names every published file with its size. A file that is not named there, or has another
size, is the user's. A run that would replace it is refused unless it is forced.
"""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsclean.errors import OutputError
from newsclean.formats.inputs import MANIFEST
from newsclean.formats.json_rows import dumps, loads

_SHOWN = 5  # names of foreign files in a message


class Entry(NamedTuple):
    """A published file: its path below the output directory, with `/`, and its size in bytes."""

    file: str
    size: int


Manifest = dict[str, set[int]]
"""Path below the output directory → sizes with which newsclean wrote it: two while a publication is going on."""


def read_manifest(out: Path) -> Manifest:
    """What earlier runs wrote into `out`; nothing if the manifest is missing or damaged."""
    try:
        return parse_manifest((out / MANIFEST).read_bytes())
    except OSError:
        return {}


def parse_manifest(data: bytes) -> Manifest:
    """The content of a manifest; nothing if it is damaged."""
    known: Manifest = defaultdict(set)
    try:
        for line in data.splitlines():
            entry = loads(line)
            known[str(entry["file"])].add(int(entry["size"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return dict(known)


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest to a new file at `path`, its content on the disk."""
    with path.open("wb") as file:
        for name in sorted(manifest):
            for size in sorted(manifest[name]):
                file.write(dumps(Entry(name, size)._asdict()) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def files_below(directory: Path, names: Iterable[str]) -> Iterator[Entry]:
    """All files at or below `directory/name` for each name, links as themselves."""
    for name in names:
        path = directory / name
        if path.is_dir() and not path.is_symlink():
            with os.scandir(path) as entries:
                yield from files_below(directory, sorted(f"{name}/{entry.name}" for entry in entries))
        elif os.path.lexists(path):
            yield Entry(name, -1 if path.is_symlink() else path.stat().st_size)


def refuse_foreign(out: Path, names: Iterable[str]) -> None:
    """Check that newsclean itself wrote what `out` has under `names`, as it is now.

    Raises:
        OutputError: it has files that newsclean did not write, or that were changed since.
    """
    known = read_manifest(out)
    foreign = [entry.file for entry in files_below(out, names) if entry.size not in known.get(entry.file, ())]
    if foreign:
        more = f" and {len(foreign) - _SHOWN:,} more" if len(foreign) > _SHOWN else ""
        raise OutputError(
            f"{out} holds what newsclean did not write, or what was changed since: "
            f"{', '.join(foreign[:_SHOWN])}{more}; choose another --out, or --force to replace it"
        )


def remove_own(out: Path, known: Manifest, names: Iterable[str], force: bool) -> None:
    """Remove what newsclean wrote into `out`, and, if forced, all that stands where `names` will go."""
    for name in sorted(known):
        path = out / name
        if _inside(out, path) and any(entry.size in known[name] for entry in files_below(out, [name])):
            path.unlink()
            _prune(out, path.parent)
    for name in names if force else ():
        if (out / name).is_dir() and not (out / name).is_symlink():
            shutil.rmtree(out / name)
        else:
            (out / name).unlink(missing_ok=True)


def _inside(out: Path, path: Path) -> bool:
    """Whether a path of a manifest, which anybody may have written, stays below `out` without following a link."""
    if not path.is_relative_to(out) or ".." in path.parts[len(out.parts) :]:
        return False
    relative = path.relative_to(out)
    return not any((out / Path(*relative.parts[:depth])).is_symlink() for depth in range(1, len(relative.parts)))


def _prune(out: Path, directory: Path) -> None:
    """Remove directories that have become empty."""
    while directory != out:
        try:
            directory.rmdir()
        except OSError:
            return
        directory = directory.parent
